import {
  type Async,
  cooperative,
  Future,
  hasBudgetRemaining,
  mpsc,
  type Poll,
  pending,
  spawn,
  TURN_BUDGET,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { byHand, ready } from '../support/hand-poll.ts';
import { pollsOf, run } from '../support/run.ts';

class Ready extends Future<string> {
  override poll(): Poll<string> {
    return 'tea';
  }
}

class Failing extends Future<string> {
  override poll(): Poll<string> {
    throw new Error('no tea');
  }
}

describe('cooperative', () => {
  it('answers what its future answers', () => {
    expect(
      ready(
        cooperative(
          (function* (): Async<string> {
            return 'tea';
          })(),
        ),
      ),
    ).toBe('tea');
  });

  it('takes one unit for each answer, and lets others run when none is left', async () => {
    const polls = await pollsOf(function* () {
      for (let n = 0; n < 3 * TURN_BUDGET; n++) yield* cooperative(new Ready());
    });

    expect(polls).toBe(3);
  });

  it('takes one unit also for an error', async () => {
    const polls = await pollsOf(function* () {
      for (let n = 0; n <= TURN_BUDGET; n++) {
        try {
          yield* cooperative(new Failing());
        } catch {}
      }
    });

    expect(polls).toBe(2);
  });

  it('takes nothing while its future is pending', async () => {
    await run(function* () {
      for (let n = 0; n <= TURN_BUDGET; n++) byHand(cooperative(pending())).poll();
      expect(hasBudgetRemaining()).toBe(true);
    });
  });

  it('drops its future with itself', () => {
    const log: string[] = [];
    const wait = byHand(
      cooperative(
        (function* (): Async<void> {
          try {
            yield* pending();
          } finally {
            log.push('dropped');
          }
        })(),
      ),
    );
    wait.poll();

    wait.drop();

    expect(log).toEqual(['dropped']);
  });
});

describe('hasBudgetRemaining', () => {
  it('says so before a leaf would be put off', async () => {
    await run(function* () {
      const [tx, rx] = mpsc.unboundedChannel<number>();
      const others: number[] = [];
      let received = 0;
      spawn(
        (function* () {
          others.push(received);
        })(),
      );
      for (let n = 0; n < 2 * TURN_BUDGET; n++) tx.send(n);
      for (; hasBudgetRemaining(); received++) yield* rx.recv();

      expect(received).toBe(TURN_BUDGET);
      expect(others).toEqual([]);
    });
  });

  it('is always true outside of a task', () => {
    expect(hasBudgetRemaining()).toBe(true);
  });
});
