/** Any program with an interval gets the ticks that arithmetic says. */
import { type Async, Elapsed, interval, type MissedTicks, now, sleep, timeout } from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run } from '../../support/run.ts';

interface Step {
  readonly does: 'tick' | 'work' | 'reset' | 'resetImmediately' | 'resetAfter' | 'resetAt' | 'be late' | 'change';
  /** How long it works, or waits for a tick at most. */
  readonly ms: number;
  readonly missedTicks: MissedTicks;
}

const missedTicks = fc.constantFrom<MissedTicks>('burst', 'delay', 'skip');
const step: fc.Arbitrary<Step> = fc.record({
  does: fc.constantFrom(
    ...(['tick', 'tick', 'tick', 'tick', 'work', 'work', 'be late', 'change'] as const),
    ...(['reset', 'resetImmediately', 'resetAfter', 'resetAt'] as const),
  ),
  ms: fc.oneof(fc.nat(20), fc.integer({ min: 3, max: 7 })), // Up to 5 ms are not late.
  missedTicks,
});

/** When a tick was due, and when it came. */
type Tick = readonly [due: number, at: number];

/** What an interval does, by its definition. */
function foresee(period: number, start: number, how: MissedTicks, steps: readonly Step[]): Tick[] {
  const ticks: Tick[] = [];
  let [time, due, missedTicks] = [0, start, how];
  for (const { does, ms, missedTicks: next } of steps) {
    if (does === 'work') time += ms;
    else if (does === 'reset') due = time + period;
    else if (does === 'resetImmediately') due = time;
    else if (does === 'resetAfter') due = time + ms;
    else if (does === 'resetAt') due = 10 * ms;
    else if (does === 'change') missedTicks = next;
    else {
      const at = Math.max(time, Math.ceil(due)); // Timers count whole milliseconds.
      if (does === 'be late' && at > time + ms) {
        time += ms;
        continue;
      }
      time = at;
      ticks.push([due, time]);
      const isMissed = time > due + 5;
      if (!isMissed || missedTicks === 'burst') due += period;
      else if (missedTicks === 'delay') due = time + period;
      // The first one of the schedule that is still to come.
      else due += period * (Math.floor((time - due) / period) + 1);
    }
  }
  return ticks;
}

describe('any program with an interval', () => {
  it('gets each tick when it is due, or as it wants those that it has missed', async () => {
    const period = fc.integer({ min: 1, max: 24 }).map((n) => n / 2);
    const start = fc.option(fc.nat(30));
    await fc.assert(
      fc.asyncProperty(
        period,
        start,
        missedTicks,
        fc.array(step, { maxLength: 20 }),
        async (period, start, how, steps) => {
          const ticks: Tick[] = [];

          function* main(): Async<void> {
            using metronome = interval(period, { missedTicks: how, ...(start === null ? {} : { start }) });
            for (const { does, ms, missedTicks } of steps) {
              if (does === 'work') yield* sleep(ms);
              else if (does === 'reset') metronome.reset();
              else if (does === 'resetImmediately') metronome.resetImmediately();
              else if (does === 'resetAfter') metronome.resetAfter(ms);
              else if (does === 'resetAt') metronome.resetAt(10 * ms);
              else if (does === 'change') metronome.missedTicks = missedTicks;
              else if (does === 'tick') ticks.push([yield* metronome.tick(), now()]);
              else {
                try {
                  ticks.push([yield* timeout(ms, metronome.tick()), now()]);
                } catch (error) {
                  if (!(error instanceof Elapsed)) throw error;
                }
              }
            }
          }
          await run(main);

          expect(ticks).toEqual(foresee(period, start ?? 0, how, steps));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
