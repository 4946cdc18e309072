import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { chat } from '../../src/examples/chat/card.ts';
import { lessons } from '../../src/examples/index.ts';
import { scraper } from '../../src/examples/scraper/card.ts';
import { server } from '../../src/examples/server/card.ts';
import { threads } from '../../src/examples/threads/card.ts';
import { cli, type Running, start } from '../support/cli.ts';
import { Guest } from '../support/guest.ts';
import { buildTwins, hasTokio, startTwin, twinOf } from '../support/rust.ts';

const BUILD_MS = 300_000;

const TWINS = lessons.map((lesson) => ({
  name: lesson.name,
  lesson,
  rust: readFileSync(twinOf(lesson), 'utf8'),
  ours: readFileSync(new URL(`../../src/examples/${lesson.file}`, import.meta.url), 'utf8'),
}));

describe.each(TWINS)('the twin of $name', ({ name, lesson, rust, ours }) => {
  it('opens as the program does, and says how to run it', () => {
    const title = (source: string, comment: string) => source.split('\n').find((line) => line.startsWith(comment));

    expect(title(rust, '//! ')?.slice(4)).toBe(title(ours, ' * ')?.slice(3));
    expect(rust).toContain('cargo add tokio');
  });

  it('runs on one thread, as the program does', () => {
    expect(rust).toContain('#[tokio::main(flavor = "current_thread")]\nasync fn main()');
  });

  it('is what `show --rust` prints', async () => {
    expect(await cli(['show', name, '--rust'])).toEqual({ code: 0, out: rust, err: '' });
  });

  it('is a page, or hardly longer than the program, and no wider', () => {
    expect(rust.split('\n').length).toBeLessThan(Math.max(110, 1.3 * ours.split('\n').length));
    expect(rust.split('\n').filter((line) => line.length > 120)).toEqual([]);
    expect(lesson.file).toMatch(/\.ts$/);
  });
});

describe.runIf(hasTokio)('on real Tokio (skipped only where there is none)', () => {
  beforeAll(() => buildTwins(lessons), BUILD_MS);

  it.each(lessons.filter(({ onlyReal }) => onlyReal === undefined))(
    'the twin of $name prints what the program prints, line by line',
    async (lesson) => {
      const [ours, rust] = await Promise.all([cli([lesson.name, '--instant', '-q']), startTwin(lesson).ended]);

      expect(rust).toEqual(ours);
    },
  );

  it('the twin of counter loses as many additions without a lock', async () => {
    const counter = lessons.find(({ name }) => name === 'counter') as (typeof lessons)[number];
    const [ours, rust] = await Promise.all([
      cli(['counter', '--no-lock', '--instant', '-q']),
      startTwin(counter, ['--no-lock']).ended,
    ]);

    expect(rust).toEqual(ours);
  });

  it('the twin of server serves, and closes its door', async () => {
    const [ours, rust] = await Promise.all([
      visited(start(['server', '--port', '0', '-q'])),
      visited(startTwin(server, ['127.0.0.1:0'])),
    ]);

    expect(rust).toEqual(ours);
    expect(ours.lines).toHaveLength(5);
  });

  it('the twin of threads weighs both as well, and its threads are lighter', async () => {
    const [ours, rust] = await Promise.all([
      cli(['threads', '--threads', '8', '--tasks', '50_000', '-q']),
      startTwin(threads, ['8', '50000']).ended,
    ]);

    expect([rust.code, rust.err]).toEqual([0, '']);
    expect(rust.out.split('\n').map(unmeasured)).toEqual(ours.out.split('\n').map(unmeasured));
    expect(rust.out).toMatch(/^8 threads took .*\nThey keep .*\n[\s\S]*^50,000 tasks took /m);
    const tasksInAThread = [ours, rust].map(({ out }) =>
      Number(/as ([\d,.]+) tasks/.exec(out)?.[1]?.replaceAll(',', '')),
    );
    expect(tasksInAThread[1]).toBeLessThan(tasksInAThread[0] as number);
  });

  it('the twin of scraper scrapes the same site in the same three ways, and loses the same pages', async () => {
    // As it is built: it starts a process.
    const built = String(new URL('../../dist/examples/scraper/site.js', import.meta.url));
    const { Site } = (await import(built)) as typeof import('../../src/examples/scraper/site.ts');
    const site = await Site.open({ site: 3, pages: 6, fail: 1 });

    const [ours, rust] = [
      await cli(['scraper', '--pages', '6', '--limit', '3', '--fail', '100%', '--site', '3', '-q']),
      await startTwin(scraper, [site.address, '6', '3']).ended,
    ];

    const counted = await site.counted();
    site.close();
    expect(rust.out.split('\n').map(untimed)).toEqual(ours.out.split('\n').map(untimed));
    expect({ ...rust, out: '' }).toEqual({ ...ours, out: '' });
    expect(Object.keys(counted)).toEqual(['0', '1', '2']);
    expect(new Set(Object.values(counted).map(({ requests }) => requests)).size).toBe(1);
  });

  it('the twin of chat tells everybody the very same', async () => {
    const [ours, rust] = await Promise.all([
      talked(start(['chat', '--port', '0', '-q'])),
      talked(startTwin(chat, ['127.0.0.1:0'])),
    ]);

    expect(rust).toEqual(ours);
    expect(ours.read[0]).toContain('Zoë42: [31mred0m txet tab\n');
  });
});

/** What is measured is another figure each time. */
function unmeasured(line: string): string {
  return line.replace(/\d[\d.,]*/g, '#').replace(/# (bytes|MB|GB|ms|µs)/g, '# of it');
}

/** A table as it is laid out, with the figures that are measured left out: times and memory. */
function untimed(line: string): string {
  return line.replace(/ *\d+\.\d\d s/, '     time').replace(/ *[\d.]+ MB$/, '   memory');
}

/** A chat in which everything happens that can: what each of three guests reads, and what the server prints. */
async function talked(running: Running) {
  const [, port = ''] = await running.prints(/Listening on 127\.0\.0\.1:(\d+)/);
  const ada = await Guest.named('ada', Number(port));
  const eve = await Guest.at(Number(port));
  for (const name of ['', 'a b', 'Ada', 'x'.repeat(21), '\u001b[31m', 'Zoë42']) {
    eve.says(name);
    await eve.readsAtLast(name === 'Zoë42' ? 'People here: 2\n' : 'What is your name? ');
  }
  eve.says('\u001b[31mred\u009b0m \u202e\u2066tx\u200eet\u061c\ttab\r');
  await ada.readsAtLast(' tab\n');
  eve.says('x'.repeat(1001));
  await eve.readsAtLast('too long.\n');
  eve.socket.write(new Uint8Array([0xff, 0x0a]));
  await eve.readsAtLast('too long.\n* That was no text, or too long.\n');
  ada.says('');
  ada.says('y'.repeat(1000));
  await eve.readsAtLast(`${'y'.repeat(1000)}\n`);
  const bob = await Guest.named('bob', Number(port));
  await ada.readsAtLast('bob has joined.\n');
  bob.socket.end('half a line');
  await bob.closed();
  await ada.readsAtLast('bob has left.\n');
  await eve.readsAtLast('bob has left.\n');
  running.signal('SIGINT');
  for (const guest of [ada, eve]) await guest.readsAtLast('* Goodbye.\n');
  for (const guest of [ada, eve]) guest.socket.end();
  const { code, out, err } = await running.ended;
  const [listening, ...lines] = out.trimEnd().split('\n');
  // Who leaves first when all leave is not for anybody to say.
  const goodbye = lines.indexOf('Saying goodbye.');
  return {
    code,
    err,
    read: [ada, eve, bob].map(({ text }) => text),
    listening: listening?.replace(/\d+$/, 'PORT'),
    lines: [...lines.slice(0, goodbye + 1), ...lines.slice(goodbye + 1).sort()],
  };
}

/** Two visits, one after the other, then Ctrl-C: what the visitors got, and what the server printed. */
async function visited(running: Running) {
  const [, address = ''] = await running.prints(/Listening on (http:\/\/\S+)/);
  const answers: string[] = [];
  for (const path of ['/first', '/second']) answers.push(await (await fetch(`${address}${path}`)).text());
  running.signal('SIGINT');
  const { code, out, err } = await running.ended;
  return { code, err, answers, lines: out.trimEnd().replace(/:\d+$/m, ':PORT').split('\n') };
}
