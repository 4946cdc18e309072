import {
  type Async,
  Future,
  join,
  mpsc,
  oneshot,
  Pending,
  type Poll,
  pending,
  select,
  sleep,
  spawn,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { lostWaker } from '../../../src/trace/lints/lost-waker.ts';
import { sentences } from '../../support/lint-runs.ts';

/** Forgets whom to wake. */
class Forgetful extends Future<void> {
  override poll(): Poll<void> {
    return Pending;
  }
}

describe('lost-waker', () => {
  it('finds every task that a stuck program waits for in vain', async () => {
    const main = function* () {
      yield* sleep(5);
      const tea = spawn(new Forgetful(), { name: 'tea' });
      yield* join(tea, spawn(new Forgetful(), { name: 'cake' }));
    };

    expect(await sentences(lostWaker, main)).toEqual([
      'tea waited for Forgetful from 5.00 ms on, and nothing was left that could call its waker.',
      'cake waited for Forgetful from 5.00 ms on, and nothing was left that could call its waker.',
    ]);
  });

  const innocent: Record<string, () => Async<unknown>> = {
    'waits for a message that nobody sends': function* () {
      const [_tx, rx] = mpsc.channel<number>(1);
      yield* rx.recv();
    },
    'could still get a message': function* () {
      const [_tx, rx] = oneshot.channel<number>();
      yield* select({ own: new Forgetful(), news: rx });
    },
    'waits for ever on purpose': function* () {
      yield* pending();
    },
    'is aborted in mid-wait': function* () {
      const tea = spawn(new Forgetful());
      yield* sleep(1);
      tea.abort();
      yield* sleep(1);
      yield* pending();
    },
    'is dropped because the program is over': function* () {
      spawn(new Forgetful());
      yield* sleep(1);
    },
  };

  it.each(Object.entries(innocent))('says nothing of one that %s', async (_, main) => {
    expect(await sentences(lostWaker, main)).toEqual([]);
  });
});
