import { Runtime, type RuntimeEvent } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { dinner } from '../../src/examples/dinner/card.ts';
import type { Given } from '../../src/examples/index.ts';
import { cli } from '../support/cli.ts';
import { accountOf, endings, perform, waitsOf } from '../support/perform.ts';
import { textOf } from '../support/views.ts';

/** The totals that the program itself has measured. */
async function totals(given: Given): Promise<readonly string[]> {
  const { said } = await perform(dinner, given);
  return said.flatMap((line) => /Dinner after (.*)\.$/.exec(line)?.[1] ?? []);
}

/** The picture of a run. */
async function picture(events: readonly RuntimeEvent[]): Promise<string> {
  const account = await dinner.account();
  for (const event of events) account.fold(event);
  return (account.picture?.({ width: 60, unicode: true, folder: '' }) ?? []).map(textOf).join('\n');
}

describe('dinner', () => {
  it('takes the sum of both jobs in a row, and as long as the longer one otherwise', async () => {
    const { said } = await perform(dinner);

    expect(said).toMatchInlineSnapshot(`
      [
        "0 ms  main: In a row:",
        "0 ms  main: Kettle on.",
        "2000 ms  main: The kettle whistles.",
        "2000 ms  main: Chopping.",
        "5000 ms  main: Vegetables chopped.",
        "5000 ms  main: Dinner after 5.0 s.",
        "5000 ms  main: With join:",
        "5000 ms  main: Kettle on.",
        "5000 ms  main: Chopping.",
        "7000 ms  main: The kettle whistles.",
        "8000 ms  main: Vegetables chopped.",
        "8000 ms  main: Dinner after 3.0 s.",
        "8000 ms  main: As two tasks:",
        "8000 ms  kettle: Kettle on.",
        "8000 ms  vegetables: Chopping.",
        "10000 ms  kettle: The kettle whistles.",
        "11000 ms  vegetables: Vegetables chopped.",
        "11000 ms  main: Dinner after 3.0 s.",
      ]
    `);
  });

  it.each([
    [{ kettle: 5000 }, ['8.0 s', '5.0 s', '5.0 s']],
    [{ chopping: 500 }, ['2.5 s', '2.0 s', '2.0 s']],
    [{ kettle: 0, chopping: 0 }, ['0.0 s', '0.0 s', '0.0 s']],
  ])('takes with %j what that comes to: %j', async (given, expected) => {
    expect(await totals(given)).toEqual(expected);
  });

  it('waits for one timer at a time in a row, and for both with join', async () => {
    const { events } = await perform(dinner);

    expect(waitsOf('main', events).slice(0, 5)).toMatchInlineSnapshot(`
      [
        "0 ms  sleep(2s) on timer 1",
        "2000 ms  sleep(3s) on timer 2",
        "5000 ms  sleep(2s) on timer 3",
        "5000 ms  sleep(3s) on timer 4",
        "7000 ms  sleep(3s) on timer 4",
      ]
    `);
  });

  it('has a task for each job in the end, and both are joined', async () => {
    const { events } = await perform(dinner);

    expect(endings(events)).toEqual([
      '10000 ms  kettle completed',
      '11000 ms  vegetables completed',
      '11000 ms  main completed',
    ]);
  });

  it('draws the three ways under each other', async () => {
    const { events } = await perform(dinner);

    expect(await picture(events)).toMatchInlineSnapshot(`
      "              0 s     1 s      2 s     3 s      4 s     5 s
                    ┬───────┬────────┬───────┬────────┬───────┬───
      In a row: 5 s
        kettle      ─────────────────
        vegetables                   ─────────────────────────
      With join: 3 s
        kettle      ─────────────────
        vegetables  ─────────────────────────
      As two tasks: 3 s
        kettle      ─────────────────
        vegetables  ─────────────────────────
      ─ waiting"
    `);
  });

  it('tells afterwards what happened in that very run', async () => {
    expect(await accountOf(dinner)).toMatchInlineSnapshot(`
      [
        "Dinner took 5 s in a row, 3 s with join, 3 s as two tasks.",
        "Kettle and vegetables went on at the same time for 0 s in a row, 2 s with join, 2 s as two tasks.",
        "Nobody held the thread: every timer was heard on time.",
      ]
    `);
    expect(await accountOf(dinner, { kettle: 5000, chopping: 1500 })).toMatchInlineSnapshot(`
      [
        "Dinner took 6.5 s in a row, 5 s with join, 5 s as two tasks.",
        "Kettle and vegetables went on at the same time for 0 s in a row, 1.5 s with join, 1.5 s as two tasks.",
        "Nobody held the thread: every timer was heard on time.",
      ]
    `);
  });

  describe('with --broken', () => {
    const given = { kettle: 60, chopping: 120, broken: true };

    it('lets nobody hear the kettle while somebody chops, and says for how long', async () => {
      const events: RuntimeEvent[] = [];
      const { main } = await dinner.prepare(given);
      await new Runtime({ observer: (event) => events.push(event) }).blockOn(main);
      const account = await dinner.account();
      for (const event of events) account.fold(event);

      const [, , blamed = ''] = account.sentences();
      const [, late] =
        /^Chopping held the thread: (?:with join|as two tasks) the kettle was ready ([\d.]+) ms before anybody looked\.$/.exec(
          blamed,
        ) ?? [];
      expect(Number(late)).toBeGreaterThan(40);
      const lanes = (await picture(events)).split('\n');
      const overdue = (lane = '') => lane.match(/▒/g)?.length ?? 0;
      expect(lanes[6]).toMatch(/kettle +─+▒+$/);
      // In a row nobody holds the thread while the kettle is on, unless the machine does.
      expect(overdue(lanes[3])).toBeLessThan(overdue(lanes[6]));
      expect(lanes[7]).toMatch(/vegetables +█+$/);
      expect(lanes.at(-1)).toContain('▒ due, and nobody looks');
    });

    it('is refused on the virtual clock, on which nothing that blocks takes any time', async () => {
      const { code, out, err } = await cli(['dinner', '--broken', '--instant']);

      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(/^A blocked thread takes real time: run --broken without --instant\.\n/);
    });

    it('is told of by a lint', async () => {
      const { code, out } = await cli(['dinner', '--broken', '--kettle', '50ms', '--chopping', '150ms', '--check']);

      expect(code).toBe(4);
      expect(out).toContain('never-yielded: vegetables had the thread');
    });
  });
});
