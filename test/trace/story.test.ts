import { type Async, JoinError, mpsc, println, Runtime, type RuntimeEvent, select, sleep, spawn } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { ASCII, Story, UNICODE } from '../../src/trace/story.ts';
import { BOB, dated, HERE, HOME, MAIN, placeless, textOf, type Undated } from '../support/views.ts';

/** What one event adds to a story. */
function told(event: Undated): string[] {
  return new Story(UNICODE, HOME).tell(dated(event)).map(textOf);
}

/** The whole story of a program. */
async function story(main: () => Async<void>): Promise<string> {
  const teller = new Story(UNICODE, HOME);
  const lines: string[] = [];
  const observer = (event: RuntimeEvent) => lines.push(...teller.tell(event).map(textOf));
  await new Runtime({ clock: 'virtual', seed: 1, observer, onWarning: () => {} }).blockOn(main());
  return placeless(lines.join('\n'));
}

function* talk(lines: number): Async<void> {
  for (let n = 1; n <= lines; n++) {
    println(`line ${n}`);
    yield* sleep(1000);
  }
}

describe('the story', () => {
  it('tells what a program says, and quietly why it waits and what wakes it', async () => {
    const text = await story(function* () {
      const [tx, rx] = mpsc.channel<string>(1);
      spawn(
        (function* () {
          using sender = tx;
          yield* sleep(1500);
          yield* sender.send('tea');
        })(),
        { name: 'bob' },
      );
      println(`got ${yield* rx.recv()}`);
    });

    expect(text).toMatchInlineSnapshot(`
      "   0.000 s  bob         · spawned by main
         0.000 s  main        · lets go of the thread: recv() on channel 1
         0.000 s  bob         · lets go of the thread: sleep(1.5s)
         1.500 s  bob         · woken by timer 1
         1.500 s  main        · woken by bob through channel 1
         1.500 s  bob         · done
         1.500 s  main        got tea"
    `);
  });

  it('tells that the loser of a race is dropped', async () => {
    const text = await story(function* () {
      yield* select({ cache: sleep(1), network: sleep(2) });
    });

    expect(text).toContain('select 1 drops network, unfinished');
  });

  it('tells of a task that is dropped, and of one that panics', async () => {
    const text = await story(function* () {
      spawn(sleep(9000), { name: 'slow' });
      const bad = spawn(
        (function* (): Async<void> {
          throw new Error('no water');
        })(),
        { name: 'bad' },
      );
      try {
        yield* bad;
      } catch (error) {
        if (!(error instanceof JoinError)) throw error;
      }
    });

    expect(text).toMatchInlineSnapshot(`
      "   0.000 s  slow        · spawned by main
         0.000 s  bad         · spawned by main
         0.000 s  main        · lets go of the thread: join(bad)
         0.000 s  slow        · lets go of the thread: sleep(9s)
         0.000 s  bad         ▲ panicked: Error: no water
         0.000 s  main        · woken by bad
         0.000 s  slow        · dropped before it was done"
    `);
  });

  it('leaves the end of main to the end of the run', () => {
    expect(told({ kind: 'task.completed', task: MAIN, outcome: 'ok', error: null })).toEqual([]);
    expect(told({ kind: 'task.completed', task: MAIN, outcome: 'panicked', error: 'no water' })).toEqual([]);
  });

  it('says nothing of polls, timers and parks', () => {
    const timer = { id: 8, kind: 'timer', name: 'timer 3' } as const;

    expect(told({ kind: 'task.poll-started', task: BOB, poll: 1 })).toEqual([]);
    expect(told({ kind: 'resource.op', resource: timer, task: BOB, op: 'fired' })).toEqual([]);
    expect(told({ kind: 'runtime.parked', until: 5, io: 0 })).toEqual([]);
  });

  it('warns of a future that nobody awaited', () => {
    expect(told({ kind: 'future.unawaited', op: 'sleep(2s)', resource: null, task: null, location: HERE })).toEqual([
      '   2.000 s              ▲ sleep(2s) was made and never awaited: did you forget yield*? at tea.ts:18',
    ]);
  });

  it('breaks a text of several lines, and puts the time before each', () => {
    expect(told({ kind: 'print', task: BOB, text: 'one\ntwo' })).toEqual([
      '   2.000 s  bob         one',
      '   2.000 s  bob         two',
    ]);
  });

  it('takes everything out of a text that is not text', () => {
    expect(told({ kind: 'print', task: BOB, text: '\u001b[31mred\u001b[0m\u0007 \u202eevil' })).toEqual([
      '   2.000 s  bob         red evil',
    ]);
  });

  it('stays one line where the program gives it a text with line breaks', () => {
    const lines = [
      ...told({ kind: 'task.completed', task: BOB, outcome: 'panicked', error: 'no water\nno tea' }),
      ...told({ kind: 'task.cancelled', task: { id: 1, name: 'Jekyll\nHyde' } }),
    ];

    expect(lines).toEqual([
      '   2.000 s  bob         ▲ panicked: no water no tea',
      '   2.000 s  Jekyll Hyde  · dropped before it was done',
    ]);
  });

  it('tells of a dozen tasks, and of the others only what they print', async () => {
    const text = await story(function* () {
      const tasks = Array.from({ length: 20 }, (_, n) => spawn(talk(1), { name: `talker ${n + 1}` }));
      for (const task of tasks) yield* task;
    });

    const quiet = text.split('\n').filter((line) => line.includes('· '));
    expect(quiet.filter((line) => /talker \d+ +· /.test(line)).length).toBe(12 * 4);
    expect(quiet.filter((line) => line.includes('more than 12 tasks'))).toHaveLength(1);
    expect(text.match(/line 1$/gm)).toHaveLength(20);
  });

  it('falls quiet earlier where it is told to', () => {
    const teller = new Story(UNICODE, HOME, 2);
    const spawned = (id: number) =>
      ({ kind: 'task.spawned', task: { id, name: `task ${id}` }, parent: MAIN, location: null }) as const;

    const lines = [1, 2, 3, 4].flatMap((id) => teller.tell(dated(spawned(id))).map(textOf));

    expect(lines).toHaveLength(3);
    expect(lines[2]).toContain('more than 2 tasks: of the others, and of main, you see what they print');
  });

  it('draws in ASCII where nothing else can be drawn', () => {
    const lines = [
      { kind: 'task.woken', task: BOB, by: { kind: 'host' } },
      { kind: 'future.unawaited', op: 'sleep(2s)', resource: null, task: null, location: null },
    ] as const;

    const text = lines.flatMap((event) => new Story(ASCII, HOME).tell(dated(event)).map(textOf)).join('\n');

    expect(text).toMatch(/^[\n -~]*$/);
    expect(text).toContain('bob         - woken by the host');
  });
});
