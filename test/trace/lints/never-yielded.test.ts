import { describe, expect, it } from 'vitest';
import { LONG_POLL_MS, neverYielded } from '../../../src/trace/lints/never-yielded.ts';
import { foundIn, poll, sentences, wait } from '../../support/lint-runs.ts';
import { BOB } from '../../support/views.ts';

const nap = wait('sleep(10ms)', null, 20);

describe('never-yielded', () => {
  it('lets a poll of exactly the limit pass, and none that is longer', () => {
    expect(foundIn(neverYielded, poll(0, BOB, LONG_POLL_MS))).toEqual([]);
    expect(foundIn(neverYielded, poll(0, BOB, LONG_POLL_MS + 0.01))).toHaveLength(1);
  });

  it('says between which awaits it was', () => {
    expect(foundIn(neverYielded, [...poll(0, BOB, 1, [nap]), ...poll(10, BOB, 150, [wait('recv()')])])).toEqual([
      'bob had the thread for 150.00 ms without a break, after sleep(10ms) until recv(): nobody else could run.',
    ]);
    expect(foundIn(neverYielded, poll(0, BOB, 150, 'ready'))).toEqual([
      'bob had the thread for 150.00 ms without a break, from its beginning to its end: nobody else could run.',
    ]);
  });

  it('points at the await before, or else at the one after', () => {
    const lines = [[...poll(0, BOB, 1, [nap]), ...poll(10, BOB, 150, [wait('recv()')])], poll(0, BOB, 150, [nap])].map(
      (events) => {
        const watch = neverYielded.create();
        for (const event of events) watch.fold(event);
        return watch.findings()[0]?.location?.line;
      },
    );

    expect(lines).toEqual([20, 20]);
  });

  it('tells a task once, with its longest poll', () => {
    const events = [...poll(0, BOB, 150, [nap]), ...poll(200, BOB, 400, [nap]), ...poll(700, BOB, 101, 'ready')];

    expect(foundIn(neverYielded, events)).toEqual([
      'bob had the thread for 400.00 ms without a break, after sleep(10ms) until sleep(10ms), the longest of 3 such polls: nobody else could run.',
    ]);
  });

  it('adds nothing up: many short polls are no long one', () => {
    const polls = Array.from({ length: 50 }, (_, n) => poll(n * 100, BOB, 99, [nap]));

    expect(foundIn(neverYielded, polls.flat())).toEqual([]);
  });

  it('finds nothing on the virtual clock, where work takes no time', async () => {
    const main = function* () {
      const end = performance.now() + LONG_POLL_MS + 10;
      while (performance.now() < end);
    };

    expect(await sentences(neverYielded, main)).toEqual([]);
  });
});
