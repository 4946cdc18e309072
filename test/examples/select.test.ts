import type { RuntimeEvent } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { select } from '../../src/examples/select/card.ts';
import { accountOf, perform } from '../support/perform.ts';

/** What becomes of the branches and of their timers: `1000 ms  select 1 dropped network`. */
function race(events: readonly RuntimeEvent[]): string[] {
  const deadlines = new Map<number, number>();
  return events.flatMap((event) => {
    if (event.kind !== 'resource.op') return [];
    if (event.op === 'armed') deadlines.set(event.resource.id, event.deadline);
    if (event.op === 'won' || event.op === 'dropped') return [`${event.at} ms  ${event.op} ${event.branch}`];
    return [`${event.at} ms  ${event.op} the timer for ${deadlines.get(event.resource.id)} ms`];
  });
}

describe('select', () => {
  it('takes the data from the cache, after a second', async () => {
    const { said } = await perform(select);

    expect(said).toMatchInlineSnapshot(`
      [
        "1000 ms  main: Result: Data from cache",
      ]
    `);
  });

  it('drops the network when the cache wins, and its two timers with it', async () => {
    const { events } = await perform(select);

    expect(race(events)).toMatchInlineSnapshot(`
      [
        "0 ms  armed the timer for 1000 ms",
        "0 ms  armed the timer for 3000 ms",
        "0 ms  armed the timer for 2000 ms",
        "1000 ms  fired the timer for 1000 ms",
        "1000 ms  won cache",
        "1000 ms  dropped network",
        "1000 ms  cancelled the timer for 3000 ms",
        "1000 ms  cancelled the timer for 2000 ms",
      ]
    `);
  });

  it('takes the data from a quick network', async () => {
    const { said } = await perform(select, { network: 500 });

    expect(said).toMatchInlineSnapshot(`
      [
        "500 ms  main: Result: Data from network",
      ]
    `);
  });

  it('drops the cache when the network wins, and its timer with it', async () => {
    const { events } = await perform(select, { network: 500 });

    expect(race(events)).toMatchInlineSnapshot(`
      [
        "0 ms  armed the timer for 1000 ms",
        "0 ms  armed the timer for 500 ms",
        "0 ms  armed the timer for 2000 ms",
        "500 ms  fired the timer for 500 ms",
        "500 ms  cancelled the timer for 2000 ms",
        "500 ms  won network",
        "500 ms  dropped cache",
        "500 ms  cancelled the timer for 1000 ms",
      ]
    `);
  });

  it('gives up on the network when the cache is even slower than the timeout', async () => {
    const { said } = await perform(select, { cache: 4000 });

    expect(said).toMatchInlineSnapshot(`
      [
        "2000 ms  main: Result: Network timed out",
      ]
    `);
  });

  it('drops the network when its time is up, and the cache when that ends the race', async () => {
    const { events } = await perform(select, { cache: 4000 });

    expect(race(events)).toMatchInlineSnapshot(`
      [
        "0 ms  armed the timer for 4000 ms",
        "0 ms  armed the timer for 3000 ms",
        "0 ms  armed the timer for 2000 ms",
        "2000 ms  fired the timer for 2000 ms",
        "2000 ms  cancelled the timer for 3000 ms",
        "2000 ms  won network",
        "2000 ms  dropped cache",
        "2000 ms  cancelled the timer for 4000 ms",
      ]
    `);
  });

  it('gives the network as long as --timeout says', async () => {
    const { said } = await perform(select, { cache: 4000, timeout: 3500 });

    expect(said).toEqual(['3000 ms  main: Result: Data from network']);
  });

  it('lets the network be in time at its very deadline', async () => {
    const { said } = await perform(select, { network: 2000, cache: 4000 });

    expect(said).toEqual(['2000 ms  main: Result: Data from network']);
  });

  it('leaves it to the seed who wins a tie', async () => {
    const tie = { network: 1000, cache: 1000 };
    const endings = await Promise.all(Array.from({ length: 16 }, (_, seed) => perform(select, tie, seed)));

    expect(new Set(endings.flatMap(({ said }) => said))).toEqual(
      new Set(['1000 ms  main: Result: Data from network', '1000 ms  main: Result: Data from cache']),
    );
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7])('ends as it does with every seed, such as %i, where nobody ties', async (seed) => {
    const { said } = await perform(select, {}, seed);

    expect(said).toEqual(['1000 ms  main: Result: Data from cache']);
  });

  it('ends at once where nobody takes any time', async () => {
    const { said } = await perform(select, { network: 0, cache: 0, timeout: 0 });

    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^0 ms {2}main: Result: Data from (network|cache)$/);
  });

  it('tells afterwards what happened in that very run', async () => {
    expect(await accountOf(select)).toMatchInlineSnapshot(`
      [
        "The branch cache was first, after 1 s.",
        "The other, network, was dropped where it waited.",
        "2 timers were disarmed, as nobody waits for them any more. The last of them would have fired 2 s later, for nothing.",
      ]
    `);
    expect(await accountOf(select, { network: 500 })).toMatchInlineSnapshot(`
      [
        "The branch network was first, after 500 ms.",
        "The other, cache, was dropped where it waited.",
        "2 timers were disarmed, as nobody waits for them any more. The last of them would have fired 1.5 s later, for nothing.",
      ]
    `);
    expect(await accountOf(select, { cache: 4000 })).toMatchInlineSnapshot(`
      [
        "The branch network was first, after 2 s.",
        "The other, cache, was dropped where it waited.",
        "2 timers were disarmed, as nobody waits for them any more. The last of them would have fired 2 s later, for nothing.",
      ]
    `);
  });
});
