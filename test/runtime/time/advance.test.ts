import {
  type Async,
  advance,
  InvalidDurationError,
  now,
  OutsideRuntimeError,
  sleep,
  spawn,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { byHand } from '../../support/hand-poll.ts';
import { run } from '../../support/run.ts';

describe('advance', () => {
  it('moves the clock at once', () =>
    run(function* () {
      const moving = byHand(advance(40));

      moving.poll();

      expect(now()).toBe(40);
    }));

  it('is lazy: nothing moves before it is awaited', () =>
    run(function* () {
      advance(40);

      expect(now()).toBe(0);
    }));

  it('fires what it has passed, by deadline, all at the new time', async () => {
    const log: string[] = [];
    function* sleeper(duration: number): Async<void> {
      yield* sleep(duration);
      log.push(`${duration} at ${now()}`);
    }

    await run(function* () {
      for (const duration of [30, 10, 20, 50]) spawn(sleeper(duration));
      yield* yieldNow();
      yield* advance(40);
      log.push('advanced');
      yield* yieldNow();
    });

    expect(log).toEqual(['advanced', '10 at 40', '20 at 40', '30 at 40']);
  });

  it.each([-1, Number.NaN, '5'])('refuses %s', (value) =>
    run(function* () {
      expect(() => byHand(advance(value as number)).poll()).toThrow(InvalidDurationError);
    }),
  );

  it('needs a running runtime', () => {
    expect(() => byHand(advance(1)).poll()).toThrow(OutsideRuntimeError);
  });
});
