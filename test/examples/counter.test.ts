import { describe, expect, it } from 'vitest';
import { counter } from '../../src/examples/counter/card.ts';
import { accountOf, endings, perform, waitsOf } from '../support/perform.ts';

describe('counter', () => {
  it('counts ten additions of ten tasks', async () => {
    const { said } = await perform(counter);

    expect(said).toEqual(['0 ms  main: Final count: 10']);
  });

  it('makes all but the first task wait for the lock, in a line', async () => {
    const { events } = await perform(counter, { tasks: 3 });

    expect(['adder 1', 'adder 2', 'adder 3'].map((name) => waitsOf(name, events))).toMatchInlineSnapshot(`
      [
        [
          "0 ms  yieldNow()",
        ],
        [
          "0 ms  lock() on mutex 1",
          "0 ms  yieldNow()",
        ],
        [
          "0 ms  lock() on mutex 1",
          "0 ms  yieldNow()",
        ],
      ]
    `);
    expect(endings(events)).toMatchInlineSnapshot(`
      [
        "0 ms  adder 1 completed",
        "0 ms  adder 2 completed",
        "0 ms  adder 3 completed",
        "0 ms  main completed",
      ]
    `);
  });

  it.each([0, 1, 2, 61, 62, 200, 1000])('loses none of the additions of %i tasks', async (tasks) => {
    const { said } = await perform(counter, { tasks });

    expect(said).toEqual([`0 ms  main: Final count: ${tasks}`]);
  });

  describe('with --no-lock', () => {
    it('loses all additions but one: every task has read 0 before the first one writes', async () => {
      const { said } = await perform(counter, { lock: false });

      expect(said).toEqual(['0 ms  main: Final count: 1']);
    });

    it.each([
      [0, 0],
      [1, 1],
      [2, 1],
      [200, 1],
    ])('makes of %i additions %i', async (tasks, count) => {
      const { said } = await perform(counter, { lock: false, tasks });

      expect(said).toEqual([`0 ms  main: Final count: ${count}`]);
    });

    it('makes nobody wait for a lock', async () => {
      const { events } = await perform(counter, { lock: false });

      expect(events.some((event) => event.kind === 'resource.op' && event.resource.kind === 'mutex')).toBe(false);
    });
  });

  describe('with --wait', () => {
    it('sleeps instead of joining, and finds the work done', async () => {
      const { said, events } = await perform(counter, { wait: 100 });

      expect(said).toEqual(['100 ms  main: Final count: 10']);
      expect(waitsOf('main', events)).toEqual(['0 ms  sleep(100ms) on timer 1']);
    });

    it('of 0 looks before anybody has run, and drops the tasks unfinished', async () => {
      const { said, events } = await perform(counter, { wait: 0, tasks: 2 });

      expect(said).toEqual(['0 ms  main: Final count: 0']);
      expect(endings(events)).toMatchInlineSnapshot(`
        [
          "0 ms  main completed",
          "0 ms  adder 1 cancelled",
          "0 ms  adder 2 cancelled",
        ]
      `);
    });

    it('and --no-lock loses additions as well', async () => {
      const { said } = await perform(counter, { wait: 100, lock: false });

      expect(said).toEqual(['100 ms  main: Final count: 1']);
    });
  });

  it('tells afterwards what happened in that very run', async () => {
    expect(await accountOf(counter)).toMatchInlineSnapshot(`
      [
        "10 of 10 tasks added one, and the count is 10: no addition was lost.",
        "9 of them had to wait in line for the lock.",
      ]
    `);
    expect(await accountOf(counter, { tasks: 3, lock: false })).toMatchInlineSnapshot(`
      [
        "3 of 3 tasks added one, and the count is 1: 2 additions were lost.",
        "There was no lock: nothing kept one task from reading while another was about to write.",
      ]
    `);
    expect(await accountOf(counter, { tasks: 1 })).toMatchInlineSnapshot(`
      [
        "1 of 1 task added one, and the count is 1: no addition was lost.",
        "Nobody had to wait in line for the lock.",
      ]
    `);
    expect(await accountOf(counter, { wait: 0, tasks: 2 })).toMatchInlineSnapshot(`
      [
        "0 of 2 tasks added one, and the count is 0: no addition was lost.",
        "Nobody had to wait in line for the lock.",
      ]
    `);
  });
});
