import { type Async, select, sleep, spawn, TokioOrder, yieldNow } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { anySeed } from '../../src/runtime/choices.ts';
import { Ring } from '../../src/runtime/ring.ts';
import { TimerHeap } from '../../src/runtime/time/timer-heap.ts';
import { run } from '../support/run.ts';
import { TestTimer } from '../support/test-timer.ts';

type ReadyQueue = Parameters<TokioOrder['nextTask']>[0];

function* say(log: string[], text: string, delay = 0): Async<void> {
  if (delay > 0) yield* sleep(delay);
  log.push(text);
}

describe('TokioOrder', () => {
  it('takes the task that was woken first', () => {
    const ready = new Ring<string>();
    for (const task of ['A', 'B']) ready.push(task);

    const next = new TokioOrder(1).nextTask(ready as unknown as ReadyQueue);

    expect(next).toBe('A');
    expect(ready.length).toBe(1);
  });

  it('takes no task where none is ready', () => {
    expect(new TokioOrder(1).nextTask(new Ring())).toBeUndefined();
  });

  it('takes the timer that is due first, and none that is not', () => {
    const timers = new TimerHeap();
    const [early, late] = [new TestTimer(), new TestTimer()];
    timers.add(late, 20);
    timers.add(early, 10);
    const order = new TokioOrder(1);

    const taken = [order.nextTimer(timers, 15), order.nextTimer(timers, 15)];

    expect(taken).toEqual([early, undefined]);
  });

  it('starts a select at every branch, about equally often', () => {
    const order = new TokioOrder(1);
    const starts = [0, 0, 0];

    for (let i = 0; i < 3000; i++) {
      const start = order.firstBranch(3);
      starts[start] = (starts[start] ?? 0) + 1;
    }

    for (const count of starts) expect(count).toBeGreaterThan(800);
  });

  it('makes the same choices with the same seed', () => {
    const [one, other] = [new TokioOrder(42), new TokioOrder(42)];

    const choices = Array.from({ length: 100 }, () => [one.firstBranch(5), other.firstBranch(5)] as const);

    expect(choices.every(([a, b]) => a === b)).toBe(true);
  });

  it('makes the same choices on every machine', () => {
    const order = new TokioOrder(1);

    const choices = Array.from({ length: 12 }, () => order.firstBranch(10));

    expect(choices.join(' ')).toBe('6 0 5 9 9 2 6 7 4 9 4 4');
  });
});

describe('anySeed', () => {
  it('is a seed that a runtime takes', () => {
    for (let i = 0; i < 100; i++) {
      const seed = anySeed();

      expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32).toBe(true);
    }
  });
});

describe('other choices', () => {
  it('can put the latest task first', async () => {
    const log: string[] = [];
    class LatestFirst extends TokioOrder {
      override nextTask(ready: ReadyQueue) {
        return ready.take(ready.length - 1);
      }
    }

    await run(
      function* () {
        for (const name of ['A', 'B', 'C']) spawn(say(log, name));
        yield* yieldNow();
      },
      { choices: new LatestFirst(1) },
    );

    expect(log).toEqual(['C', 'B', 'A']);
  });

  it('can fire the latest of the due timers first', async () => {
    const log: string[] = [];
    class LatestFirst extends TokioOrder {
      override nextTimer(timers: TimerHeap, tick: number) {
        const timer = timers.due(tick).at(-1);
        if (timer !== undefined) timers.remove(timer);
        return timer;
      }
    }

    await run(
      function* () {
        for (const name of ['A', 'B', 'C']) spawn(say(log, name, 10));
        yield* sleep(20);
      },
      { choices: new LatestFirst(1) },
    );

    expect(log).toEqual(['C', 'B', 'A']);
  });

  it('can say where a select starts', async () => {
    class FromTheEnd extends TokioOrder {
      override firstBranch(count: number): number {
        return count - 1;
      }
    }

    const winner = await run(
      function* () {
        return yield* select({ a: sleep(0), b: sleep(0), c: sleep(0) });
      },
      { choices: new FromTheEnd(1) },
    );

    expect(winner.branch).toBe('c');
  });
});

it('draws the numbers that Mulberry32 is known for', () => {
  const order = new TokioOrder(0);

  expect(order.firstBranch(2 ** 32)).toBe(1_144_304_738);
});
