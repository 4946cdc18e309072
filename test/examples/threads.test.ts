import { Runtime, type RuntimeEvent, yieldNow } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { ThreadsAccount } from '../../src/examples/threads/account.ts';
import { main, measure } from '../../src/examples/threads/threads.ts';

/** Makes an async function of a value. */
function ready<T>(value: T): () => Generator<never, T> {
  return function* () {
    return value;
  };
}

/** Runs the program with crowds that cost what they are told to. */
async function said(options: NonNullable<Parameters<typeof main>[0]>): Promise<RuntimeEvent[]> {
  const events: RuntimeEvent[] = [];
  await new Runtime({ clock: 'virtual', observer: (event) => events.push(event) }).blockOn(main(options));
  return events;
}

function lines(events: readonly RuntimeEvent[]): string[] {
  return events.flatMap((event) => (event.kind === 'print' ? [event.text] : []));
}

const THREADS = { started: 20, ms: 400, bytes: 160e6 };
const TASKS = { started: 500_000, ms: 1000, bytes: 400e6 };

describe('the threads program', () => {
  it('divides what each crowd cost by its size, and fills the memory of the machine in thought', async () => {
    const events = await said({
      threads: 20,
      tasks: 500_000,
      memory: 16e9,
      cost: (kind) => ready(kind === 'threads' ? THREADS : TASKS)(),
    });

    expect(lines(events)).toEqual([
      'Starting 20 threads. Each goes to sleep at once.',
      '20 threads took 400.0 ms to start: 20.0 ms each.',
      'They keep 160 MB of resident memory: 8 MB each.',
      'Starting 500,000 tasks. Each goes to sleep at once.',
      '500,000 tasks took 1000.0 ms to start: 2.0 µs each.',
      'They keep 400 MB of resident memory: 800 bytes each.',
      'One thread keeps as much memory as 10,000 tasks.',
      '16 GB have room for 2,000 threads, or 20,000,000 tasks.',
    ]);
  });

  it('says so if a crowd had to stop, and divides by those that there were', async () => {
    const events = await said({ threads: 1000, cost: (kind) => ready(kind === 'threads' ? THREADS : TASKS)() });

    expect(lines(events).slice(0, 4)).toEqual([
      'Starting 1,000 threads. Each goes to sleep at once.',
      'Stopped after 20, to leave memory for others.',
      '20 threads took 400.0 ms to start: 20.0 ms each.',
      'They keep 160 MB of resident memory: 8 MB each.',
    ]);
  });

  it('measures the threads before it starts the tasks', async () => {
    const order: string[] = [];
    await said({
      cost: function* (kind) {
        order.push(`${kind} begin`);
        yield* yieldNow();
        order.push(`${kind} end`);
        return kind === 'threads' ? THREADS : TASKS;
      },
    });

    expect(order).toEqual(['threads begin', 'threads end', 'tasks begin', 'tasks end']);
  });
});

describe('measuring a crowd', () => {
  it('starts as many tasks as it is told to, and all of them sleep', async () => {
    const asleep = new Set<number>();
    const timers = new Set<number>();
    const observer = (event: RuntimeEvent) => {
      if (event.kind === 'resource.op' && event.op === 'armed' && event.deadline > 3_000_000)
        timers.add(event.resource.id);
      if (event.kind === 'task.poll-ended' && event.awaits[0]?.op === 'sleep(3600s)') asleep.add(event.task.id);
    };

    const { started, ms, bytes } = await new Runtime({ observer }).blockOn(measure('tasks', 2000));

    expect(started).toBe(2000);
    expect([asleep.size, timers.size]).toEqual([2000, 2000]);
    expect(ms).toBeGreaterThan(0);
    expect(Number.isFinite(bytes)).toBe(true);
  });

  it('starts as many threads as it is told to, all at the same time, and wakes them in the end', async () => {
    const open = new Set<number>();
    let most = 0;
    const observer = (event: RuntimeEvent) => {
      if (event.kind !== 'resource.op' || event.resource.kind !== 'worker') return;
      if (event.op === 'opened') open.add(event.resource.id);
      most = Math.max(most, open.size);
      if (event.op === 'settled') open.delete(event.resource.id);
    };

    const runtime = new Runtime({ observer, maxBlockingThreads: 3 });
    const { started, bytes } = await runtime.blockOn(measure('threads', 3));

    expect([started, most, open.size]).toEqual([3, 3, 0]);
    expect(bytes).toBeGreaterThan(3e6);
  });

  it.each(['threads', 'tasks'] as const)('stops starting %s as soon as it may not go on', async (kind) => {
    const asked: number[] = [];
    const batch = kind === 'threads' ? 1 : 50_000;

    const { started } = await new Runtime().blockOn(
      measure(kind, 1_000_000, (started) => {
        asked.push(started);
        return asked.length < 3;
      }),
    );

    expect(asked).toEqual([0, batch, 2 * batch]);
    expect(started).toBe(2 * batch);
  });
});

describe('what is told after a run', () => {
  it('is computed from what the run has printed, and how long its thread slept', async () => {
    const events = await said({ cost: (kind) => ready(kind === 'threads' ? THREADS : TASKS)() });
    const account = new ThreadsAccount();
    for (const event of events) account.fold(event);
    account.fold({ kind: 'runtime.parked', at: 25, until: null, io: 1 });
    account.fold({ kind: 'runtime.finished', at: 100, outcome: 'returned' });

    const [first, , last] = account.sentences();
    expect(first).toBe('In the time in which one thread starts, 10,000 tasks do.');
    expect(last).toBe('The process you see here only waited for the other two: its thread slept 75 % of 100 ms.');
  });

  it('is nothing where nothing was measured', () => {
    expect(new ThreadsAccount().sentences()).toEqual([]);
  });
});
