import { describe, expect, it } from 'vitest';
import { tea } from '../../src/examples/tea/card.ts';
import { accountOf, perform, waitsOf } from '../support/perform.ts';

describe('tea', () => {
  it('puts the kettle on, waits two seconds, and makes tea', async () => {
    const { said } = await perform(tea);

    expect(said).toMatchInlineSnapshot(`
      [
        "0 ms  main: Putting the kettle on.",
        "2000 ms  main: Water boiled. Making tea.",
      ]
    `);
  });

  it('lets go of the thread once, for as long as the water takes', async () => {
    const { events } = await perform(tea);

    expect(waitsOf('main', events)).toMatchInlineSnapshot(`
      [
        "0 ms  sleep(2s) on timer 1",
      ]
    `);
  });

  it('boils as long as --boil says', async () => {
    const { said } = await perform(tea, { boil: 500 });

    expect(said).toMatchInlineSnapshot(`
      [
        "0 ms  main: Putting the kettle on.",
        "500 ms  main: Water boiled. Making tea.",
      ]
    `);
  });

  it('does not let go of the thread at all with --boil 0', async () => {
    const { said, events } = await perform(tea, { boil: 0 });

    expect(said).toMatchInlineSnapshot(`
      [
        "0 ms  main: Putting the kettle on.",
        "0 ms  main: Water boiled. Making tea.",
      ]
    `);
    expect(waitsOf('main', events)).toEqual([]);
  });

  it('boils for a day, and nobody has to wait', async () => {
    const { said } = await perform(tea, { boil: 86_400_000 });

    expect(said.at(-1)).toBe('86400000 ms  main: Water boiled. Making tea.');
  });

  it('tells afterwards what happened in that very run', async () => {
    expect(await accountOf(tea)).toMatchInlineSnapshot(`
      [
        "Main was polled twice. It let go of the thread once, for sleep(2s).",
        "The thread slept 100 % of 2 s: time for other tasks, if there were any.",
      ]
    `);
    expect(await accountOf(tea, { boil: 500 })).toMatchInlineSnapshot(`
      [
        "Main was polled twice. It let go of the thread once, for sleep(500ms).",
        "The thread slept 100 % of 500 ms: time for other tasks, if there were any.",
      ]
    `);
    expect(await accountOf(tea, { boil: 0 })).toMatchInlineSnapshot(`
      [
        "Main was polled once. The water boiled at once: main never let go of the thread.",
      ]
    `);
  });
});
