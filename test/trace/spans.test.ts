import { type Async, mpsc, Runtime, type RuntimeEvent, select, sleep, spawn, yieldNow } from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Life, type Span, Spans } from '../../src/trace/spans.ts';
import { World } from '../../src/trace/world.ts';
import { programOf, programs } from '../support/random-program.ts';
import { dated, MAIN } from '../support/views.ts';

/** All events of a run, however it ends. */
async function eventsOf(main: () => Async<unknown>, seed = 1): Promise<RuntimeEvent[]> {
  const events: RuntimeEvent[] = [];
  const runtime = new Runtime({ clock: 'virtual', seed, observer: (event) => events.push(event), onWarning: () => {} });
  await runtime.blockOn(main()).catch(() => {});
  return events;
}

function folded(events: readonly RuntimeEvent[], kept?: number): Spans {
  const spans = new Spans(kept);
  for (const event of events) spans.fold(event);
  return spans;
}

function lifeOf(spans: Spans, name: string): Life {
  const life = spans.lives().find(({ task }) => task.name === name);
  if (life === undefined) throw new Error(`no ${name}`);
  return life;
}

function told({ state, poll, from, to, awaits, by }: Span): string {
  const why = awaits.map(({ op }) => op).join() || (by === null ? '' : `by ${by.kind}`);
  return `${from.at} to ${to.at}: ${state} ${poll} ${why}`.trim();
}

/** What a life is without a gap: throws where there is one. */
function expectNoGaps({ spawned, spans, ended }: Life, now: { at: number; step: number }): void {
  const [first, last] = [spans[0], spans.at(-1)];
  expect(first?.from).toEqual(spawned);
  expect(last?.to).toEqual(ended === null ? now : { at: ended.at, step: ended.step });
  for (const [i, span] of spans.entries()) {
    if (i > 0) expect(span.from).toEqual(spans[i - 1]?.to);
    if (i > 0) expect(span.state).not.toBe(spans[i - 1]?.state);
    expect(span.to.at).toBeGreaterThanOrEqual(span.from.at);
    if (span !== last) expect(span.to.step).toBeGreaterThan(span.from.step);
  }
}

describe('Spans, of programs that nobody has written', () => {
  it('agree with the world after every event, and have no gap at the end', async () => {
    await fc.assert(
      fc.asyncProperty(programs, fc.nat(99), async (plan, seed) => {
        const events = await eventsOf(() => programOf(plan).main(), seed);
        const [world, spans] = [new World(), new Spans()];

        for (const event of events) {
          world.fold(event);
          spans.fold(event);
          const alive = spans.lives().filter(({ ended }) => ended === null);
          expect(alive.map(({ task }) => task.id)).toEqual([...world.tasks.keys()]);
          for (const { task, spans: own } of alive) {
            const [last, view] = [own.at(-1), world.tasks.get(task.id)];
            // Its last poll has ended, and its own end is the very next thing: it is nothing any more.
            if (last?.state === 'running' && last.outcome !== null) continue;
            expect(last?.state).toBe(view?.state);
            if (view?.state === 'waiting') expect(last?.awaits).toEqual(view.awaits);
          }
        }

        expect(spans.spawned).toBe(spans.lives().length);
        for (const life of spans.lives()) expectNoGaps(life, spans.now);
      }),
      { numRuns: 60 },
    );
  });

  it('have one task at a time that runs', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (plan) => {
        const spans = folded(await eventsOf(() => programOf(plan).main()));

        const polls = spans
          .lives()
          .flatMap(({ spans }) => spans.filter(({ state }) => state === 'running'))
          .sort((one, other) => one.from.step - other.from.step);

        for (const [i, { from }] of polls.entries()) {
          expect(from.step).toBeGreaterThanOrEqual(polls[i - 1]?.to.step ?? 0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keep the end of a run that is too long, whole, and count what they drop', async () => {
    await fc.assert(
      fc.asyncProperty(programs, fc.integer({ min: 1, max: 40 }), async (plan, kept) => {
        const events = await eventsOf(() => programOf(plan).main());
        const [all, some] = [folded(events), folded(events, kept)];
        const count = (spans: Spans) => spans.lives().reduce((sum, { spans }) => sum + spans.length, 0);

        expect(count(some) + some.dropped).toBe(count(all));
        expect(count(some)).toBeLessThanOrEqual(kept + 1);
        const latest = (spans: readonly Span[]) => spans.filter(({ from }) => from.step >= some.since.step);
        for (const life of some.lives()) {
          const whole = all.lives().find(({ task }) => task.id === life.task.id);
          expect(latest(life.spans)).toEqual(latest(whole?.spans ?? []));
        }
        expect(some.wakes).toEqual(all.wakes.filter(({ step }) => step >= some.since.step));
      }),
      { numRuns: 60 },
    );
  });
});

describe('Spans', () => {
  it('tell what a task waited for, and what brought it back', async () => {
    const events = await eventsOf(function* () {
      const [tx, rx] = mpsc.channel<string>(1);
      spawn(
        (function* () {
          yield* sleep(5);
          yield* tx.send('tea');
        })(),
        { name: 'bob' },
      );
      yield* rx.recv();
    });

    expect(lifeOf(folded(events), 'main').spans.map(told)).toEqual([
      '0 to 0: ready 0',
      '0 to 0: running 1',
      '0 to 5: waiting 1 recv()',
      '5 to 5: ready 1 by task',
      '5 to 5: running 2 by task',
    ]);
    expect(lifeOf(folded(events), 'bob').parent?.name).toBe('main');
  });

  it('tell of a wake during a poll after that poll', async () => {
    const events = await eventsOf(function* () {
      const [tx, rx] = mpsc.channel<number>(1);
      function* send(): Async<never> {
        yield* tx.send(1);
        yield* sleep(9);
        throw new Error('too late');
      }
      yield* select({ recv: rx.recv(), send: send() }, { biased: true });
    });

    expect(lifeOf(folded(events), 'main').spans.map(told)).toEqual([
      '0 to 0: ready 0',
      '0 to 0: running 1',
      '0 to 0: ready 1 by self',
      '0 to 0: running 2 by self',
    ]);
  });

  it('tell how each task ended', async () => {
    const events = await eventsOf(function* () {
      spawn(sleep(9), { name: 'left over' });
      const bad = spawn(
        (function* () {
          throw new Error('no');
        })(),
        { name: 'bad' },
      );
      const nap = spawn(sleep(9), { name: 'nap' });
      nap.abort();
      yield* yieldNow();
      bad.isFinished();
    });

    const ends = folded(events)
      .lives()
      .map(({ task, ended }) => `${task.name} ${ended?.outcome}`);
    expect(ends).toEqual(['main ok', 'left over cancelled', 'bad panicked', 'nap cancelled']);
  });

  it('keep wakes and prints in order, with their steps', async () => {
    const spans = folded([
      { at: 0, kind: 'print', task: MAIN, text: 'one' },
      { at: 1, kind: 'task.woken', task: MAIN, by: { kind: 'host' } },
      { at: 1, kind: 'print', task: null, text: 'two' },
    ]);

    expect(spans.prints).toEqual([
      { at: 0, step: 1, task: MAIN, text: 'one' },
      { at: 1, step: 3, task: null, text: 'two' },
    ]);
    expect(spans.wakes).toEqual([{ at: 1, step: 2, task: MAIN, by: { kind: 'host' } }]);
  });

  it('do not grow for ever when a program prints and prints', () => {
    const spans = new Spans();

    for (let n = 0; n < 20_000; n++) spans.fold(dated({ kind: 'print', task: MAIN, text: `${n}` }));

    expect(spans.prints.length).toBeLessThan(7_000);
    expect(spans.prints.at(-1)?.text).toBe('19999');
  });

  it('say nothing of a task that was never spawned', () => {
    const spans = folded([
      dated({ kind: 'task.poll-started', task: MAIN, poll: 1 }),
      dated({ kind: 'task.poll-ended', task: MAIN, poll: 1, outcome: 'ready', busy: 0, awaits: [] }),
      dated({ kind: 'task.completed', task: MAIN, outcome: 'ok', error: null }),
    ]);

    expect(spans.lives()).toEqual([]);
  });

  it('are the same from a run that was saved', async () => {
    const events = await eventsOf(function* () {
      spawn(sleep(5));
      yield* sleep(7);
    });

    expect(folded(JSON.parse(JSON.stringify(events))).lives()).toEqual(folded(events).lives());
  });
});
