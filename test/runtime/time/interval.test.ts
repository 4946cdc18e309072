import {
  type Async,
  type Awaitable,
  Elapsed,
  InvalidDurationError,
  InvalidOptionError,
  interval,
  type MissedTicks,
  now,
  OutsideRuntimeError,
  Pending,
  sleep,
  timeout,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { byHand } from '../../support/hand-poll.ts';
import { run } from '../../support/run.ts';

describe('interval', () => {
  it('ticks at once, and then once every period', async () => {
    const ticks = await run(function* () {
      const metronome = interval(10);
      const seen: number[] = [];
      for (let i = 0; i < 4; i++) seen.push(yield* metronome.tick(), now());
      return seen;
    });

    expect(ticks).toEqual([0, 0, 10, 10, 20, 20, 30, 30]);
  });

  it('ticks first when it is told', async () => {
    const ticks = await run(function* () {
      const metronome = interval(10, { start: 25 });
      return [yield* metronome.tick(), yield* metronome.tick(), now()];
    });

    expect(ticks).toEqual([25, 35, 35]);
  });

  it('is lazy: a tick that nobody awaits holds no clock', async () => {
    const time = await run(function* () {
      const metronome = interval(10);
      yield* metronome.tick();
      metronome.tick();
      yield* sleep(3);
      return now();
    });

    expect(time).toBe(3);
  });

  it('answers when a tick was due, not when it came', async () => {
    const ticks = await run(function* () {
      const metronome = interval(10);
      yield* metronome.tick();
      yield* sleep(14);
      return [yield* metronome.tick(), now()];
    });

    expect(ticks).toEqual([10, 14]);
  });

  it('loses no tick when a wait for it is dropped', async () => {
    const ticks = await run(function* () {
      const metronome = interval(10);
      yield* metronome.tick();
      yield* impatiently(4, metronome.tick());
      yield* impatiently(4, metronome.tick());
      return [yield* metronome.tick(), now()];
    });

    expect(ticks).toEqual([10, 10]);
  });

  it('does not drift', async () => {
    const ticks = await run(function* () {
      const metronome = interval(10);
      const seen: number[] = [];
      for (let i = 0; i < 4; i++) {
        seen.push(yield* metronome.tick());
        yield* sleep(7);
      }
      return seen;
    });

    expect(ticks).toEqual([0, 10, 20, 30]);
  });

  it.each([-1, Number.NaN, '5'])('refuses a period of %s', (period) =>
    run(function* () {
      expect(() => interval(period as number)).toThrow(InvalidDurationError);
    }),
  );

  it('refuses a period of 0', () =>
    run(function* () {
      expect(() => interval(0)).toThrow(InvalidOptionError);
      expect(() => interval(0)).toThrow('interval() expects a period of more than 0 ms, and got 0');
    }));

  it('refuses a start that is no time', () =>
    run(function* () {
      expect(() => interval(10, { start: -1 })).toThrow(InvalidDurationError);
    }));

  it('refuses an unknown way to treat missed ticks', () =>
    run(function* () {
      expect(() => interval(10, { missedTicks: 'ignore' as MissedTicks })).toThrow(InvalidOptionError);
    }));

  it('needs a running runtime', () => {
    expect(() => interval(10)).toThrow(OutsideRuntimeError);
  });

  it('of Infinity ticks once', () =>
    run(function* () {
      const metronome = interval(Number.POSITIVE_INFINITY);
      yield* metronome.tick();

      expect(byHand(metronome.tick()).poll()).toBe(Pending);
    }));

  function* impatiently(limit: number, tick: Awaitable<number>): Async<void> {
    try {
      yield* timeout(limit, tick);
    } catch (error) {
      if (!(error instanceof Elapsed)) throw error;
    }
  }
});

describe('missed ticks', () => {
  /** The ticks (due, and when) of a metronome whose user is away from 0 to 35. */
  function ticksAfterAbsence(missedTicks: MissedTicks, absence = 35): Promise<[number, number][]> {
    return run(function* () {
      const metronome = interval(10, { missedTicks });
      yield* metronome.tick();
      yield* sleep(absence);
      const seen: [number, number][] = [];
      for (let i = 0; i < 5; i++) {
        const due = yield* metronome.tick();
        seen.push([due, now()]);
      }
      return seen;
    });
  }

  it('burst: come back to back until the schedule is caught up with', async () => {
    expect(await ticksAfterAbsence('burst')).toEqual([
      [10, 35],
      [20, 35],
      [30, 35],
      [40, 40],
      [50, 50],
    ]);
  });

  it('delay: start the period again at the late tick', async () => {
    expect(await ticksAfterAbsence('delay')).toEqual([
      [10, 35],
      [45, 45],
      [55, 55],
      [65, 65],
      [75, 75],
    ]);
  });

  it('skip: are left out, and the schedule goes on', async () => {
    expect(await ticksAfterAbsence('skip')).toEqual([
      [10, 35],
      [40, 40],
      [50, 50],
      [60, 60],
      [70, 70],
    ]);
  });

  it.each<[number, number]>([
    [15, 20],
    [16, 26],
  ])('are missed when they are more than 5 ms late: at %i the next is due at %i', async (absence, next) => {
    const [, second] = await ticksAfterAbsence('delay', absence);

    expect(second?.[0]).toBe(next);
  });

  it('are treated as the interval says at that moment', async () => {
    const ticks = await run(function* () {
      const metronome = interval(10);
      yield* metronome.tick();
      yield* sleep(35);
      metronome.missedTicks = 'skip';
      return [yield* metronome.tick(), yield* metronome.tick()];
    });

    expect(ticks).toEqual([10, 40]);
  });

  it('come in a burst unless told otherwise', () =>
    run(function* () {
      expect(interval(10).missedTicks).toBe('burst');
    }));
});

describe('reset', () => {
  it('puts the next tick one period from now', async () => {
    const ticks = await run(function* () {
      const metronome = interval(10);
      yield* metronome.tick();
      yield* sleep(7);
      metronome.reset();
      return [yield* metronome.tick(), yield* metronome.tick()];
    });

    expect(ticks).toEqual([17, 27]);
  });
});

describe('disposing an interval', () => {
  it('disarms its timer', () =>
    run(function* () {
      const metronome = interval(10);
      yield* metronome.tick();
      const tick = byHand(metronome.tick());
      tick.poll();

      metronome[Symbol.dispose]();
      yield* sleep(20);

      expect(tick.wakes).toBe(0);
    }));
});
