import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { Runtime, type RuntimeEvent } from 'async-lessons';
import { afterAll, describe, expect, it } from 'vitest';
import { ScraperAccount } from '../../src/examples/scraper/account.ts';
import { page } from '../../src/examples/scraper/pages.ts';
import { main } from '../../src/examples/scraper/scraper.ts';

type Options = NonNullable<Parameters<typeof main>[0]>;

const servers = new Set<Server>();

afterAll(() => {
  for (const server of servers) server.close().closeAllConnections();
});

/** A site that answers each request as it is told to, and counts. */
async function site(answer: (response: ServerResponse, asked: number, request: IncomingMessage) => void) {
  const asked = new Map<string, number[]>();
  let now = 0;
  const counted = { asked, most: 0 };
  const server = createServer((request, response) => {
    const { url = '' } = request;
    asked.set(url, [...(asked.get(url) ?? []), performance.now()]);
    now += 1;
    counted.most = Math.max(counted.most, now);
    response.once('close', () => {
      now -= 1;
    });
    answer(response, asked.get(url)?.length ?? 0, request);
  }).listen(0, '127.0.0.1');
  servers.add(server);
  await once(server, 'listening');
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, counted, close: () => server.close() };
}

/** Answers after a moment, so that others have the time to come. */
async function slowly(response: ServerResponse): Promise<void> {
  await setTimeout(30);
  response.end('a page');
}

/** What the program prints, and what it did. */
async function scraped(options: Options): Promise<{ said: string[]; events: RuntimeEvent[] }> {
  const events: RuntimeEvent[] = [];
  await new Runtime({ observer: (event) => events.push(event) }).blockOn(main(options));
  return { said: events.flatMap((event) => (event.kind === 'print' ? [event.text] : [])), events };
}

/** A row of the table: the way, how many at once, how many retries. */
function row(said: readonly string[], way: string): string | undefined {
  const cells =
    said
      .find((line) => line.startsWith(way))
      ?.slice(19)
      .trim()
      .split(/\s{2,}/) ?? [];
  return `${cells[1]} at once, ${cells[2]} retries`;
}

describe('the three ways', () => {
  it('take as long as all pages together, as the slowest of them, and something in between', async () => {
    const { address } = await site((response) => void setTimeout(100).then(() => response.end('a page')));

    const { said } = await scraped({ address, pages: 16, limit: 4 });

    const [inTurn = 0, atOnce = 0, few = 0] = said.slice(-3).map((line) => Number(line.slice(19).trim().split(' ')[0]));
    expect(inTurn).toBeGreaterThan(1.59);
    expect(atOnce).toBeGreaterThan(0.09);
    expect(atOnce).toBeLessThan(inTurn / 2);
    expect(few).toBeGreaterThan(0.39);
    expect(few).toBeLessThan(inTurn);
  });
});

describe.concurrent('the scraper program', () => {
  it('asks for every page once, in each of the three ways', async () => {
    const { address, counted } = await site(slowly);

    await scraped({ address, pages: 5, limit: 2 });

    const paths = [0, 1, 2].flatMap((way) => [1, 2, 3, 4, 5].map((number) => `/${way}/${number}`));
    expect([...counted.asked.keys()].sort()).toEqual(paths);
    expect([...counted.asked.values()].every((times) => times.length === 1)).toBe(true);
  });

  it.each([
    [0, 'one after the other', 1],
    [1, 'all at once', 12],
    [2, '5 at a time', 5],
  ])('has in way %i, %s, %i requests in flight at most, as the server counts them', async (way, name, most) => {
    const { address, counted } = await site(slowly);

    const { said } = await scraped({ address, pages: 12, limit: 5, ways: [way] });

    expect(counted.most).toBe(most);
    expect(row(said, name)).toBe(`${most} at once, 0 retries`);
  });

  it('tries again what is refused, and pauses twice as long before each try', async () => {
    const { address, counted } = await site((response, asked) => {
      response.writeHead(asked < 4 ? 503 : 200).end();
    });

    const { said } = await scraped({ address, pages: 1, ways: [0] });

    const times = counted.asked.get('/0/1') ?? [];
    expect(times).toHaveLength(4);
    const pauses = times.slice(1).map((time, n) => time - (times[n] as number));
    for (const [n, pause] of [50, 100, 200].entries()) expect(pauses[n]).toBeGreaterThanOrEqual(pause - 2);
    expect(row(said, 'one after the other')).toBe('1 at once, 3 retries');
    expect(said.join()).not.toContain('could not be had');
  });

  it('gives up after four tries, says so, and goes on', async () => {
    const { address, counted } = await site((response, _, { url }) => {
      response.writeHead(url === '/1/2' ? 500 : 200).end();
    });

    const { said } = await scraped({ address, pages: 3, ways: [1, 2] });

    expect(counted.asked.get('/1/2')).toHaveLength(4);
    expect(said).toContain('1 of them could not be had.');
    expect(said).toContain('Scraping 3 pages, 8 at a time.');
    expect(row(said, 'all at once')).toBe('3 at once, 3 retries');
  });

  it('waits a second for an answer, hangs up, and tries again', async () => {
    const { address, counted } = await site((response, asked) => {
      if (asked === 2) response.end('a page');
    });

    const { said, events } = await scraped({ address, pages: 1, ways: [0] });

    const [first = 0, second = 0] = counted.asked.get('/0/1') ?? [];
    expect(second - first).toBeGreaterThanOrEqual(1040);
    expect(second - first).toBeLessThan(4000);
    expect(row(said, 'one after the other')).toBe('1 at once, 1 retries');
    // The request that was given up is in flight no more, and its socket is closed.
    const closed = events.filter((event) => event.kind === 'resource.op' && event.op === 'closed' && event.by === 'us');
    expect(closed).toHaveLength(2);
  });

  it('tries again where the other end hangs up', async () => {
    const { address } = await site((response, asked, { socket }) => {
      if (asked === 1) socket.resetAndDestroy();
      else response.end('a page');
    });

    const { said } = await scraped({ address, pages: 4, ways: [1] });

    expect(row(said, 'all at once')).toBe('4 at once, 4 retries');
  });

  it('ends also where nobody listens', async () => {
    const { address, close } = await site(slowly);
    close();

    const { said } = await scraped({ address, pages: 2, ways: [1] });

    expect(said).toContain('2 of them could not be had.');
  });

  it('lets none in beyond the limit while others wait for their next try', async () => {
    const { address, counted } = await site(async (response, asked) => {
      await setTimeout(20);
      response.writeHead(asked === 1 ? 503 : 200).end();
    });

    const { said } = await scraped({ address, pages: 9, limit: 3, ways: [2] });

    expect(counted.most).toBe(3);
    expect(row(said, '3 at a time')).toBe('3 at once, 9 retries');
  });

  it('weighs each way while it is gone, and says what it was told', async () => {
    const { address } = await site(slowly);
    const begun: number[] = [];

    const { said } = await scraped({
      address,
      pages: 1,
      weigh: function* (way) {
        begun.push(way);
        return [10e6, 99.94e6, 1234e6][way] as number;
      },
    });

    expect(begun).toEqual([0, 1, 2]);
    expect(said.slice(-3).map((line) => line.slice(-8))).toEqual([' 10.0 MB', ' 99.9 MB', ' 1234 MB']);
  });

  it('fits into 80 columns behind the time and the name of the story', async () => {
    const { address } = await site((response) => void response.end());

    const { said } = await scraped({ address, pages: 1, limit: 100 });

    expect(Math.max(...said.map((line) => line.length))).toBeLessThanOrEqual(80 - 24);
  });
});

describe('the pages of a site', () => {
  const all = (site: number, fail = 0) => Array.from({ length: 2000 }, (_, n) => page(site, n + 1, fail));

  it('are the same each time, and others on another site', () => {
    expect(all(1, 0.1)).toEqual(all(1, 0.1));
    expect(all(2, 0.1)).not.toEqual(all(1, 0.1));
  });

  it('are slow, each in its own way, and a few much slower', () => {
    const delays = all(1).map(({ delayMs }) => delayMs);

    expect(Math.min(...delays)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...delays)).toBeLessThanOrEqual(300);
    expect(new Set(delays).size).toBeGreaterThan(1900);
    expect(delays.filter((delay) => delay > 45).length / delays.length).toBeCloseTo(1 / 25, 1);
  });

  it.each([0, 0.05, 0.5, 1])('fail at first as often as they are told to: %d', (fail) => {
    const failing = all(1, fail).filter(({ failures }) => failures.length > 0);

    expect(failing.length / 2000).toBeCloseTo(fail, 1);
    expect(Math.max(0, ...failing.map(({ failures }) => failures.length))).toBe(fail === 0 ? 0 : 4);
  });

  it('are as slow whether or not some of them fail', () => {
    expect(all(3, 1).map(({ delayMs }) => delayMs)).toEqual(all(3).map(({ delayMs }) => delayMs));
  });

  it('fail in all ways that there are', () => {
    const kinds = new Set(all(1, 0.5).flatMap(({ failures }) => failures));

    expect([...kinds].sort()).toEqual(['hung up', 'refused', 'silent']);
  });
});

describe('what is told after a run', () => {
  /** A way that begins at `at`, has so many connections open at once, and takes so long. */
  function* way(name: string, at: number, sockets: number, took: number): Generator<RuntimeEvent> {
    const task = null;
    yield { kind: 'print', at, task, text: `Scraping ${sockets} pages, ${name}.` };
    const socket = (n: number) => ({ id: at + n, kind: 'socket' as const, name: `socket ${n}` });
    for (let n = 0; n < sockets; n++) {
      yield { kind: 'resource.op', at, task, resource: socket(n), op: 'opened', detail: '' };
    }
    for (let n = 0; n < sockets; n++) {
      const at_ = at + took / 2;
      yield { kind: 'resource.op', at: at_, task, resource: socket(n), op: 'closed', by: 'peer' };
      yield { kind: 'resource.op', at: at_, task, resource: socket(n), op: 'closed', by: 'us' };
    }
  }

  it('compares the three ways, as the events tell them', () => {
    const account = new ScraperAccount();
    for (const event of [
      ...way('one after the other', 0, 1, 6000),
      ...way('all at once', 6000, 50, 500),
      ...way('8 at a time', 6500, 8, 1000),
    ]) {
      account.fold(event);
    }
    account.fold({ kind: 'print', at: 7500, task: null, text: 'the table' });
    account.fold({ kind: 'runtime.parked', at: 7600, until: null, io: 1 });
    account.fold({ kind: 'runtime.finished', at: 10_000, outcome: 'returned' });

    expect(account.sentences().slice(0, 2)).toEqual([
      'All at once was 12.0 times as fast as one after the other, with 50 connections open at the same time; ' +
        '8 at a time was 6.0 times as fast, with 8.',
      'The one thread slept 24 % of 10 s.',
    ]);
  });

  it('is nothing where a way is missing', () => {
    const account = new ScraperAccount();
    for (const event of way('one after the other', 0, 1, 10)) account.fold(event);

    expect(account.sentences()).toEqual([]);
  });
});
