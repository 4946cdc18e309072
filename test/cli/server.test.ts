import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { cli, type Running, start } from '../support/cli.ts';
import { everything, get, say, visit } from '../support/raw-http.ts';
import { unclean } from '../support/views.ts';

const GREETING = 'Hello from a single thread!\n';

/** Starts the server lesson on a free port, and waits until its door is open. */
async function openServer(...options: readonly string[]): Promise<{ run: Running; port: number }> {
  const run = start(['server', '--port', '0', ...options]);
  const [, port] = await run.prints(/Listening on http:\/\/127\.0\.0\.1:(\d+)/);
  return { run, port: Number(port) };
}

describe.concurrent('with visitors of its own', () => {
  it('serves fifty at once, each in a task of its own, on one thread, and ends', async () => {
    const { code, out, err } = await cli(['server', '--port', '0', '--clients', '50']);

    expect([code, err]).toEqual([0, '']);
    const requests = out.match(/^.*visitor \d+ +Received request: GET \/visitor-\d+ HTTP\/1\.1$/gm) ?? [];
    expect(new Set(requests.map((line) => /visitor \d+/.exec(line)?.[0])).size).toBe(50);
    expect(new Set(requests.map((line) => /visitor-\d+/.exec(line)?.[0])).size).toBe(50);
    expect(out).toMatch(/ Visitors served: 50\n/);
    expect(out).toMatch(/\nAll 50 visitors got their answer\. The slowest waited \d+\.\d ms\.\n/);
    expect(out).toMatch(
      /\n\d\.\d{3} s · main and 50 tasks on one thread · \d+ polls · thread busy for [^\n]+\n(?:\n▲|$)/,
    );
  });

  it('has nothing in its log but its own tasks', async () => {
    const { code, out } = await cli(['server', '--port', '0', '--clients', '5', '--trace']);

    expect(code).toBe(0);
    const tasks = new Set(out.split('\n').flatMap((line) => /^ *[\d.]+ {2}(\S+(?: \d+)?) {2,}/.exec(line)?.[1] ?? []));
    const visitors = [1, 2, 3, 4, 5].map((n) => `visitor ${n}`);
    expect(tasks).toEqual(new Set(['runtime', 'main', ...visitors]));
    for (const visitor of visitors) expect(out).toMatch(new RegExp(`${visitor} +completed`));
    expect(out.match(/ listener 1 /g)?.length).toBeGreaterThan(5);
    expect(out).not.toMatch(/listener 2|connect\(/);
  });

  it('says with -q only what the program says', async () => {
    const { code, out } = await cli(['server', '--port', '0', '--clients', '2', '-q']);

    expect(code).toBe(0);
    expect(out).toMatch(
      /^Listening on \S+\n(Received request: GET \/visitor-[12] HTTP\/1\.1\n){2}Closing the door\.\nVisitors served: 2\n$/,
    );
  });

  it.each([0, 1])('counts %i visitors in good English', async (count) => {
    const { code, out } = await cli(['server', '--port', '0', '--clients', String(count)]);

    expect(code).toBe(0);
    expect(out).toContain(`Visitors served: ${count}\n`);
    expect(out).not.toMatch(/All [01] visitors|1 tasks/);
  });

  it('serves two hundred', async () => {
    const { code, out, err } = await cli(['server', '--port', '0', '--clients', '200']);

    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('All 200 visitors got their answer.');
  });

  it('listens on every address it is told to', async () => {
    const { code, out } = await cli(['server', '--port', '0', '--host', 'localhost', '--clients', '2']);

    expect(code).toBe(0);
    expect(out).toContain('Visitors served: 2\n');
  });
});

describe.concurrent('a port', () => {
  it('that is in use is told in a sentence, and ends with code 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };

    const runs = await Promise.all([
      cli(['server', '--port', String(port), '-q']),
      cli(['server', '--port', String(port), '-q', '--clients', '3']),
    ]);

    other.close();
    for (const run of runs) {
      expect([run.code, run.out]).toEqual([1, '']);
      expect(run.err).toMatch(/^The lesson failed: [^\n]+\n$/);
      expect(run.err).toContain(`listening on 127.0.0.1:${port} failed: the port is in use (EADDRINUSE)`);
    }
  });

  it.each(['300.300.300.300', 'no.such.host.invalid', '[::1', 'evil\u001b[2J', '127.0.0.1:80', '-'])(
    'on a host that there is not, such as %j, is told in a sentence',
    async (host) => {
      const { code, out, err } = await cli(['server', '--port', '0', `--host=${host}`, '-q']);

      expect(out).toBe('');
      expect([1, 2]).toContain(code);
      expect(err).toMatch(/^(The lesson failed: |option )[^\n]+\n(\(--help shows what there is\)\n)?$/);
      expect(unclean(err)).toEqual([]);
      expect(err).not.toMatch(/[,.;]\s*[,.;]/);
    },
  );
});

describe.concurrent('with visitors from outside', () => {
  it('answers as a browser, curl and wrk want to be answered', async () => {
    const { run, port } = await openServer();

    const answer = await get(port, '/tea');

    const [head = '', body] = answer.split('\r\n\r\n');
    const [status, ...headers] = head.split('\r\n');
    expect(status).toBe('HTTP/1.1 200 OK');
    expect(headers).toContain(`Content-Length: ${Buffer.byteLength(GREETING)}`);
    expect(headers).toContain('Connection: close');
    expect(body).toBe(GREETING);
    await run.prints(/visitor 1 +Received request: GET \/tea HTTP\/1\.1\n/);
  });

  it('answers fetch', async () => {
    const { port } = await openServer();

    const response = await fetch(`http://127.0.0.1:${port}/`);

    expect([response.status, await response.text()]).toEqual([200, GREETING]);
  });

  it('survives everybody who means it harm, and serves the others meanwhile', async () => {
    const { run, port } = await openServer();

    const silent = await visit(port);
    const half = say(port, 'GET /half');
    const fat = say(port, `GET /fat HTTP/1.1\r\nX: ${'x'.repeat(10_000)}\r\n\r\n`);
    const early = await visit(port);
    const nothing = everything(early);
    early.end();
    const rude = await visit(port);
    rude.resetAndDestroy();
    const ruder = await visit(port);
    ruder.write('GET /ruder HTTP/1.1\r\n\r\n');
    ruder.resetAndDestroy();
    const crowd = Promise.all(Array.from({ length: 200 }, (_, n) => get(port, `/crowd-${n}`)));

    for (const answer of [await half, await fat, ...(await crowd), await get(port, '/last')]) {
      expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\nHello from a single thread!\n$/);
    }
    expect(await nothing).toBe('');
    silent.destroy();
    run.signal('SIGINT');
    const { code, out, err } = await run.ended;
    expect([code, err]).toEqual([0, '']);
    expect(new Set(out.match(/GET \/crowd-\d+/g)).size).toBe(200);
    expect(out).toContain('Received request: GET /half\n');
    expect(out).not.toContain('panicked');
    expect(out).toMatch(/ Visitors served: 20[567]\n/);
  });

  it('lets nothing but clean text through from a visitor to the terminal', async () => {
    const { run, port } = await openServer();
    const nasty = [
      '\u001b[31mred\u001b[0m',
      '\u001b]0;title\u0007',
      '\u009b2J',
      'a\u0000b\u0008\u007f',
      'user\u202enimda',
      'one\ntwo\rthree',
    ];

    for (const words of nasty) await say(port, `GET /${words} HTTP/1.1\r\n\r\n`);
    await say(port, new Uint8Array([0x47, 0xff, 0xfe, 0x1b, 0x5b, 0x48, 0xc3, 0x28]));

    run.signal('SIGINT');
    const { code, out } = await run.ended;
    expect(code).toBe(0);
    expect(unclean(out)).toEqual([]);
    expect(out).toContain('GET /red HTTP/1.1\n');
    expect(out).toContain('GET /usernimda HTTP/1.1\n');
    // A line that a visitor has broken is still said by its task.
    expect(out).toMatch(/visitor \d+ +twothree HTTP\/1\.1\n/);
  });

  it('lets nothing but clean text through with --trace and -q either', async () => {
    const servers = await Promise.all([openServer('--trace'), openServer('-q')]);

    for (const { run, port } of servers) {
      await say(port, 'GET /\u001b[31mred\u001b[2J\n\u202eevil HTTP/1.1\r\n\r\n');
      run.signal('SIGINT');
      const { code, out } = await run.ended;
      expect(code).toBe(0);
      expect(unclean(out)).toEqual([]);
      expect(out).toContain('GET /red');
    }
  });
});

describe.concurrent('Ctrl-C', () => {
  it('closes the door, and sums up', async () => {
    const { run, port } = await openServer();
    await get(port, '/one');
    await get(port, '/two');

    run.signal('SIGINT');

    const { code, out, err } = await run.ended;
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/ Closing the door\.\n[\s\S]* Visitors served: 2\n\n.*main and 2 tasks on one thread[^\n]+\n/);
  });

  it('refuses new visitors, and waits for one who is still there until it leaves', async () => {
    const { run, port } = await openServer();
    const slow = await visit(port);
    await run.prints(/visitor 1 .*read\(1024 bytes\)/);

    run.signal('SIGINT');
    await run.prints(/Closing the door/);

    await expect(visit(port)).rejects.toThrow(/ECONNREFUSED/);
    const answer = everything(slow);
    slow.write('GET /slow HTTP/1.1\r\n\r\n');
    expect(await answer).toContain(GREETING);
    const { code, out } = await run.ended;
    expect(code).toBe(0);
    expect(out).not.toContain('Closing anyway');
  });

  it('waits about two seconds for those who do not leave, and then goes without them', async () => {
    const { run, port } = await openServer();
    const hears = everything(await visit(port));
    await run.prints(/visitor 1 .*read\(1024 bytes\)/);

    const before = performance.now();
    run.signal('SIGINT');

    const { code, out } = await run.ended;
    expect(performance.now() - before).toBeGreaterThan(1900);
    expect(performance.now() - before).toBeLessThan(15_000);
    expect(code).toBe(0);
    expect(out).toContain('Some visitors have not finished. Closing anyway.\n');
    expect(out).toMatch(/visitor 1 +· dropped before it was done\n/);
    expect(await hears).toBe('');
  });

  it('leaves at once the second time', async () => {
    const { run, port } = await openServer();
    await visit(port);
    await run.prints(/visitor 1 .*read\(1024 bytes\)/);

    run.signal('SIGINT');
    await run.prints(/Closing the door/);
    run.signal('SIGINT');

    const { code, out } = await run.ended;
    expect(code).toBe(130);
    expect(out).not.toContain('Closing anyway');
  });

  it('stops a server that waits for its own visitors, and not for Ctrl-C', async () => {
    const { run } = await openServer('--clients', '1000');

    run.signal('SIGINT');

    const { code, out } = await run.ended;
    expect(code).toBe(130);
    expect(out).toMatch(/\nStopped\. [^\n]+\n(?:\n▲|$)/);
  });
});

describe.concurrent('SIGTERM', () => {
  it('stops the server at once, and sums up', async () => {
    const { run, port } = await openServer();
    await visit(port);
    await run.prints(/visitor 1 .*read\(1024 bytes\)/);

    run.signal('SIGTERM');

    const { code, out } = await run.ended;
    expect(code).toBe(143);
    expect(out).toMatch(/\nStopped\. [^\n]+main and 1 task on one thread[^\n]+\n(?:\n▲|$)/);
  });
});
