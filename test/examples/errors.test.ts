import { describe, expect, it } from 'vitest';
import { errors } from '../../src/examples/errors/card.ts';
import { accountOf, endings, perform } from '../support/perform.ts';

describe('errors', () => {
  it('leaves one function after the other, from the inside out, until somebody catches', async () => {
    const { said } = await perform(errors);

    expect(said).toMatchInlineSnapshot(`
      [
        "0 ms  main: Through awaits:",
        "1000 ms  main: Leaving fetchMilk.",
        "1000 ms  main: Leaving makeTea.",
        "1000 ms  main: Caught: the shop is closed.",
        "1000 ms  main: In a task:",
        "2000 ms  tea: Leaving fetchMilk.",
        "2000 ms  tea: Leaving makeTea.",
        "2000 ms  main: Caught: the shop is closed.",
        "3000 ms  guest: The guest has heard of nothing.",
        "3000 ms  main: Under a timeout:",
        "3500 ms  main: Leaving fetchMilk.",
        "3500 ms  main: Leaving makeTea.",
        "3500 ms  main: Caught: deadline has elapsed.",
        "3500 ms  main: Beside toast:",
        "4500 ms  main: Leaving fetchMilk.",
        "4500 ms  main: Leaving makeTea.",
        "4500 ms  main: Leaving makeToast.",
        "4500 ms  main: Caught: the shop is closed.",
      ]
    `);
  });

  it('lets a task fail, whoever joins it hear of it at once, and nobody else', async () => {
    const { events, said } = await perform(errors);

    expect(endings(events)).toEqual(['2000 ms  tea panicked', '3000 ms  guest completed', '4500 ms  main completed']);
    expect(said).toContain('2000 ms  main: Caught: the shop is closed.');
    expect(said).toContain('3000 ms  guest: The guest has heard of nothing.');
  });

  it('stops the toast when the tea fails beside it, and disarms its timer', async () => {
    const { events, said } = await perform(errors);

    expect(events).toContainEqual(expect.objectContaining({ at: 4500, op: 'cancelled' }));
    expect(said).toContain('4500 ms  main: Leaving makeToast.');
  });

  it('serves four times with --open, but for the timeout', async () => {
    const { said } = await perform(errors, { open: true });

    expect(said.filter((line) => /Served|Caught/.test(line))).toMatchInlineSnapshot(`
      [
        "1000 ms  main: Served: tea with milk.",
        "2000 ms  main: Served: tea with milk.",
        "3500 ms  main: Caught: deadline has elapsed.",
        "5500 ms  main: Served: tea with milk and toast.",
      ]
    `);
  });

  it('catches what the tea throws if the timeout is patient', async () => {
    const { said } = await perform(errors, { limit: 1500 });

    expect(said.filter((line) => line.includes('Caught')).map((line) => line.split('Caught: ')[1])).toEqual(
      Array.from({ length: 4 }, () => 'the shop is closed.'),
    );
  });

  it('lets the toast get ready if it is quicker than the bad news, and nobody eats it', async () => {
    const { said } = await perform(errors, { toast: 500 });

    expect(said.slice(-4)).toEqual([
      '4000 ms  main: Leaving makeToast.',
      '4500 ms  main: Leaving fetchMilk.',
      '4500 ms  main: Leaving makeTea.',
      '4500 ms  main: Caught: the shop is closed.',
    ]);
  });

  it('tells afterwards what happened in that very run', async () => {
    expect(await accountOf(errors)).toMatchInlineSnapshot(`
      [
        "4 errors came to main. The first one went up through fetchMilk and makeTea, and left each of them on its way.",
        "The task tea failed at 2 s: main had joined it and heard; guest went on, and was done 1 s later.",
        "2 timers were disarmed, 1.5 s before their time in all: nobody needed them any more.",
      ]
    `);
    expect(await accountOf(errors, { shop: 100, limit: 200, toast: 50 })).toMatchInlineSnapshot(`
      [
        "4 errors came to main. The first one went up through fetchMilk and makeTea, and left each of them on its way.",
        "The task tea failed at 200 ms: main had joined it and heard; guest went on, and was done 100 ms later.",
        "1 timer was disarmed, 100 ms before its time in all: nobody needed it any more.",
      ]
    `);
    expect(await accountOf(errors, { open: true })).toMatchInlineSnapshot(`
      [
        "One error came to main, that of the timeout; what it waited for was dropped.",
        "1 timer was disarmed, 500 ms before its time in all: nobody needed it any more.",
      ]
    `);
    expect(await accountOf(errors, { open: true, limit: 3000 })).toMatchInlineSnapshot(`
      [
        "Nothing failed: every function was left because it returned.",
        "1 timer was disarmed, 2 s before its time in all: nobody needed it any more.",
      ]
    `);
  });
});
