import {
  type Async,
  type Awaitable,
  advance,
  InvalidDurationError,
  now,
  OutsideRuntimeError,
  Pending,
  Runtime,
  type RuntimeEvent,
  sleep,
  sleepUntil,
  spawn,
  yieldNow,
} from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byHand } from '../../support/hand-poll.ts';
import { run } from '../../support/run.ts';

describe('sleep', () => {
  it('ends at its deadline, to the millisecond', async () => {
    const times = await run(function* () {
      yield* sleep(10);
      const first = now();
      yield* sleep(2.5);
      return [first, now()];
    });

    expect(times).toEqual([10, 13]);
  });

  it('fixes its deadline in the call, not in the first poll', async () => {
    const time = await run(function* () {
      const nap = sleep(10);
      yield* sleep(7);
      yield* nap;
      return now();
    });

    expect(time).toBe(10);
  });

  it('of 0 does not wait', () =>
    run(function* () {
      expect(byHand(sleep(0)).poll()).toBeUndefined();
    }));

  it('is lazy: one that nobody polls arms no timer', async () => {
    const time = await run(function* () {
      sleep(1000);
      yield* sleep(10);
      return now();
    });

    expect(time).toBe(10);
  });

  it('wakes its task once', () =>
    run(function* () {
      const nap = byHand(sleep(10));
      expect(nap.poll()).toBe(Pending);

      yield* sleep(20);

      expect(nap.wakes).toBe(1);
      expect(nap.poll()).toBeUndefined();
    }));

  it('wakes the task that polled last', () =>
    run(function* () {
      const nap = sleep(10);
      const [oldTask, newTask] = [byHand(nap), byHand(nap)];
      oldTask.poll();
      newTask.poll();

      yield* sleep(20);

      expect([oldTask.wakes, newTask.wakes]).toEqual([0, 1]);
    }));

  it('dropped while it waits wakes nobody', () =>
    run(function* () {
      const nap = byHand(sleep(10));
      nap.poll();

      nap.drop();
      yield* sleep(20);

      expect(nap.wakes).toBe(0);
    }));

  it('dropped while it waits does not hold the clock', async () => {
    const time = await run(function* () {
      const nap = byHand(sleep(1000));
      nap.poll();
      nap.drop();
      yield* sleep(10);
      return now();
    });

    expect(time).toBe(10);
  });

  it('stays over when it is awaited again', async () => {
    const time = await run(function* () {
      const nap = sleep(10);
      yield* nap;
      yield* nap;
      return now();
    });

    expect(time).toBe(10);
  });

  it('of Infinity takes thirty years', async () => {
    const years = await run(function* () {
      yield* sleep(Number.POSITIVE_INFINITY);
      return now() / (365 * 86_400_000);
    });

    expect(years).toBe(30);
  });

  it('tells its deadline, and whether it has ended', () =>
    run(function* () {
      const nap = sleep(10);
      const before = [nap.deadline, nap.isElapsed()];
      yield* nap;

      expect(before).toEqual([10, false]);
      expect(nap.isElapsed()).toBe(true);
    }));

  it.each([-1, Number.NaN, '5', undefined])('refuses %s', (value) =>
    run(function* () {
      expect(() => sleep(value as number)).toThrow(InvalidDurationError);
      expect(() => sleep(value as number)).toThrow('sleep() expects a duration in milliseconds, zero or more');
    }),
  );

  it('needs a running runtime, and says which sleep', () => {
    expect(() => sleep(1500)).toThrow(OutsideRuntimeError);
    expect(() => sleep(1500)).toThrow('sleep(1.5s) needs a running runtime');
  });

  it('ends in the order of deadlines, then of first polls', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20), { maxLength: 40 }), async (durations) => {
        const ended: number[] = [];
        function* sleeper(i: number, duration: number): Async<void> {
          yield* sleep(duration);
          ended.push(i);
        }

        await run(function* () {
          durations.forEach((duration, i) => void spawn(sleeper(i, duration)));
          yield* sleep(100);
        });

        const inOrder = durations.map((duration, i) => [duration, i] as const).sort(([a], [b]) => a - b);
        expect(ended).toEqual(inOrder.map(([, i]) => i));
      }),
      { numRuns: 200 },
    );
  });
});

describe('sleepUntil', () => {
  it('ends when the clock shows its deadline', async () => {
    const time = await run(function* () {
      yield* sleep(5);
      yield* sleepUntil(30);
      return now();
    });

    expect(time).toBe(30);
  });

  it('of the past does not wait', () =>
    run(function* () {
      yield* sleep(20);

      expect(byHand(sleepUntil(10)).poll()).toBeUndefined();
    }));

  it.each([-1, Number.NaN, '5'])('refuses %s', (value) =>
    run(function* () {
      expect(() => sleepUntil(value as number)).toThrow(InvalidDurationError);
    }),
  );

  it('needs a running runtime', () => {
    expect(() => sleepUntil(10)).toThrow(OutsideRuntimeError);
  });
});

describe('reset', () => {
  it('to an earlier end takes effect at once', async () => {
    const time = await run(function* () {
      const nap = sleep(50);
      byHand(nap).poll();
      nap.reset(10);
      yield* nap;
      return now();
    });

    expect(time).toBe(10);
  });

  it('to a later end does not wake at the old one', () =>
    run(function* () {
      const nap = sleep(10);
      const task = byHand(nap);
      task.poll();

      nap.reset(30);
      yield* sleep(20);
      const early = task.wakes;
      yield* sleep(20);

      expect([early, task.wakes]).toEqual([0, 1]);
    }));

  it('to the past wakes who waits', () =>
    run(function* () {
      yield* sleep(20);
      const nap = sleep(10);
      const task = byHand(nap);
      task.poll();

      nap.reset(5);

      expect(task.wakes).toBe(1);
      expect(task.poll()).toBeUndefined();
    }));

  it('of a sleep that is over makes it wait again', async () => {
    const time = await run(function* () {
      const nap = sleep(10);
      yield* nap;
      nap.reset(now() + 10);
      yield* nap;
      return now();
    });

    expect(time).toBe(20);
  });

  it('before the first poll counts from there on', async () => {
    const time = await run(function* () {
      const nap = sleep(10);
      nap.reset(40);
      yield* nap;
      return [nap.deadline, now()];
    });

    expect(time).toEqual([40, 40]);
  });

  it('to a later end loses its place among those of the same end', async () => {
    const log: string[] = [];

    await run(function* () {
      const nap = sleep(10);
      spawn(then(nap, 'reset'));
      yield* yieldNow();
      nap.reset(20);
      spawn(then(sleep(20), 'other'));
      yield* sleep(30);
    });

    expect(log).toEqual(['other', 'reset']);

    function* then(nap: Awaitable<void>, name: string): Async<void> {
      yield* nap;
      log.push(name);
    }
  });

  it('refuses what is no time', () =>
    run(function* () {
      expect(() => sleep(1).reset(-1)).toThrow(InvalidDurationError);
      expect(() => sleep(1).reset(Number.NaN)).toThrow(InvalidDurationError);
    }));
});

describe('now', () => {
  it('is 0 when a program starts', async () => {
    const time = await run(function* () {
      return now();
    });

    expect(time).toBe(0);
  });

  it('needs a running runtime', () => {
    expect(() => now()).toThrow(OutsideRuntimeError);
  });

  it('shows the time it was advanced to', async () => {
    const time = await run(function* () {
      yield* advance(40);
      return now();
    });

    expect(time).toBe(40);
  });
});

describe('a sleep on the real clock', () => {
  it('lets go of the thread although its time is up before its first poll', async () => {
    const outcomes: string[] = [];
    function* main(): Async<void> {
      const nap = sleep(1);
      const start = performance.now();
      while (performance.now() < start + 5);
      yield* nap;
    }

    const observer = (event: RuntimeEvent) => {
      if (event.kind === 'task.poll-ended') outcomes.push(event.outcome);
    };
    await new Runtime({ observer }).blockOn(main());

    expect(outcomes).toEqual(['pending', 'ready']);
  });

  it('of no length does not wait', async () => {
    const outcomes: string[] = [];
    function* main(): Async<void> {
      yield* sleep(0);
      yield* sleepUntil(0);
    }

    const observer = (event: RuntimeEvent) => {
      if (event.kind === 'task.poll-ended') outcomes.push(event.outcome);
    };
    await new Runtime({ observer }).blockOn(main());

    expect(outcomes).toEqual(['ready']);
  });
});
