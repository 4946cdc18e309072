import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { lessons } from '../../src/examples/index.ts';
import { server } from '../../src/examples/server/card.ts';
import { cli, type Running, start } from '../support/cli.ts';
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

  it('is a page, and no wider than one', () => {
    expect(rust.split('\n').length).toBeLessThan(110);
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
});

/** Two visits, one after the other, then Ctrl-C: what the visitors got, and what the server printed. */
async function visited(running: Running) {
  const [, address = ''] = await running.prints(/Listening on (http:\/\/\S+)/);
  const answers: string[] = [];
  for (const path of ['/first', '/second']) answers.push(await (await fetch(`${address}${path}`)).text());
  running.signal('SIGINT');
  const { code, out, err } = await running.ended;
  return { code, err, answers, lines: out.trimEnd().replace(/:\d+$/m, ':PORT').split('\n') };
}
