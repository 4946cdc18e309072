import { type Async, mpsc, type RuntimeEvent, sleep, spawn } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../src/trace/html/packed.ts';
import { Run } from '../../../src/trace/html/run.ts';
import { eventsOf } from '../../support/recorded.ts';

const FRAME: Frame = {
  ...{ title: 'a run', package: '0.1.0', note: null, summary: '', diagnosis: [], findings: [], files: [] },
};

async function runOf(main: () => Async<unknown>): Promise<Run> {
  return new Run({ ...FRAME, events: await eventsOf(main) });
}

function stepOf(run: Run, is: (event: RuntimeEvent) => boolean): number {
  return run.events.findIndex(is) + 1;
}

function* talk(): Async<void> {
  const [tx, rx] = mpsc.channel<string>(1);
  function* bob(): Async<void> {
    yield* sleep(1000);
    yield* tx.send('tea');
  }
  const task = spawn(bob(), { name: 'bob' });
  yield* rx.recv();
  yield* task;
}

function* stuck(): Async<void> {
  const [tx, rx] = mpsc.channel<string>(1);
  yield* rx.recv();
  tx[Symbol.dispose]();
}

describe('a run in a page', () => {
  it('opens at its first event', async () => {
    expect((await runOf(talk)).opening).toBe(1);
    expect(new Run({ ...FRAME, events: [] }).opening).toBe(0);
  });

  it('opens where it got stuck, if it did: before all is dropped', async () => {
    const run = await runOf(stuck);
    const { world } = run.history.at(run.opening);

    expect([...world.tasks.values()].map(({ ref, state }) => [ref.name, state])).toEqual([['main', 'waiting']]);
    expect(run.event(run.opening + 1)?.kind).toBe('task.cancelled');
  });

  it('tells an event in the columns of the log', async () => {
    const run = await runOf(talk);
    const woken = stepOf(run, (event) => event.kind === 'task.woken' && event.task.name === 'main');

    expect(run.row(woken)).toMatchObject({ time: '1000.000', task: 'main', event: 'woken', tone: 'plain' });
    expect(run.row(woken).detail).toMatch(/^by bob through channel 1 at /);
  });

  it('knows the last event of a task up to a step, or its first one', async () => {
    const run = await runOf(talk);
    const spawned = stepOf(run, (event) => event.kind === 'task.spawned' && event.task.name === 'bob');

    expect(run.near(1, 1)).toBe(spawned);
    expect(run.near(1, spawned)).toBe(spawned);
    expect(run.event(run.near(1, run.length))).toMatchObject({ kind: 'task.completed', task: { name: 'bob' } });
    expect(run.near(99, 7)).toBe(7);
  });

  it('knows the turn a task has, the ones beside it, and what led to it', async () => {
    const run = await runOf(talk);
    const polls = run.events.flatMap((event, i) =>
      event.kind === 'task.poll-started' && event.task.id === 0 ? [i + 1] : [],
    );
    const [first = 0, second = 0] = polls;

    expect(run.turnAt(0, first - 1)).toBeUndefined();
    expect(run.turnAt(0, second - 1)?.step).toBe(first);
    expect(run.turnAt(0, second)?.step).toBe(second);
    expect(run.turnAt(undefined, second + 1)?.step).toBe(second);
    expect(run.turnAt(undefined, first - 1)).toBeUndefined();
    expect([run.turnBeside(0, second, -1), run.turnBeside(0, first, 1)]).toEqual([first, second]);
    expect([run.turnBeside(0, first, -1), run.turnBeside(0, second + 1, -1)]).toEqual([undefined, second]);

    const chain = run.turnAt(0, second)?.turn.chain() ?? [];
    expect(chain.map(({ task, poll }) => `${task.name} ${poll}`)).toEqual(['main 2', 'bob 2']);
    expect(chain.map((cause) => run.event(run.stepOf(cause) ?? 0))).toMatchObject([
      { kind: 'task.poll-started', task: { name: 'main' }, poll: 2 },
      { kind: 'task.poll-started', task: { name: 'bob' }, poll: 2 },
    ]);
  });

  it('keeps the whole chain of a long run', async () => {
    function* relay(): Async<void> {
      const [tx, rx] = mpsc.channel<number>(1);
      const [back, answers] = mpsc.channel<number>(1);
      function* echo(): Async<void> {
        for (let n = yield* rx.recv(); n !== undefined; n = yield* rx.recv()) yield* back.send(n);
      }
      spawn(echo(), { name: 'echo' });
      for (let n = 0; n < 1500; n++) {
        yield* tx.send(n);
        yield* answers.recv();
      }
      tx[Symbol.dispose]();
    }
    const run = await runOf(relay);
    const chain = run.turnAt(0, run.length)?.turn.chain() ?? [];

    expect(chain.length).toBeGreaterThan(3000);
    expect(chain.every(({ skipped }) => skipped === 0)).toBe(true);
  });

  it('knows where an event happened; if that does not say, where its task was last', async () => {
    const run = await runOf(talk);
    const waits = stepOf(run, (event) => event.kind === 'task.poll-ended' && event.task.name === 'bob');
    const polled = stepOf(run, (event) => event.kind === 'task.poll-started' && event.poll === 2);
    const parked = stepOf(run, ({ kind }) => kind === 'runtime.parked');

    expect(run.locationAt(waits)?.fn).toBe('bob');
    expect(run.locationAt(polled)).toEqual(run.locationAt(waits));
    expect(run.locationAt(parked)).toBeNull();
  });
});
