import { describe, expect, it } from 'vitest';
import { recipe } from '../../src/examples/recipe/card.ts';
import { accountOf, perform, waitsOf } from '../support/perform.ts';

describe('recipe', () => {
  it('cooks nothing when it is called, cooks when it is awaited, and stops where it is dropped', async () => {
    const { said } = await perform(recipe);

    expect(said).toMatchInlineSnapshot(`
      [
        "0 ms  main: The card is written, and the stove is cold.",
        "0 ms  main: Stove on.",
        "1000 ms  main: A pinch of salt.",
        "2000 ms  main: Stove off.",
        "2000 ms  main: Awaited: soup.",
        "2000 ms  main: Stove on.",
        "3000 ms  main: A pinch of salt.",
        "3500 ms  main: Stove off.",
        "3500 ms  main: The guests call it off.",
        "3500 ms  main: Stove on.",
        "3500 ms  main: Look 1: pending.",
        "4500 ms  main: A pinch of salt.",
        "4500 ms  main: Look 2: pending.",
        "5500 ms  main: Stove off.",
        "5500 ms  main: Look 3: ready.",
        "5500 ms  main: By hand: soup.",
      ]
    `);
  });

  it('polls the card by hand as often as the runtime does, and waits for the same timers', async () => {
    const { events } = await perform(recipe);

    expect(waitsOf('main', events)).toMatchInlineSnapshot(`
      [
        "0 ms  sleep(1s) on timer 1",
        "1000 ms  sleep(1s) on timer 2",
        "2000 ms  sleep(1.5s) on timer 3",
        "2000 ms  sleep(1s) on timer 4",
        "3000 ms  sleep(1s) on timer 5",
        "3000 ms  sleep(1.5s) on timer 3",
        "3500 ms  sleep(1s) on timer 6",
        "3500 ms  notified() on notify 1",
        "4500 ms  sleep(1s) on timer 7",
        "4500 ms  notified() on notify 1",
      ]
    `);
  });

  it('wakes main through the bell of the chef, which the timer has rung', async () => {
    const { events } = await perform(recipe);

    const wakes = events.flatMap((event) =>
      event.kind === 'task.woken' ? [`${event.at} ms  ${'resource' in event.by ? event.by.resource?.name : ''}`] : [],
    );
    expect(wakes.slice(-2)).toEqual(['4500 ms  notify 1', '5500 ms  notify 1']);
  });

  it('lets the second soup get ready if the guests call too late, and disarms their timer', async () => {
    const { said, events } = await perform(recipe, { guests: 5000 });

    expect(said).toContain('4000 ms  main: In time: soup.');
    expect(events).toContainEqual(expect.objectContaining({ at: 4000, op: 'cancelled' }));
  });

  it('never turns off a stove that was not turned on', async () => {
    for (let seed = 0; seed < 8; seed++) {
      const { said } = await perform(recipe, { guests: 0 }, seed);

      const stove = said.flatMap((line) => /Stove (on|off)/.exec(line)?.[1] ?? []);
      expect(stove.filter((state, i) => state !== (i % 2 === 0 ? 'on' : 'off'))).toEqual([]);
      expect(stove.length % 2).toBe(0);
    }
  });

  it('is never pending with --simmer 0, and the chef looks once', async () => {
    const { said } = await perform(recipe, { simmer: 0 });

    expect(said).toContain('0 ms  main: Look 1: ready.');
    expect(said.at(-1)).toBe('0 ms  main: By hand: soup.');
  });

  it('tells afterwards what happened in that very run', async () => {
    expect(await accountOf(recipe)).toMatchInlineSnapshot(`
      [
        "Awaited, the card was pending twice, then ready. The chef found it pending twice, then ready: the same answers.",
        "The guests called it off at 3.5 s, and their card was dropped where it waited.",
        "The stove went on 3 times and off 3 times: ready or dropped, the finally of a card runs.",
      ]
    `);
    expect(await accountOf(recipe, { guests: 5000 })).toMatchInlineSnapshot(`
      [
        "Awaited, the card was pending twice, then ready. The chef found it pending twice, then ready: the same answers.",
        "The guests came too late: their soup was ready before.",
        "The stove went on 3 times and off 3 times: ready or dropped, the finally of a card runs.",
      ]
    `);
    expect(await accountOf(recipe, { simmer: 0 })).toMatchInlineSnapshot(`
      [
        "Awaited, the card was ready at once. The chef found it ready at once: the same answers.",
        "The guests came too late: their soup was ready before.",
        "The stove went on 3 times and off 3 times: ready or dropped, the finally of a card runs.",
      ]
    `);
  });
});
