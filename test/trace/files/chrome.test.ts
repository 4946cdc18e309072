import {
  Mutex,
  mpsc,
  println,
  Runtime,
  type RuntimeEvent,
  sleep,
  spawn,
  TcpListener,
  TcpStream,
  yieldNow,
} from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lessons } from '../../../src/examples/index.ts';
import { type Mark, slicesOf, violations } from '../../support/chrome-rules.ts';
import { perform } from '../../support/perform.ts';
import { programOf, programs } from '../../support/random-program.ts';
import { chromeOf, eventsOf, NASTY, recorded } from '../../support/recorded.ts';
import { BOB, dated, MAIN, unclean } from '../../support/views.ts';

const played = lessons.filter(({ onlyReal }) => onlyReal === undefined);

function marksOf(file: string): Mark[] {
  return JSON.parse(file).traceEvents;
}

/** The name of a task's track, or of the runtime's. */
function trackName(marks: readonly Mark[], tid: number) {
  return marks.find((mark) => mark.name === 'thread_name' && mark.tid === tid)?.args?.name;
}

/** All arrows, in words: `wake: bob -> main`. */
function arrows(marks: readonly Mark[]): string[] {
  return marks.flatMap((begin) => {
    if (begin.ph !== 's') return [];
    const end = marks.find(({ ph, id }) => ph === 'f' && id === begin.id);
    return [`${begin.name}: ${trackName(marks, begin.tid)} -> ${end ? trackName(marks, end.tid) : 'nowhere'}`];
  });
}

/** What the track of a task shows, one slice after the other. */
function track(marks: readonly Mark[], tid: number): string[] {
  return (slicesOf(marks).get(tid) ?? []).map(({ name }) => name);
}

function* small() {
  const [tx, rx] = mpsc.channel<string>(1);
  spawn(
    (function* () {
      using sender = tx;
      yield* sender.send('tea');
      yield* sleep(5);
    })(),
    { name: 'bob' },
  );
  println(`got ${yield* rx.recv()}`);
  yield* rx.recv();
}

describe('a file for Perfetto and speedscope', () => {
  it.each(played)('of $name keeps all their rules', async (lesson) => {
    expect(violations(chromeOf((await perform(lesson)).events))).toEqual([]);
  });

  it('of any program, whole or without its beginning or end, keeps all their rules', async () => {
    await fc.assert(
      fc.asyncProperty(programs, fc.integer({ min: 5, max: 400 }), fc.nat(300), async (plan, limit, cut) => {
        const events = await eventsOf(programOf(plan).main);

        expect(violations(chromeOf(events))).toEqual([]);
        expect(
          violations(chromeOf(recorded(events.slice(0, Math.max(4, events.length - cut)), limit).events())),
        ).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('of a run on the real clock with sockets keeps all their rules', async () => {
    const events: RuntimeEvent[] = [];
    function* main() {
      using listener = yield* TcpListener.bind('127.0.0.1:0');
      using client = yield* TcpStream.connect(String(listener.localAddress));
      const [server] = yield* listener.accept();
      spawn(
        (function* () {
          using stream = server;
          yield* stream.writeAll('tea');
          yield* sleep(3);
        })(),
      );
      const buffer = new Uint8Array(16);
      while ((yield* client.read(buffer)) > 0);
    }
    await new Runtime({ observer: (event) => events.push(event) }).blockOn(main());

    expect(violations(chromeOf(events))).toEqual([]);
  });

  it('of no event at all is still a file', () => {
    expect(violations(chromeOf([]))).toEqual(['speedscope needs a slice']);
  });

  it('of a run that waits for decades still tells before from after', async () => {
    const years = 25 * 365 * 24 * 3600 * 1000;
    const events = await eventsOf(function* () {
      yield* sleep(years);
      yield* yieldNow();
      yield* yieldNow();
    });

    expect(violations(chromeOf(events))).toEqual([]);
  });
});

describe('what is drawn', () => {
  it('is never so short that a number cannot tell its beginning from its end', () => {
    const at = 25 * 365 * 24 * 3600 * 1000;
    const polls = Array.from({ length: 3000 }, (_, i): RuntimeEvent[] => [
      { at, kind: 'task.poll-started', task: MAIN, poll: i },
      { at, kind: 'task.poll-ended', task: MAIN, poll: i, outcome: 'pending', busy: 0, awaits: [] },
    ]).flat();

    expect(violations(chromeOf([...polls, { at: at + 1, kind: 'task.cancelled', task: MAIN }]))).toEqual([]);
  });

  it('is a track for each task: ready, polled, or waiting for something', async () => {
    const marks = marksOf(chromeOf(await eventsOf(small), 'tea · async-lessons'));

    expect(marks[0]).toMatchObject({ ph: 'M', name: 'process_name', args: { name: 'tea · async-lessons' } });
    expect([trackName(marks, 1), trackName(marks, 2)]).toEqual(['main', 'bob']);
    expect(track(marks, 1).map((name) => name.replace(/ at .*/, ''))).toEqual([
      ...['ready', 'poll', 'recv() on channel 1', 'ready', 'poll', 'recv() on channel 1', 'ready', 'poll'],
    ]);
    expect(track(marks, 2).map((name) => name.replace(/ at .*/, ''))).toEqual([
      ...['ready', 'poll', 'sleep(5ms)', 'ready', 'poll'],
    ]);
  });

  it('is an arrow from each wake to the poll it led to', async () => {
    expect(arrows(marksOf(chromeOf(await eventsOf(small))))).toEqual([
      'spawn: main -> bob',
      'wake: bob -> main',
      'wake: runtime -> bob',
      'wake: bob -> main',
    ]);
  });

  it('is one arrow for every wake and spawn that led to a poll, in any program', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (plan) => {
        const events = await eventsOf(programOf(plan).main);
        const pending = new Set<number>();
        const expected: string[] = [];
        for (const event of events) {
          if (event.kind === 'task.woken' || (event.kind === 'task.spawned' && event.parent))
            pending.add(event.task.id);
          if (event.kind === 'task.cancelled') pending.delete(event.task.id);
          if (event.kind === 'task.poll-started' && pending.delete(event.task.id))
            expected.push(`${event.task.id + 1}`);
        }
        const ends = marksOf(chromeOf(events)).filter(({ ph }) => ph === 'f');

        expect(ends.map(({ tid }) => `${tid}`)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('is what happens to resources and what is printed, with its details', async () => {
    const marks = marksOf(chromeOf(await eventsOf(small)));
    const instants = marks.filter(({ ph }) => ph === 'i').map(({ name, args, tid }) => ({ name, args, tid }));

    expect(instants).toContainEqual({ tid: 2, name: 'channel 1 sent', args: { length: 1, capacity: 1 } });
    expect(instants).toContainEqual({ tid: 1, name: 'got tea', args: { text: 'got tea' } });
    expect(instants).toContainEqual({ tid: 2_000_000_000, name: 'finished: returned', args: {} });
  });

  it('names the task where an operation tells of another one', async () => {
    const lock = new Mutex(0);
    const marks = marksOf(
      chromeOf(
        await eventsOf(function* () {
          using guard = yield* lock.lock();
          guard.value += 1;
        }),
      ),
    );

    expect(marks.find(({ name }) => name === 'mutex 1 released')?.args).toEqual({
      ...{ holder: 'main', permits: 1, available: 1 },
    });
  });

  it('is how full a channel is and how many tasks are ready', async () => {
    const marks = marksOf(chromeOf(await eventsOf(small)));
    const counts = (name: string) =>
      marks.filter((mark) => mark.ph === 'C' && mark.name === name).map(({ args }) => args);

    expect(counts('channel 1')).toEqual([{ messages: 1 }, { messages: 0 }]);
    expect(counts('ready tasks').map((args) => args?.tasks)).toEqual([1, 0, 1, 0, 1, 0, 1, 0, 1, 0]);
  });

  it('counts the first channels only: a program may make thousands', async () => {
    const marks = marksOf(
      chromeOf(
        await eventsOf(function* () {
          for (let i = 0; i < 100; i++) yield* mpsc.channel<number>(1)[0].send(i);
        }),
      ),
    );

    expect(new Set(marks.filter(({ ph }) => ph === 'C').map(({ name }) => name)).size).toBeLessThanOrEqual(33);
  });

  it('is ready, and not waiting, after a poll in which it was woken', () => {
    const by = { kind: 'self', resource: null, location: null } as const;
    const events = [
      dated({ kind: 'task.poll-started', task: MAIN, poll: 1 }),
      dated({ kind: 'task.woken', task: MAIN, by }),
      dated({ kind: 'task.poll-ended', task: MAIN, poll: 1, outcome: 'pending', busy: 0, awaits: [] }),
      dated({ kind: 'task.poll-started', task: MAIN, poll: 2 }),
    ];

    expect(track(marksOf(chromeOf(events)), 1)).toEqual(['poll', 'ready', 'poll']);
    expect(arrows(marksOf(chromeOf(events)))).toEqual(['wake: main -> main']);
  });

  it('is a slice of its own for a wake while the runtime is parked', () => {
    const events = [
      dated({ kind: 'runtime.parked', until: null, io: 0 }),
      dated({ kind: 'task.woken', task: MAIN, by: { kind: 'host' } }),
      dated({ kind: 'runtime.unparked', by: 'io' }),
    ];

    expect(violations(chromeOf(events))).toEqual([]);
    expect(track(marksOf(chromeOf(events)), 2_000_000_000)).toEqual(['parked', 'wakes: the host']);
  });

  it('names a few of the many things that a task waits for', () => {
    const awaits = Array.from({ length: 9 }, (_, i) => ({ op: `f${i}()`, resource: null, task: null, stack: [] }));
    const events = [
      dated({ kind: 'task.poll-started', task: MAIN, poll: 1 }),
      dated({ kind: 'task.poll-ended', task: MAIN, poll: 1, outcome: 'pending', busy: 0, awaits }),
    ];

    expect(track(marksOf(chromeOf(events)), 1)).toEqual(['poll', 'f0() and f1() and f2() and 6 more']);
  });

  it('stands in the order of the events, never later than the next instant', async () => {
    const events = await eventsOf(small);
    const marks = marksOf(chromeOf(events)).filter(({ ph }) => ph !== 'M');
    const first = marks.find(({ name }) => name === 'timer 1 fired') as Mark;

    expect(first.ts).toBeGreaterThanOrEqual(5000);
    expect(marks.slice(0, marks.indexOf(first)).every(({ ts }) => ts < 5000)).toBe(true);
    expect(Math.max(...marks.map(({ ts }) => ts))).toBeLessThan(5050);
  });

  it('squeezes a busy instant in front of the next one', () => {
    const polls = Array.from({ length: 5000 }, (_, i) => dated({ kind: 'print', task: MAIN, text: `${i}` }));
    const marks = marksOf(chromeOf([...polls, { at: 2001, kind: 'print', task: MAIN, text: 'next' }]));
    const [next, ...others] = marks.filter(({ ph }) => ph === 'i').reverse();

    expect(next?.ts).toBeLessThan(2_001_001);
    expect(others.every(({ ts }) => ts >= 2_000_000 && ts < 2_001_000)).toBe(true);
  });
});

describe('names and texts in a file', () => {
  const events = [
    dated({ kind: 'task.spawned', task: { id: 2, name: NASTY }, parent: MAIN, location: null }),
    dated({ kind: 'task.poll-started', task: { id: 2, name: NASTY }, poll: 1 }),
    dated({ kind: 'print', task: { id: 2, name: NASTY }, text: NASTY }),
    dated({ kind: 'task.completed', task: BOB, outcome: 'panicked', error: NASTY }),
  ];

  it('are harmless in JSON readers, terminals and pages, and keep what is harmless', () => {
    const file = chromeOf(events, NASTY);

    expect(violations(file)).toEqual([]);
    expect(unclean(file)).toEqual([]);
    expect(file).not.toMatch(/[<\u2028\u2029\ufeff]|\\u001b|\\u0000|\\ud800|\\udfff|\p{Surrogate}/u);
    expect(trackName(marksOf(file), 3)).toMatch(/^"quotes" \\ <\/script><b onclick="x">.*half \ufffd \u{1f375}$/su);
  });

  it('are cut where they are too long for a name, and kept in the details', () => {
    const text = 'tea '.repeat(100);
    const print = marksOf(chromeOf([dated({ kind: 'print', task: MAIN, text })])).find(({ ph }) => ph === 'i');

    expect(print?.name).toHaveLength(203);
    expect(print?.args).toEqual({ text });
  });

  it('are never missing', () => {
    expect(trackName(marksOf(chromeOf([dated({ kind: 'task.cancelled', task: { id: 4, name: '' } })])), 5)).toBe(
      'task 4',
    );
  });
});
