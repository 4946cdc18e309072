import {
  broadcast,
  InvalidOptionError,
  LaggedError,
  mpsc,
  Pending,
  PolledAfterCompletionError,
  RecvError,
  SendError,
  sleep,
  spawn,
  TryRecvError,
  TURN_BUDGET,
  timeout,
  UsedAfterDropError,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { areGone } from '../../support/garbage.ts';
import { byHand, ready } from '../../support/hand-poll.ts';
import { inChild } from '../../support/in-child.ts';
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

/** A message that logs its disposal. */
function message(log: string[], name: string): Disposable {
  return { [Symbol.dispose]: () => void log.push(name) };
}

/** Everything that a receiver has right now; `-2` stands for two that it has lost. */
function drain(rx: broadcast.Receiver<number>): number[] {
  const got: number[] = [];
  while (!rx.isEmpty()) {
    try {
      got.push(rx.tryRecv());
    } catch (error) {
      if (!(error instanceof LaggedError)) throw error;
      got.push(-error.skipped);
    }
  }
  return got;
}

describe('broadcast.channel', () => {
  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31 + 1, '3'])(
    'refuses a capacity of %s',
    (capacity) => {
      expect(() => broadcast.channel(capacity as number)).toThrow(InvalidOptionError);
      expect(() => broadcast.channel(capacity as number)).toThrow('expects a capacity from 1 to 2147483648');
    },
  );

  it.each([
    [1, 1],
    [2, 2],
    [3, 4],
    [4, 4],
    [5, 8],
    [1000, 1024],
  ])('of %i keeps %i messages', (capacity, kept) => {
    const [tx, rx] = broadcast.channel<number>(capacity);

    for (let i = 0; i <= kept; i++) tx.send(i);

    expect(() => rx.tryRecv()).toThrow('channel lagged by 1');
    expect([tx.length, rx.tryRecv()]).toEqual([kept, 1]);
  });

  it('of a great capacity takes no room before it is used', () => {
    expect(() => broadcast.channel(2 ** 31)).not.toThrow();
  });
});

describe('send', () => {
  it('answers how many receivers will get it', () => {
    const [tx] = broadcast.channel<number>(2);
    const other = tx.subscribe();

    expect(tx.send(1)).toBe(2);
    other[Symbol.dispose]();
    expect(tx.send(2)).toBe(1);
  });

  it('reaches every receiver, in order', () => {
    const [tx, rx] = broadcast.channel<number>(4);
    const other = tx.subscribe();

    for (const n of [1, 2, 3]) tx.send(n);

    expect([drain(rx), drain(other)]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it('hands the same value to all', () => {
    const [tx, rx] = broadcast.channel<object>(1);
    const other = tx.subscribe();
    const tea = {};

    tx.send(tea);

    expect(rx.tryRecv()).toBe(tea);
    expect(other.tryRecv()).toBe(tea);
  });

  it('without receivers gives the message back', () => {
    const [tx, rx] = broadcast.channel<string>(1);
    rx[Symbol.dispose]();

    expect(errorOf(() => tx.send('tea'))).toBeInstanceOf(SendError);
    expect(errorOf(() => tx.send('tea'))).toMatchObject({ value: 'tea', message: 'channel closed' });
  });

  it('wakes everybody who waits, once, the longest waiting first', async () => {
    const log: string[] = [];

    await run(function* () {
      const [tx] = broadcast.channel<number>(4);
      for (const name of ['first', 'second', 'third']) {
        spawn(
          (function* (rx) {
            log.push(`${name} ${yield* rx.recv()}`);
          })(tx.subscribe()),
        );
      }
      yield* yieldNow();
      tx.send(1);
      tx.send(2);
      yield* yieldNow();
    });

    expect(log).toEqual(['first 1', 'second 1', 'third 1']);
  });
});

describe('recv', () => {
  it('is lazy: it takes nothing before it is polled', () => {
    const [tx, rx] = broadcast.channel<number>(1);
    tx.send(1);

    rx.recv();

    expect(rx.length).toBe(1);
  });

  it('waits for a message, and is woken once', () => {
    const [tx, rx] = broadcast.channel<number>(2);
    const recv = byHand(rx.recv());
    expect(recv.poll()).toBe(Pending);

    tx.send(1);
    tx.send(2);

    expect([recv.wakes, recv.poll()]).toEqual([1, 1]);
    expect(ready(rx.recv())).toBe(2);
  });

  it('dropped while it waits leaves the line', () => {
    const [tx, rx] = broadcast.channel<number>(2);
    const [quitter, other] = [byHand(rx.recv()), byHand(tx.subscribe().recv())];
    quitter.poll();
    other.poll();

    quitter.drop();
    tx.send(1);

    expect([quitter.wakes, other.wakes]).toEqual([0, 1]);
  });

  it('dropped after it was woken loses nothing', () => {
    const [tx, rx] = broadcast.channel<number>(2);
    const quitter = byHand(rx.recv());
    quitter.poll();
    tx.send(1);

    quitter.drop();

    expect(rx.tryRecv()).toBe(1);
  });

  it('woken, but too late, waits again', () => {
    const [tx, rx] = broadcast.channel<number>(2);
    const recv = byHand(rx.recv());
    recv.poll();
    tx.send(1);
    rx.tryRecv();

    expect(recv.poll()).toBe(Pending);
    tx.send(2);

    expect([recv.wakes, recv.poll()]).toEqual([2, 2]);
  });

  it('wakes the task that polled last', () => {
    const [tx, rx] = broadcast.channel<number>(2);
    const future = rx.recv();
    const [oldTask, newTask] = [byHand(future), byHand(future)];
    oldTask.poll();
    newTask.poll();

    tx.send(1);

    expect([oldTask.wakes, newTask.wakes]).toEqual([0, 1]);
  });

  it('works once: awaited again it complains', () => {
    const [tx, rx] = broadcast.channel<number>(2);
    tx.send(1);
    const recv = byHand(rx.recv());
    recv.poll();

    expect(() => recv.poll()).toThrow(PolledAfterCompletionError);
  });

  it.each<[string, (tx: broadcast.Sender<number>) => void]>([
    ['with a message', (tx) => void tx.send(1)],
    [
      'with an error',
      (tx) => {
        tx.send(1);
        tx.send(2);
        tx.send(3);
      },
    ],
  ])('%s costs one unit of the budget', async (_, send) => {
    const polls = await pollsOf(function* () {
      const [tx, rx] = broadcast.channel<number>(1);
      for (let i = 0; i < TURN_BUDGET + 1; i++) {
        send(tx);
        try {
          yield* rx.recv();
        } catch {
          rx.tryRecv();
        }
      }
    });

    expect(polls).toBe(2);
  });

  it('that waits costs nothing, and neither does tryRecv', async () => {
    const polls = await pollsOf(function* () {
      const [tx, rx] = broadcast.channel<number>(1);
      for (let i = 0; i < TURN_BUDGET + 1; i++) {
        byHand(rx.recv()).poll();
        tx.send(i);
        rx.tryRecv();
      }
      yield* sleep(1);
    });

    expect(polls).toBe(2);
  });
});

describe('tryRecv', () => {
  it('says what it found', () => {
    const [tx, rx] = broadcast.channel<number>(2);

    const empty = errorOf(() => rx.tryRecv()) as TryRecvError;
    expect([empty.isEmpty(), empty.isDisconnected(), empty.message]).toEqual([true, false, 'channel empty']);

    for (const n of [1, 2, 3]) tx.send(n);
    expect(errorOf(() => rx.tryRecv())).toMatchObject({ skipped: 1, message: 'channel lagged by 1' });
    expect([rx.tryRecv(), rx.tryRecv()]).toEqual([2, 3]);

    tx[Symbol.dispose]();
    const closed = errorOf(() => rx.tryRecv()) as TryRecvError;
    expect(closed).toBeInstanceOf(TryRecvError);
    expect([closed.isEmpty(), closed.isDisconnected(), closed.message]).toEqual([false, true, 'channel closed']);
  });
});

describe('a receiver that is too slow', () => {
  it('loses nothing while the channel has room', () => {
    const [tx, rx] = broadcast.channel<number>(2);

    for (const n of [1, 2]) tx.send(n);

    expect(drain(rx)).toEqual([1, 2]);
  });

  it('hears how many it has lost, and goes on with the oldest that is kept', () => {
    const [tx, rx] = broadcast.channel<number>(2);

    for (const n of [1, 2, 3, 4, 5]) tx.send(n);

    expect(drain(rx)).toEqual([-3, 4, 5]);
  });

  it('hears it from recv, too, and again each time', () => {
    const [tx, rx] = broadcast.channel<number>(1);

    for (const skipped of [1, 2]) {
      for (let i = 0; i <= skipped; i++) tx.send(i);
      expect(errorOf(() => ready(rx.recv()))).toMatchObject({ skipped });
      expect(ready(rx.recv())).toBe(skipped);
    }
  });

  it('takes nothing from those that are fast', () => {
    const [tx, slow] = broadcast.channel<number>(2);
    const fast = tx.subscribe();
    const got: number[] = [];

    for (let i = 0; i < 5; i++) {
      tx.send(i);
      got.push(fast.tryRecv());
    }

    expect([got, drain(slow)]).toEqual([
      [0, 1, 2, 3, 4],
      [-3, 3, 4],
    ]);
  });

  it('hears it before it hears that the channel is closed', () => {
    const [tx, rx] = broadcast.channel<number>(1);
    tx.send(1);
    tx.send(2);
    tx[Symbol.dispose]();

    expect(drain(rx)).toEqual([-1, 2]);
    expect(() => ready(rx.recv())).toThrow(RecvError);
  });
});

describe('subscribe and resubscribe', () => {
  it('get what is sent from now on', () => {
    const [tx, rx] = broadcast.channel<number>(4);
    tx.send(1);

    const others = [tx.subscribe(), rx.resubscribe()];
    tx.send(2);

    expect(others.map(drain)).toEqual([[2], [2]]);
    expect(drain(rx)).toEqual([1, 2]);
  });

  it('open a channel again that had no receiver left', () => {
    const [tx, rx] = broadcast.channel<number>(4);
    rx[Symbol.dispose]();
    const late = tx.subscribe();

    expect(tx.send(1)).toBe(1);
    expect(drain(late)).toEqual([1]);
  });
});

describe('length', () => {
  it('of a receiver is what it has not received, lost or not', () => {
    const [tx, rx] = broadcast.channel<number>(2);

    for (const n of [1, 2, 3]) tx.send(n);

    expect([rx.length, rx.isEmpty()]).toEqual([3, false]);
  });

  it('of a sender is what the slowest receiver can still receive', () => {
    const [tx, slow] = broadcast.channel<number>(4);
    const fast = tx.subscribe();
    expect([tx.length, tx.isEmpty()]).toEqual([0, true]);

    for (const n of [1, 2, 3]) tx.send(n);
    drain(fast);
    expect(tx.length).toBe(3);
    slow.tryRecv();
    expect([tx.length, tx.isEmpty()]).toEqual([2, false]);
    slow[Symbol.dispose]();
    expect([tx.length, tx.isEmpty()]).toEqual([0, true]);
  });

  it('of a sender is never more than the capacity', () => {
    const [tx] = broadcast.channel<number>(2);

    for (let i = 0; i < 5; i++) tx.send(i);

    expect(tx.length).toBe(2);
  });
});

describe('when the last sender is gone', () => {
  it('what was sent can still be received, then recv fails', () => {
    const [tx, rx] = broadcast.channel<number>(2);
    tx.send(1);
    tx[Symbol.dispose]();

    expect([rx.isClosed(), ready(rx.recv())]).toEqual([true, 1]);
    expect(errorOf(() => ready(rx.recv()))).toMatchObject({ message: 'channel closed' });
    expect(() => ready(rx.recv())).toThrow(RecvError);
  });

  it('everybody who waits is woken to hear it, and only then', () => {
    const [tx, rx] = broadcast.channel<number>(2);
    const other = tx.clone();
    const recvs = [byHand(rx.recv()), byHand(rx.resubscribe().recv())];
    for (const recv of recvs) recv.poll();

    tx[Symbol.dispose]();
    tx[Symbol.dispose]();
    expect([rx.isClosed(), ...recvs.map(({ wakes }) => wakes)]).toEqual([false, 0, 0]);
    other[Symbol.dispose]();

    expect([rx.isClosed(), ...recvs.map(({ wakes }) => wakes)]).toEqual([true, 1, 1]);
    for (const recv of recvs) expect(() => recv.poll()).toThrow(RecvError);
  });
});

describe('a weak sender', () => {
  it('does not keep the channel open', () => {
    const [tx, rx] = broadcast.channel<number>(2);
    const weak = tx.downgrade();

    tx[Symbol.dispose]();

    expect([rx.isClosed(), weak.upgrade()]).toEqual([true, undefined]);
  });

  it('becomes a sender while there is one, which keeps it open', () => {
    const [tx, rx] = broadcast.channel<number>(2);
    const strong = tx.downgrade().upgrade();
    tx[Symbol.dispose]();

    expect([rx.isClosed(), strong?.send(1)]).toEqual([false, 1]);
    strong?.[Symbol.dispose]();
    expect(rx.isClosed()).toBe(true);
  });

  it('is counted', () => {
    const [tx] = broadcast.channel<number>(2);
    const weak = tx.downgrade();
    const other = weak.clone();
    expect([tx.strongCount, tx.weakCount, weak.strongCount, weak.weakCount]).toEqual([1, 2, 1, 2]);

    weak[Symbol.dispose]();
    weak[Symbol.dispose]();
    const clone = tx.clone();

    expect([tx.strongCount, tx.weakCount, other.strongCount]).toEqual([2, 1, 2]);
    expect(() => weak.upgrade()).toThrow(UsedAfterDropError);
    expect(() => weak.clone()).toThrow(UsedAfterDropError);
    expect(clone.sameChannel(tx)).toBe(true);
  });
});

describe('closed', () => {
  it('waits until the last receiver is gone', () => {
    const [tx, rx] = broadcast.channel<number>(2);
    const other = rx.resubscribe();
    const closed = byHand(tx.closed());
    expect(closed.poll()).toBe(Pending);

    rx[Symbol.dispose]();
    rx[Symbol.dispose]();
    expect([closed.wakes, tx.receiverCount]).toEqual([0, 1]);
    other[Symbol.dispose]();

    expect([closed.wakes, closed.poll()]).toEqual([1, undefined]);
  });

  it('waits on if somebody subscribed before it ran', () => {
    const [tx, rx] = broadcast.channel<number>(2);
    const closed = byHand(tx.closed());
    closed.poll();
    rx[Symbol.dispose]();
    const late = tx.subscribe();

    expect(closed.poll()).toBe(Pending);
    late[Symbol.dispose]();

    expect([closed.wakes, closed.poll()]).toEqual([2, undefined]);
  });

  it('costs nothing, and does not wait for a budget that is used up', async () => {
    const polls = await pollsOf(function* () {
      const [tx, rx] = broadcast.channel<number>(1);
      const [closedTx, gone] = broadcast.channel<number>(1);
      gone[Symbol.dispose]();
      for (let i = 0; i < TURN_BUDGET; i++) {
        yield* closedTx.closed();
        tx.send(i);
        yield* rx.recv();
      }
      yield* closedTx.closed();
    });

    expect(polls).toBe(1);
  });
});

describe('a message', () => {
  it('that nobody received is disposed when it makes way', () => {
    const log: string[] = [];
    const [tx] = broadcast.channel<Disposable>(2);

    for (const name of ['first', 'second', 'third']) tx.send(message(log, name));

    expect(log).toEqual(['first']);
  });

  it('is disposed when all who could receive it are gone, oldest first', () => {
    const log: string[] = [];
    const [tx, rx] = broadcast.channel<Disposable>(2);
    const other = tx.subscribe();
    for (const name of ['first', 'second', 'third']) tx.send(message(log, name));

    rx[Symbol.dispose]();
    expect(log).toEqual(['first']);
    other[Symbol.dispose]();

    expect(log).toEqual(['first', 'second', 'third']);
  });

  it('belongs to who received it, and is not disposed when it makes way', () => {
    const log: string[] = [];
    const [tx, slow] = broadcast.channel<Disposable>(1);
    const fast = tx.subscribe();
    tx.send(message(log, 'first'));

    fast.tryRecv();
    tx.send(message(log, 'second'));
    fast.tryRecv();
    slow[Symbol.dispose]();

    expect(log).toEqual([]);
  });

  it('is not disposed when the receiver that has it is gone', () => {
    const log: string[] = [];
    const [tx, rx] = broadcast.channel<Disposable>(1);
    tx.send(message(log, 'first'));
    rx.tryRecv();

    rx[Symbol.dispose]();
    tx[Symbol.dispose]();

    expect(log).toEqual([]);
  });

  it('that came before a receiver is none of its business', () => {
    const log: string[] = [];
    const [tx, rx] = broadcast.channel<Disposable>(2);
    tx.send(message(log, 'first'));
    const late = tx.subscribe();

    late[Symbol.dispose]();
    expect(log).toEqual([]);
    expect(rx.length).toBe(1);
    rx[Symbol.dispose]();

    expect(log).toEqual(['first']);
  });

  it('that fails to be disposed does not keep the others, nor the wakes', () => {
    const log: string[] = [];
    const [tx, rx] = broadcast.channel<Disposable>(2);
    const bad: Disposable = {
      [Symbol.dispose]: () => {
        throw new Error('stuck');
      },
    };
    const closed = byHand(tx.closed());
    closed.poll();
    tx.send(bad);
    tx.send(message(log, 'second'));

    expect(() => rx[Symbol.dispose]()).toThrow('stuck');
    expect([log, closed.wakes, tx.length]).toEqual([['second'], 1, 0]);
  });

  it('can be the question whose answer then never comes', async () => {
    const answered = await run(function* () {
      const [tx] = broadcast.channel<mpsc.Sender<string>>(1);
      const [reply, answers] = mpsc.channel<string>(1);
      tx.send(reply);
      tx.send(mpsc.channel<string>(1)[0]);
      return yield* answers.recv();
    });

    expect(answered).toBeUndefined();
  });
});

describe('a channel that lives on', () => {
  it('keeps neither a message that everybody has, nor a receiver that is gone, nor a wait', () => {
    const { out, err } = inChild(
      `
      const [tx, rx] = broadcast.channel(4);
      const context = new Context(new (class extends Waker { wake() {} })());
      function use() {
        const message = { kind: 'tea' };
        const receiver = tx.subscribe();
        const wait = receiver.recv();
        pollFuture(wait, context);
        dropFuture(wait);
        tx.send(message);
        rx.tryRecv();
        receiver[Symbol.dispose]();
        return [message, receiver, wait].map((thing) => new WeakRef(thing));
      }
      const refs = use();
      setTimeout(() => {
        gc();
        console.log(refs.map((ref) => ref.deref() === undefined).join(), tx.length, rx.length);
      }, 10);
    `,
      '--expose-gc',
    );

    expect(err).toBe('');
    expect(out).toBe('true,true,true 0 0\n');
  });
});

describe('an end that was dropped', () => {
  it.each<[string, (tx: broadcast.Sender<number>) => unknown]>([
    ['send', (tx) => tx.send(1)],
    ['subscribe', (tx) => tx.subscribe()],
    ['clone', (tx) => tx.clone()],
    ['downgrade', (tx) => tx.downgrade()],
    ['closed', (tx) => tx.closed()],
  ])('refuses to %s', (_, use) => {
    const [tx] = broadcast.channel<number>(1);
    tx[Symbol.dispose]();

    expect(() => use(tx)).toThrow(UsedAfterDropError);
  });

  it.each<[string, (rx: broadcast.Receiver<number>) => unknown]>([
    ['recv', (rx) => rx.recv()],
    ['tryRecv', (rx) => rx.tryRecv()],
    ['length', (rx) => rx.length],
    ['isEmpty', (rx) => rx.isEmpty()],
    ['resubscribe', (rx) => rx.resubscribe()],
  ])('refuses to give %s', (_, use) => {
    const [, rx] = broadcast.channel<number>(1);
    rx[Symbol.dispose]();

    expect(() => use(rx)).toThrow(UsedAfterDropError);
  });

  it('wakes its own recv, which fails, and nobody else', () => {
    const [tx, rx] = broadcast.channel<number>(1);
    const [mine, other] = [byHand(rx.recv()), byHand(tx.subscribe().recv())];
    mine.poll();
    other.poll();

    rx[Symbol.dispose]();

    expect([mine.wakes, other.wakes]).toEqual([1, 0]);
    tx.send(1);
    expect([mine.wakes, other.wakes]).toEqual([1, 1]);
    expect(() => mine.poll()).toThrow(UsedAfterDropError);
  });

  it('knows its channel', () => {
    const [[tx, rx], [otherTx, otherRx]] = [broadcast.channel<number>(1), broadcast.channel<number>(1)];

    expect([tx.sameChannel(tx.clone()), tx.sameChannel(otherTx)]).toEqual([true, false]);
    expect([rx.sameChannel(tx.subscribe()), rx.sameChannel(otherRx)]).toEqual([true, false]);
  });
});

describe('tasks that listen', () => {
  it('lose nothing to a timeout', async () => {
    const got: number[] = [];

    await run(function* () {
      const [tx, rx] = broadcast.channel<number>(4);
      spawn(
        (function* () {
          using sender = tx;
          for (const n of [1, 2, 3]) {
            yield* sleep(10);
            sender.send(n);
          }
        })(),
      );
      for (;;) {
        try {
          got.push(yield* timeout(4, rx.recv()));
        } catch (error) {
          if (error instanceof RecvError) return;
        }
      }
    });

    expect(got).toEqual([1, 2, 3]);
  });
});

describe('a message', () => {
  function sent(tx: broadcast.Sender<object>): WeakRef<object> {
    const message = {};
    tx.send(message);
    return new WeakRef(message);
  }

  it('is not held any more once everybody has read it', async () => {
    const [tx, rx] = broadcast.channel<object>(2);
    const ref = sent(tx);
    rx.tryRecv();

    expect(await areGone([ref])).toEqual([true]);
    expect(rx.length).toBe(0);
  });

  it('is not held any more once everybody who has not read it is gone', async () => {
    const [tx, rx] = broadcast.channel<object>(2);
    const other = tx.subscribe();
    const ref = sent(tx);
    rx.tryRecv();
    other[Symbol.dispose]();

    expect(await areGone([ref])).toEqual([true]);
    expect(tx.length).toBe(0);
  });
});
