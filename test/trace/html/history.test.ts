import type { RuntimeEvent } from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countBefore, History } from '../../../src/trace/html/history.ts';
import { type Life, Lives } from '../../../src/trace/lives.ts';
import { row } from '../../../src/trace/stats/tasks.ts';
import { World } from '../../../src/trace/world.ts';
import { programOf, programs } from '../../support/random-program.ts';
import { eventsOf } from '../../support/recorded.ts';

/** A task's figures at a time. */
function figures(lives: readonly Life[], now: number): string[][] {
  return [...lives].sort((a, b) => a.ref.id - b.ref.id).map((life) => [...row(life, now, 'real', '').cells]);
}

/** The state after so many events, folded from the beginning. */
function folded(events: readonly RuntimeEvent[], step: number) {
  const [world, lives, ended] = [new World(), new Lives(), [] as Life[]];
  for (const event of events.slice(0, step)) {
    world.fold(event);
    const life = lives.fold(event);
    if (life !== undefined) ended.push(life);
  }
  return { world, figures: figures([...lives.values(), ...ended], lives.now) };
}

describe('the history of a run', () => {
  it('knows the state after each event, in whatever order it is asked', async () => {
    const steps = fc.array(fc.nat(), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(programs, steps, fc.integer({ min: 1, max: 20 }), async (program, asked, apart) => {
        const events = await eventsOf(programOf(program).main);
        const history = new History(events, apart);

        for (const n of asked) {
          const step = n % (events.length + 1);
          const expected = folded(events, step);
          const { world, lives } = history.at(step);

          expect(world).toEqual(expected.world);
          expect([...world.ready]).toEqual([...expected.world.ready]);
          expect(figures(history.lives(step), lives.now)).toEqual(expected.figures);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('goes back and forth one by one', async () => {
    const events = await eventsOf(programOf([{ does: 'spawn', n: 1, parts: [[{ does: 'send', n: 0 }], []] }]).main);
    const history = new History(events, 3);
    const there = events.map((_, i) => structuredClone({ ...history.at(i + 1).world }));
    const back = events.map((_, i) => structuredClone({ ...history.at(events.length - i).world })).reverse();

    expect(back).toEqual(there);
  });
});

describe('countBefore', () => {
  it('counts those at the front that are so', () => {
    expect([0, 1, 3, 5, 6].map((n) => countBefore([1, 3, 5], (one) => one < n))).toEqual([0, 0, 1, 2, 3]);
  });
});
