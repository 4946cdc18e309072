import {
  Pending,
  PolledAfterCompletionError,
  RecvError,
  SendError,
  sleep,
  spawn,
  TURN_BUDGET,
  timeout,
  UsedAfterDropError,
  watch,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { byHand, ready } from '../../support/hand-poll.ts';
import { pollsOf, run } from '../../support/run.ts';

/** The error that something throws. */
function errorOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('expected an error');
}

describe('a watch channel', () => {
  it('has its initial value, which counts as seen', () => {
    const [tx, rx] = watch.channel('tea');

    expect([tx.borrow(), rx.borrow(), rx.hasChanged()]).toEqual(['tea', 'tea', false]);
    expect(byHand(rx.changed()).poll()).toBe(Pending);
  });

  it('counts its ends', () => {
    const [tx, rx] = watch.channel(0);

    const ends = [tx.clone(), rx.clone(), tx.subscribe()];
    expect([tx.senderCount, tx.receiverCount]).toEqual([2, 3]);

    for (const end of [...ends, ...ends]) end[Symbol.dispose]();
    expect([tx.senderCount, tx.receiverCount]).toEqual([1, 1]);
  });

  it('knows its own ends', () => {
    const [[tx, rx], [otherTx, otherRx]] = [watch.channel(0), watch.channel(0)];

    expect([tx.sameChannel(tx.clone()), tx.sameChannel(otherTx)]).toEqual([true, false]);
    expect([rx.sameChannel(tx.subscribe()), rx.sameChannel(otherRx)]).toEqual([true, false]);
  });

  it('disposes no value: who borrowed one may still use it', () => {
    const disposed: string[] = [];
    const value = () => ({ [Symbol.dispose]: () => void disposed.push('value') });
    const [tx, rx] = watch.channel(value());

    tx.send(value());
    tx.sendReplace(value());
    rx[Symbol.dispose]();
    tx[Symbol.dispose]();

    expect(disposed).toEqual([]);
  });
});

describe('send', () => {
  it('replaces the value, and makes it new for every receiver', () => {
    const [tx, rx] = watch.channel(0);
    const other = rx.clone();

    tx.send(1);

    expect([rx, other].map((receiver) => [receiver.hasChanged(), receiver.borrow()])).toEqual([
      [true, 1],
      [true, 1],
    ]);
  });

  it('wakes everybody who waits, once, the longest waiting first', async () => {
    const log: string[] = [];

    await run(function* () {
      const [tx, rx] = watch.channel(0);
      for (const name of ['first', 'second', 'third']) {
        const mine = rx.clone();
        spawn(
          (function* () {
            yield* mine.changed();
            log.push(name);
          })(),
        );
      }
      yield* yieldNow();
      tx.send(1);
      tx.send(2);
      yield* yieldNow();
    });

    expect(log).toEqual(['first', 'second', 'third']);
  });

  it('of a value that is equal is a change, too', () => {
    const [tx, rx] = watch.channel(0);

    tx.send(0);

    expect(rx.hasChanged()).toBe(true);
  });

  it('without receivers gives the value back, and does not store it', () => {
    const [tx, rx] = watch.channel(0);
    rx[Symbol.dispose]();

    expect(errorOf(() => tx.send(1))).toMatchObject({ value: 1, message: 'channel closed' });
    expect(errorOf(() => tx.send(1))).toBeInstanceOf(SendError);
    expect(tx.borrow()).toBe(0);
  });
});

describe('sendReplace, sendModify, sendIfModified', () => {
  it('store without receivers, too', () => {
    const [tx, rx] = watch.channel(0);
    rx[Symbol.dispose]();

    expect(tx.sendReplace(1)).toBe(0);
    tx.sendModify((ref) => {
      ref.value += 1;
    });
    expect(tx.borrow()).toBe(2);
    tx.sendIfModified((ref) => {
      ref.value += 1;
      return true;
    });
    expect(tx.borrow()).toBe(3);
  });

  it('wake who waits, if something was modified', () => {
    const [tx, rx] = watch.channel(0);
    const changed = byHand(rx.changed());
    changed.poll();

    expect(tx.sendIfModified(() => false)).toBe(false);
    expect(changed.wakes).toBe(0);
    expect(tx.sendIfModified(() => true)).toBe(true);
    expect(changed.wakes).toBe(1);
  });

  it('keep what a modification did before it threw, and tell nobody', () => {
    const [tx, rx] = watch.channel(0);

    const modify = () =>
      tx.sendModify((ref) => {
        ref.value = 1;
        throw new Error('spilt');
      });

    expect(modify).toThrow('spilt');
    expect([rx.borrow(), rx.hasChanged()]).toEqual([1, false]);
  });

  it('cannot change the value later, behind the back of the receivers', () => {
    const [tx, rx] = watch.channel(0);
    let kept: watch.Ref<number> | undefined;
    tx.sendModify((ref) => {
      kept = ref;
    });

    if (kept !== undefined) kept.value = 7;

    expect(rx.borrow()).toBe(0);
  });
});

describe('borrow', () => {
  it('leaves what is new new, borrowAndUpdate does not', () => {
    const [tx, rx] = watch.channel(0);
    tx.send(1);

    expect([rx.borrow(), rx.hasChanged()]).toEqual([1, true]);
    expect([rx.borrowAndUpdate(), rx.hasChanged()]).toEqual([1, false]);
  });

  it('works on when all senders are gone', () => {
    const [tx, rx] = watch.channel('tea');
    tx[Symbol.dispose]();

    expect([rx.borrow(), rx.borrowAndUpdate()]).toEqual(['tea', 'tea']);
  });
});

describe('changed', () => {
  it('is ready at once if something is new, and marks it seen', () => {
    const [tx, rx] = watch.channel(0);
    tx.send(1);

    expect(ready(rx.changed())).toBeUndefined();
    expect(rx.hasChanged()).toBe(false);
  });

  it('is lazy: what comes before its first poll is not waited for', () => {
    const [tx, rx] = watch.channel(0);
    const changed = byHand(rx.changed());

    tx.send(1);

    expect([changed.wakes, changed.poll()]).toEqual([0, undefined]);
  });

  it('takes several changes for one', () => {
    const [tx, rx] = watch.channel(0);
    const changed = byHand(rx.changed());
    changed.poll();

    tx.send(1);
    tx.send(2);

    expect([changed.wakes, changed.poll(), rx.borrow()]).toEqual([1, undefined, 2]);
    expect(byHand(rx.changed()).poll()).toBe(Pending);
  });

  it('marks seen when it answers, not when it is woken: dropped in between it loses nothing', () => {
    const [tx, rx] = watch.channel(0);
    const quitter = byHand(rx.changed());
    quitter.poll();
    tx.send(1);

    quitter.drop();

    expect(rx.hasChanged()).toBe(true);
    expect(ready(rx.changed())).toBeUndefined();
  });

  it('dropped while it waits leaves the line', () => {
    const [tx, rx] = watch.channel(0);
    const [quitter, other] = [byHand(rx.changed()), byHand(rx.clone().changed())];
    quitter.poll();
    other.poll();

    quitter.drop();
    tx.send(1);

    expect([quitter.wakes, other.wakes]).toEqual([0, 1]);
  });

  it('woken for nothing waits again', () => {
    const [tx, rx] = watch.channel(0);
    const changed = byHand(rx.changed());
    changed.poll();
    tx.send(1);
    rx.markUnchanged();

    expect(changed.poll()).toBe(Pending);
    tx.send(2);

    expect([changed.wakes, changed.poll()]).toEqual([2, undefined]);
  });

  it('wakes the task that polled last', () => {
    const [tx, rx] = watch.channel(0);
    const future = rx.changed();
    const [oldTask, newTask] = [byHand(future), byHand(future)];
    oldTask.poll();
    newTask.poll();

    tx.send(1);

    expect([oldTask.wakes, newTask.wakes]).toEqual([0, 1]);
  });

  it('works once: awaited again it complains', () => {
    const [tx, rx] = watch.channel(0);
    tx.send(1);
    const changed = byHand(rx.changed());
    changed.poll();

    expect(() => changed.poll()).toThrow(PolledAfterCompletionError);
  });

  it('costs one unit of the budget each', async () => {
    const polls = await pollsOf(function* () {
      const [tx, rx] = watch.channel(0);
      for (let i = 0; i < TURN_BUDGET + 1; i++) {
        tx.send(i);
        yield* rx.changed();
      }
    });

    expect(polls).toBe(2);
  });

  it('that waits costs nothing', async () => {
    const polls = await pollsOf(function* () {
      const [, rx] = watch.channel(0);
      for (let i = 0; i < TURN_BUDGET + 1; i++) byHand(rx.clone().changed()).poll();
      yield* sleep(1);
    });

    expect(polls).toBe(2);
  });
});

describe('when the last sender is gone', () => {
  it('what is new can still be seen, then changed fails', () => {
    const [tx, rx] = watch.channel(0);
    tx.send(1);
    tx[Symbol.dispose]();

    expect(ready(rx.changed())).toBeUndefined();
    expect(errorOf(() => ready(rx.changed()))).toBeInstanceOf(RecvError);
    expect(errorOf(() => ready(rx.changed()))).toMatchObject({ message: 'channel closed' });
  });

  it('hasChanged fails at once, also with something new', () => {
    const [tx, rx] = watch.channel(0);
    tx.send(1);
    tx[Symbol.dispose]();

    expect(() => rx.hasChanged()).toThrow(RecvError);
  });

  it('everybody who waits is woken to hear it, and only then', () => {
    const [tx, rx] = watch.channel(0);
    const other = tx.clone();
    const changed = [byHand(rx.changed()), byHand(rx.clone().changed())];
    for (const one of changed) one.poll();

    tx[Symbol.dispose]();
    expect(changed.map(({ wakes }) => wakes)).toEqual([0, 0]);
    other[Symbol.dispose]();

    expect(changed.map(({ wakes }) => wakes)).toEqual([1, 1]);
    for (const one of changed) expect(() => one.poll()).toThrow(RecvError);
  });
});

describe('clone and subscribe', () => {
  it('a clone has seen what its origin has, a subscriber everything', () => {
    const [tx, rx] = watch.channel(0);
    tx.send(1);

    expect([rx.clone().hasChanged(), tx.subscribe().hasChanged()]).toEqual([true, false]);
  });

  it('a clone goes its own way', () => {
    const [tx, rx] = watch.channel(0);
    tx.send(1);
    const clone = rx.clone();

    clone.markUnchanged();

    expect([rx.hasChanged(), clone.hasChanged()]).toEqual([true, false]);
  });
});

describe('markChanged and markUnchanged', () => {
  it('make the value new, and seen', () => {
    const [, rx] = watch.channel(0);

    rx.markChanged();
    expect(rx.hasChanged()).toBe(true);
    rx.markUnchanged();
    expect(rx.hasChanged()).toBe(false);
  });

  it('twice new is one change', () => {
    const [, rx] = watch.channel(0);
    rx.markChanged();
    rx.markChanged();

    ready(rx.changed());

    expect(rx.hasChanged()).toBe(false);
  });

  it('markChanged wakes the receiver that waits, and no other', () => {
    const [, rx] = watch.channel(0);
    const [mine, other] = [byHand(rx.changed()), byHand(rx.clone().changed())];
    mine.poll();
    other.poll();

    rx.markChanged();

    expect([mine.wakes, mine.poll(), other.wakes]).toEqual([1, undefined, 0]);
  });
});

describe('waitFor', () => {
  it('looks at what is there first, seen or not', () => {
    const [, rx] = watch.channel(7);

    expect(ready(rx.waitFor((n) => n === 7))).toBe(7);
  });

  it('waits for a value that is it, and passes over the others', () => {
    const [tx, rx] = watch.channel(0);
    const asked: number[] = [];
    const hot = byHand(
      rx.waitFor((n) => {
        asked.push(n);
        return n >= 80;
      }),
    );
    expect(hot.poll()).toBe(Pending);
    tx.send(60);
    expect(hot.poll()).toBe(Pending);
    expect(hot.poll()).toBe(Pending);
    tx.send(80);

    expect([hot.wakes, hot.poll()]).toEqual([2, 80]);
    expect(asked).toEqual([0, 60, 80]);
    expect(rx.hasChanged()).toBe(false);
  });

  it('sees what it asks, also when it is dropped', () => {
    const [tx, rx] = watch.channel(0);
    tx.send(1);
    const hot = byHand(rx.waitFor((n) => n === 2));
    hot.poll();

    hot.drop();

    expect(rx.hasChanged()).toBe(false);
  });

  it('asks once more after the last sender is gone, then fails', () => {
    const [tx, rx] = watch.channel(1);
    tx[Symbol.dispose]();

    expect(ready(rx.waitFor((n) => n === 1))).toBe(1);
    expect(() => ready(rx.waitFor((n) => n === 2))).toThrow(RecvError);
  });

  it('asks about the last value of a sender that is gone', () => {
    const [tx, rx] = watch.channel(0);
    const last = byHand(rx.waitFor((n) => n === 1));
    last.poll();
    tx.send(1);
    tx[Symbol.dispose]();

    expect(last.poll()).toBe(1);
  });

  it('throws what its question throws, and is out of the line', () => {
    const [tx, rx] = watch.channel(0);
    const picky = byHand(
      rx.waitFor((n) => {
        if (n === 1) throw new Error('not that one');
        return false;
      }),
    );
    picky.poll();
    tx.send(1);

    expect(() => picky.poll()).toThrow('not that one');
    tx.send(2);
    expect(picky.wakes).toBe(1);
  });

  it('asks again if its question changes the value', () => {
    const [tx, rx] = watch.channel(0);

    const counted = rx.waitFor((n) => {
      if (n < 3) tx.send(n + 1);
      return n === 3;
    });

    expect(ready(counted)).toBe(3);
  });

  it('costs one unit of the budget, however often it asks', async () => {
    const polls = await pollsOf(function* () {
      const [, rx] = watch.channel(0);
      for (let i = 0; i < TURN_BUDGET + 1; i++) yield* rx.waitFor(() => true);
    });

    expect(polls).toBe(2);
  });
});

describe('closed', () => {
  it('waits until the last receiver is gone', () => {
    const [tx, rx] = watch.channel(0);
    const other = rx.clone();
    const closed = byHand(tx.closed());
    expect(closed.poll()).toBe(Pending);

    rx[Symbol.dispose]();
    expect([closed.wakes, tx.isClosed()]).toEqual([0, false]);
    other[Symbol.dispose]();

    expect([closed.wakes, tx.isClosed(), closed.poll()]).toEqual([1, true, undefined]);
  });

  it('waits on if somebody subscribed before it ran', () => {
    const [tx, rx] = watch.channel(0);
    const closed = byHand(tx.closed());
    closed.poll();
    rx[Symbol.dispose]();
    const late = tx.subscribe();

    expect(closed.poll()).toBe(Pending);
    late[Symbol.dispose]();

    expect([closed.wakes, closed.poll()]).toEqual([2, undefined]);
  });

  it('costs one unit of the budget', async () => {
    const polls = await pollsOf(function* () {
      const [tx, rx] = watch.channel(0);
      rx[Symbol.dispose]();
      for (let i = 0; i < TURN_BUDGET + 1; i++) yield* tx.closed();
    });

    expect(polls).toBe(2);
  });
});

describe('an end that was dropped', () => {
  it.each<[string, (tx: watch.Sender<number>) => unknown]>([
    ['send', (tx) => tx.send(1)],
    ['sendReplace', (tx) => tx.sendReplace(1)],
    ['sendModify', (tx) => tx.sendModify(() => {})],
    ['sendIfModified', (tx) => tx.sendIfModified(() => true)],
    ['borrow', (tx) => tx.borrow()],
    ['closed', (tx) => tx.closed()],
    ['subscribe', (tx) => tx.subscribe()],
    ['clone', (tx) => tx.clone()],
  ])('refuses to %s', (_, use) => {
    const [tx] = watch.channel(0);
    tx[Symbol.dispose]();

    expect(() => use(tx)).toThrow(UsedAfterDropError);
  });

  it.each<[string, (rx: watch.Receiver<number>) => unknown]>([
    ['borrow', (rx) => rx.borrow()],
    ['borrowAndUpdate', (rx) => rx.borrowAndUpdate()],
    ['changed', (rx) => rx.changed()],
    ['waitFor', (rx) => rx.waitFor(() => true)],
    ['hasChanged', (rx) => rx.hasChanged()],
    ['markChanged', (rx) => rx.markChanged()],
    ['markUnchanged', (rx) => rx.markUnchanged()],
    ['clone', (rx) => rx.clone()],
  ])('refuses to give %s', (_, use) => {
    const [, rx] = watch.channel(0);
    rx[Symbol.dispose]();

    expect(() => use(rx)).toThrow(UsedAfterDropError);
  });

  it.each<[string, (rx: watch.Receiver<number>) => ReturnType<typeof byHand>]>([
    ['changed', (rx) => byHand(rx.changed())],
    ['waitFor', (rx) => byHand(rx.waitFor(() => false))],
  ])('wakes its own %s, which fails, and nobody else', (_, wait) => {
    const [tx, rx] = watch.channel(0);
    const [mine, other] = [wait(rx), wait(rx.clone())];
    mine.poll();
    other.poll();

    rx[Symbol.dispose]();

    expect([mine.wakes, other.wakes]).toEqual([1, 0]);
    tx.send(1);
    expect([mine.wakes, other.wakes]).toEqual([1, 1]);
    expect(() => mine.poll()).toThrow(UsedAfterDropError);
  });
});

describe('tasks that watch', () => {
  it('see the latest value each time, however slow they are', async () => {
    const seen: number[] = [];

    await run(function* () {
      const [tx, rx] = watch.channel(0);
      const watcher = spawn(
        (function* () {
          for (;;) {
            try {
              yield* rx.changed();
            } catch {
              return;
            }
            seen.push(rx.borrow());
            yield* sleep(25);
          }
        })(),
      );
      for (let i = 1; i <= 8; i++) {
        yield* sleep(10);
        tx.send(i);
      }
      tx[Symbol.dispose]();
      yield* watcher;
    });

    expect(seen).toEqual([1, 3, 6, 8]);
  });

  it('lose nothing to a timeout', async () => {
    const value = await run(function* () {
      const [tx, rx] = watch.channel(0);
      spawn(
        (function* () {
          yield* sleep(5);
          tx.send(1);
          yield* sleep(5);
        })(),
      );
      for (;;) {
        try {
          yield* timeout(2, rx.changed());
          return rx.borrow();
        } catch {
          // Not yet.
        }
      }
    });

    expect(value).toBe(1);
  });
});
