import {
  type Async,
  type Awaitable,
  Context,
  InvalidOptionError,
  mpsc,
  Pending,
  pollFuture,
  SendError,
  type SendTimeoutError,
  sleep,
  spawn,
  type TrySendError,
  TURN_BUDGET,
  UsedAfterDropError,
  Waker,
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

/** A channel with so many messages in it, which are their numbers. */
function channelOf(capacity: number, messages: number): [mpsc.Sender<number>, mpsc.Receiver<number>] {
  const [tx, rx] = mpsc.channel<number>(capacity);
  for (let n = 0; n < messages; n++) tx.trySend(n);
  return [tx, rx];
}

describe('recvMany', () => {
  it('takes all there are, but not more than its limit', () => {
    const [, rx] = channelOf(4, 3);

    expect([ready(rx.recvMany(2)), ready(rx.recvMany(2))]).toEqual([[0, 1], [2]]);
  });

  it('waits while there is none, and is woken once', () => {
    const [tx, rx] = channelOf(4, 0);
    const recv = byHand(rx.recvMany(4));
    expect(recv.poll()).toBe(Pending);

    tx.trySend(1);
    tx.trySend(2);

    expect([recv.wakes, recv.poll()]).toEqual([1, [1, 2]]);
  });

  it('of none is ready at once', () => {
    const [, rx] = channelOf(4, 1);

    expect([ready(rx.recvMany(0)), rx.length]).toEqual([[], 1]);
  });

  it('answers none once the channel is closed and empty, from then on', () => {
    const [tx, rx] = channelOf(4, 1);
    tx[Symbol.dispose]();

    expect([ready(rx.recvMany(4)), ready(rx.recvMany(4)), ready(rx.recvMany(4))]).toEqual([[0], [], []]);
  });

  it('gives the slots to those who wait, in their order', () => {
    const [tx, rx] = channelOf(2, 2);
    const sends = [byHand(tx.send(2)), byHand(tx.send(3)), byHand(tx.send(4))];
    for (const send of sends) send.poll();

    ready(rx.recvMany(2));

    expect(sends.map(({ wakes }) => wakes)).toEqual([1, 1, 0]);
  });

  it('takes no message of a sender that it wakes: its slots are given away together', () => {
    const [tx, rx] = channelOf(2, 2);
    const send = tx.send(2);
    class Hasty extends Waker {
      override wake(): void {
        pollFuture(send, new Context(this));
      }
    }
    new Hasty().wake();

    expect([ready(rx.recvMany(4)), rx.length]).toEqual([[0, 1], 1]);
  });

  it('dropped while it waits loses nothing', () => {
    const [tx, rx] = channelOf(4, 0);
    const quitter = byHand(rx.recvMany(4));
    quitter.poll();
    tx.trySend(1);

    quitter.drop();

    expect(ready(rx.recvMany(4))).toEqual([1]);
  });

  it('costs one unit of the budget, however many it takes', async () => {
    const polls = await pollsOf(function* () {
      const [tx, rx] = mpsc.channel<number>(2);
      for (let i = 0; i < TURN_BUDGET + 1; i++) {
        tx.trySend(1);
        tx.trySend(2);
        yield* rx.recvMany(2);
      }
    });

    expect(polls).toBe(2);
  });

  it.each([-1, 1.5, Number.NaN])('refuses a limit of %s', (limit) => {
    const [, rx] = channelOf(1, 0);

    expect(() => rx.recvMany(limit)).toThrow(InvalidOptionError);
  });

  it('is refused by a receiver that was dropped', () => {
    const [, rx] = channelOf(1, 0);
    rx[Symbol.dispose]();

    expect(() => rx.recvMany(1)).toThrow(UsedAfterDropError);
  });
});

describe('reserveMany', () => {
  it('keeps room for so many, and gives out one permit after the other', () => {
    const [tx, rx] = channelOf(3, 0);
    const permits = ready(tx.reserveMany(2));
    expect([tx.capacity, permits.length]).toEqual([1, 2]);

    let n = 0;
    for (const permit of permits) permit.send(n++);

    expect(ready(rx.recvMany(3))).toEqual([0, 1]);
    expect([tx.capacity, permits.length]).toEqual([3, 0]);
  });

  it('collects slots as they come free, and nobody behind it gets any before', () => {
    const [tx, rx] = channelOf(2, 2);
    const [many, send] = [byHand(tx.reserveMany(2)), byHand(tx.send(9))];
    many.poll();
    send.poll();

    rx.tryRecv();
    expect([many.wakes, send.wakes]).toEqual([0, 0]);
    rx.tryRecv();

    expect([many.wakes, send.wakes]).toEqual([1, 0]);
    expect(many.poll()).toMatchObject({ length: 2 });
  });

  it('dropped while it waits hands on what it has collected', () => {
    const [tx, rx] = channelOf(2, 2);
    const [quitter, send] = [byHand(tx.reserveMany(2)), byHand(tx.send(9))];
    quitter.poll();
    send.poll();
    rx.tryRecv();

    quitter.drop();

    expect([quitter.wakes, send.wakes, send.poll()]).toEqual([0, 1, undefined]);
  });

  it.each<[string, (permits: mpsc.PermitIterator<number>) => void]>([
    ['dropped', (permits) => permits[Symbol.dispose]()],
    [
      'left in the middle of a loop',
      (permits) => {
        for (const permit of permits) {
          permit.send(0);
          break;
        }
      },
    ],
  ])('%s gives back what is left, once', (_, leave) => {
    const [tx, rx] = channelOf(3, 0);
    const permits = ready(tx.reserveMany(3));

    leave(permits);
    permits[Symbol.dispose]();

    expect(tx.capacity).toBe(3 - rx.length);
    expect(permits.next().done).toBe(true);
  });

  it('of none keeps nothing', () => {
    const [tx] = channelOf(1, 1);

    expect([...ready(tx.reserveMany(0)), ...tx.tryReserveMany(0)]).toEqual([]);
  });

  it('of more than there ever is room for fails', () => {
    const [tx] = channelOf(2, 0);

    expect(() => ready(tx.reserveMany(3))).toThrow(SendError);
    expect((errorOf(() => tx.tryReserveMany(3)) as TrySendError).isFull()).toBe(true);
  });

  it('fails once the receiver is gone', () => {
    const [tx, rx] = channelOf(2, 0);
    rx[Symbol.dispose]();

    expect(() => ready(tx.reserveMany(1))).toThrow(SendError);
    expect((errorOf(() => tx.tryReserveMany(1)) as TrySendError).isClosed()).toBe(true);
    expect((errorOf(() => tx.tryReserveMany(3)) as TrySendError).isFull()).toBe(true);
  });

  it.each([-1, 1.5, Number.NaN])('refuses a count of %s', (count) => {
    const [tx] = channelOf(1, 0);

    expect(() => tx.reserveMany(count)).toThrow(InvalidOptionError);
    expect(() => tx.tryReserveMany(count)).toThrow(InvalidOptionError);
  });

  it('keeps the channel open without its sender, until the last permit is used or dropped', () => {
    const [tx, rx] = channelOf(2, 0);
    const permits = tx.tryReserveMany(2);
    const recv = byHand(rx.recv());
    tx[Symbol.dispose]();
    expect([rx.isClosed(), recv.poll()]).toEqual([false, Pending]);

    permits.next().value?.[Symbol.dispose]();
    expect([rx.isClosed(), recv.wakes]).toEqual([false, 0]);
    permits[Symbol.dispose]();

    expect([rx.isClosed(), recv.wakes, recv.poll()]).toEqual([true, 1, undefined]);
  });
});

describe('tryReserveMany', () => {
  it('keeps room for so many, or for none', () => {
    const [tx] = channelOf(3, 1);

    expect((errorOf(() => tx.tryReserveMany(3)) as TrySendError).isFull()).toBe(true);
    expect(tx.capacity).toBe(2);
    expect(tx.tryReserveMany(2).length).toBe(2);
    expect(tx.capacity).toBe(0);
  });
});

describe.each([
  ['bounded', () => mpsc.channel<number>(2)],
  ['unbounded', () => mpsc.unboundedChannel<number>()],
] as const)('a weak sender of a channel that is %s', (_, make) => {
  it('does not keep it open', () => {
    const [tx, rx] = make();
    const weak = tx.downgrade();
    const recv = byHand(rx.recv());
    recv.poll();

    tx[Symbol.dispose]();

    expect([rx.isClosed(), recv.wakes, recv.poll(), weak.upgrade()]).toEqual([true, 1, undefined, undefined]);
  });

  it('becomes a sender while there is one, which keeps it open', () => {
    const [tx, rx] = make();
    const strong = tx.downgrade().upgrade();
    tx[Symbol.dispose]();
    expect([rx.isClosed(), rx.senderStrongCount]).toEqual([false, 1]);

    strong?.[Symbol.dispose]();

    expect(rx.isClosed()).toBe(true);
  });

  it('becomes a sender of that channel', async () => {
    const got = await run(function* () {
      const [tx, rx] = make();
      const strong = tx.downgrade().upgrade();
      if (strong instanceof mpsc.Sender) yield* strong.send(7);
      else strong?.send(7);
      return yield* rx.recv();
    });

    expect(got).toBe(7);
  });

  it('is counted', () => {
    const [tx, rx] = make();
    const weak = tx.downgrade();
    const other = weak.clone();
    const clone = tx.clone();
    expect([tx.strongCount, tx.weakCount, rx.senderStrongCount, rx.senderWeakCount]).toEqual([2, 2, 2, 2]);
    expect([weak.strongCount, other.weakCount]).toEqual([2, 2]);

    weak[Symbol.dispose]();
    weak[Symbol.dispose]();
    clone[Symbol.dispose]();

    expect([tx.strongCount, tx.weakCount]).toEqual([1, 1]);
    expect(() => weak.upgrade()).toThrow(UsedAfterDropError);
    expect(() => weak.clone()).toThrow(UsedAfterDropError);
    expect(() => clone.downgrade()).toThrow(UsedAfterDropError);
  });

  it('knows its channel', () => {
    const [[tx], [other]] = [make(), make()];

    expect([tx.sameChannel(tx.clone()), tx.sameChannel(other)]).toEqual([true, false]);
  });
});

describe('a permit', () => {
  it('does not count as a sender, but a weak sender can become one while it is out', () => {
    const [tx, rx] = channelOf(1, 0);
    const weak = tx.downgrade();
    const permit = tx.tryReserve();
    tx[Symbol.dispose]();

    const strong = weak.upgrade();
    expect([rx.senderStrongCount, strong?.strongCount]).toEqual([1, 1]);
    permit.send(1);
    strong?.[Symbol.dispose]();

    expect([rx.isClosed(), rx.tryRecv()]).toEqual([true, 1]);
  });
});

describe('a receiver', () => {
  it('tells how much is in its channel, and how much fits in', () => {
    const [tx, rx] = channelOf(3, 0);
    expect([rx.isEmpty(), rx.capacity, rx.maxCapacity]).toEqual([true, 3, 3]);

    tx.trySend(1);

    expect([rx.isEmpty(), rx.capacity, rx.maxCapacity]).toEqual([false, 2, 3]);
  });

  it('of a channel without a limit has room without end', () => {
    const [, rx] = mpsc.unboundedChannel<number>();

    expect([rx.capacity, rx.maxCapacity]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});

describe('closed', () => {
  it('costs nothing, and does not wait for a budget that is used up', async () => {
    const polls = await pollsOf(function* () {
      const [tx, rx] = mpsc.channel<number>(1);
      const [closedTx, gone] = mpsc.channel<number>(1);
      gone[Symbol.dispose]();
      for (let i = 0; i < TURN_BUDGET; i++) {
        yield* closedTx.closed();
        tx.trySend(i);
        yield* rx.recv();
      }
      yield* closedTx.closed();
    });

    expect(polls).toBe(1);
  });
});

describe('tasks', () => {
  it('work off what has piled up in batches', async () => {
    const batches: number[][] = [];

    await run(function* () {
      const [tx, rx] = mpsc.channel<number>(4);
      spawn(
        (function* () {
          using sender = tx;
          for (let n = 0; n < 10; n++) yield* sender.send(n);
        })(),
      );
      for (;;) {
        yield* yieldNow();
        const batch = yield* rx.recvMany(3);
        if (batch.length === 0) return;
        batches.push(batch);
        yield* sleep(1);
      }
    });

    expect(batches).toEqual([[0, 1, 2], [3, 4, 5], [6, 7, 8], [9]]);
  });
});

describe('whoever waits in a channel that its receiver closes', () => {
  it('is woken by the last permit that comes back, and not by the one before', () => {
    const [tx, rx] = mpsc.channel<number>(2);
    const [first, second] = [ready(tx.reserve()), ready(tx.reserve())];
    rx.close();
    const recv = byHand(rx.recv());
    recv.poll();

    first[Symbol.dispose]();
    const early = recv.wakes;
    second[Symbol.dispose]();

    expect([early, recv.wakes]).toEqual([0, 1]);
    expect(recv.poll()).toBeUndefined();
  });

  it('is woken by the last claim that is given up, and not while a permit is out', () => {
    const [tx, rx] = mpsc.channel<number>(2);
    const permit = ready(tx.reserve());
    const granted = ready(tx.reserve());
    const claim = byHand(tx.reserve());
    claim.poll();
    granted[Symbol.dispose](); // Now the claim has it.
    rx.close();
    const recv = byHand(rx.recv());
    recv.poll();

    claim.drop();
    const early = recv.wakes;
    permit[Symbol.dispose]();

    expect([early, recv.wakes]).toEqual([0, 1]);
  });

  it('is not woken by that while a permit may still bring something', () => {
    const [tx, rx] = mpsc.channel<number>(1);
    const permit = ready(tx.reserve());
    const recv = byHand(rx.recv());
    recv.poll();

    rx.close();
    const early = recv.wakes;
    permit.send(7);

    expect([early, recv.wakes]).toEqual([0, 1]);
    expect(recv.poll()).toBe(7);
  });
});

describe('a channel without a limit', () => {
  it('that is closed ends when it is empty, also after messages were received', () => {
    const [tx, rx] = mpsc.unboundedChannel<number>();
    tx.send(1);
    expect(ready(rx.recv())).toBe(1);

    rx.close();

    expect(ready(rx.recv())).toBeUndefined();
  });

  it('has room without end, also after messages were received', () => {
    const [tx, rx] = mpsc.unboundedChannel<number>();
    tx.send(1);
    rx.tryRecv();

    expect(rx.capacity).toBe(Number.POSITIVE_INFINITY);
  });
});

it('what is left early of reserveMany is over', () => {
  const [tx] = mpsc.channel<number>(2);
  const permits = ready(tx.reserveMany(2));

  expect(permits.return()).toEqual({ done: true, value: undefined });
  expect(tx.capacity).toBe(2);
});

it.each([
  ['timed out waiting on send operation', false],
  ['channel closed', true],
])('sendTimeout says why: %s', (message, closes) =>
  run(function* () {
    const [tx, rx] = mpsc.channel<number>(1);
    tx.trySend(1);
    if (closes) rx.close();

    const error = yield* errorFrom(tx.sendTimeout(2, 5));

    expect([(error as Error).message, (error as SendTimeoutError).isClosed()]).toEqual([message, closes]);
  }),
);

function* errorFrom(future: Awaitable<unknown>): Async<unknown> {
  try {
    yield* future;
  } catch (error) {
    return error;
  }
  throw new Error('expected an error');
}
