import {
  type Async,
  type Awaitable,
  InvalidOptionError,
  mpsc,
  now,
  Pending,
  PolledAfterCompletionError,
  pending,
  SendError,
  SendTimeoutError,
  select,
  sleep,
  spawn,
  TryRecvError,
  TrySendError,
  timeout,
  UsedAfterDropError,
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

/** A channel with `messages` in it and no room left. */
function fullChannel(...messages: string[]): [mpsc.Sender<string>, mpsc.Receiver<string>] {
  const [tx, rx] = mpsc.channel<string>(messages.length);
  for (const message of messages) tx.trySend(message);
  return [tx, rx];
}

/** A message that logs its disposal. */
function message(log: string[], name: string): Disposable {
  return { [Symbol.dispose]: () => void log.push(name) };
}

describe('mpsc.channel', () => {
  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '3'])('refuses a capacity of %s', (capacity) => {
    expect(() => mpsc.channel(capacity as number)).toThrow(InvalidOptionError);
    expect(() => mpsc.channel(capacity as number)).toThrow('mpsc.channel() expects a capacity of 1 or more');
  });

  it('tells its capacity, and how much of it is left', () => {
    const [tx] = mpsc.channel<string>(3);

    tx.trySend('tea');

    expect([tx.capacity, tx.maxCapacity]).toEqual([2, 3]);
  });
});

describe('send', () => {
  it('is lazy: nothing is sent before it is polled', () => {
    const [tx, rx] = mpsc.channel<string>(1);

    tx.send('tea');

    expect(rx.length).toBe(0);
  });

  it('does not let go while there is room', () => {
    const [tx, rx] = mpsc.channel<string>(1);

    ready(tx.send('tea'));

    expect(rx.tryRecv()).toBe('tea');
  });

  it('waits while the channel is full, and goes on when there is room', () => {
    const [tx, rx] = fullChannel('first');
    const send = byHand(tx.send('second'));
    expect(send.poll()).toBe(Pending);

    rx.tryRecv();

    expect(send.wakes).toBe(1);
    expect(send.poll()).toBeUndefined();
    expect(rx.tryRecv()).toBe('second');
  });

  it('gets the slot that was freed by its place in line, and nobody else is woken', () => {
    const [tx, rx] = fullChannel('first');
    const [second, third] = [byHand(tx.send('second')), byHand(tx.send('third'))];
    second.poll();
    third.poll();

    rx.tryRecv();

    expect([second.wakes, third.wakes]).toEqual([1, 0]);
  });

  it('owns the slot it was granted: trySend finds the channel full', () => {
    const [tx, rx] = fullChannel('first');
    const send = byHand(tx.send('second'));
    send.poll();

    rx.tryRecv();

    expect(errorOf(() => tx.trySend('barges in'))).toBeInstanceOf(TrySendError);
    expect(tx.capacity).toBe(0);
  });

  it('dropped while it waits leaves the line, and sends nothing', () => {
    const [tx, rx] = fullChannel('first');
    const [quitter, next] = [byHand(tx.send('second')), byHand(tx.send('third'))];
    quitter.poll();
    next.poll();

    quitter.drop();
    rx.tryRecv();

    expect([quitter.wakes, next.wakes]).toEqual([0, 1]);
  });

  it('dropped after it was granted a slot passes it on', () => {
    const [tx, rx] = fullChannel('first');
    const [quitter, next] = [byHand(tx.send('second')), byHand(tx.send('third'))];
    quitter.poll();
    next.poll();
    rx.tryRecv();

    quitter.drop();

    expect(next.wakes).toBe(1);
    expect(next.poll()).toBeUndefined();
  });

  it('dropped after it was granted a slot, with nobody behind, frees it', () => {
    const [tx, rx] = fullChannel('first');
    const quitter = byHand(tx.send('second'));
    quitter.poll();
    rx.tryRecv();

    quitter.drop();

    expect(tx.capacity).toBe(1);
  });

  it('wakes the receiver once', () => {
    const [tx, rx] = mpsc.channel<string>(2);
    const recv = byHand(rx.recv());
    recv.poll();

    tx.trySend('first');
    tx.trySend('second');

    expect(recv.wakes).toBe(1);
  });

  it('gives the message back when the channel is closed', () => {
    const [tx, rx] = mpsc.channel<string>(1);
    rx.close();

    const error = errorOf(() => ready(tx.send('tea')));

    expect(error).toBeInstanceOf(SendError);
    expect(error).toMatchObject({ value: 'tea', message: 'channel closed' });
  });

  it('that waits gives the message back when the receiver is dropped', () => {
    const [tx, rx] = fullChannel('first');
    const [second, third] = [byHand(tx.send('second')), byHand(tx.send('third'))];
    second.poll();
    third.poll();

    rx[Symbol.dispose]();

    expect([second.wakes, third.wakes]).toEqual([1, 1]);
    expect(errorOf(() => second.poll())).toMatchObject({ value: 'second' });
    expect(errorOf(() => third.poll())).toMatchObject({ value: 'third' });
  });

  it('works once: awaited again it complains', () => {
    const [tx] = mpsc.channel<string>(2);
    const send = byHand(tx.send('tea'));
    send.poll();

    expect(() => send.poll()).toThrow(PolledAfterCompletionError);
  });

  it('slows a producer down to the pace of its consumer', async () => {
    const log: string[] = [];

    await run(function* () {
      const [tx, rx] = mpsc.channel<number>(2);
      spawn(
        (function* () {
          using sender = tx;
          for (let i = 1; i <= 4; i++) {
            yield* sender.send(i);
            log.push(`${now()} sent ${i}`);
          }
        })(),
      );
      for (;;) {
        yield* sleep(10);
        if ((yield* rx.recv()) === undefined) return;
      }
    });

    expect(log).toEqual(['0 sent 1', '0 sent 2', '10 sent 3', '20 sent 4']);
  });
});

describe('trySend', () => {
  it('says that the channel is full, and gives the message back', () => {
    const [tx] = fullChannel('first');

    const error = errorOf(() => tx.trySend('second')) as TrySendError;

    expect(error).toMatchObject({ value: 'second', message: 'no available capacity' });
    expect([error.isFull(), error.isClosed()]).toEqual([true, false]);
  });

  it('says that the channel is closed, also when it is full', () => {
    const [tx, rx] = fullChannel('first');
    rx.close();

    const error = errorOf(() => tx.trySend('second')) as TrySendError;

    expect(error).toMatchObject({ value: 'second', message: 'channel closed' });
    expect([error.isFull(), error.isClosed()]).toEqual([false, true]);
  });
});

describe('sendTimeout', () => {
  it('sends if there is room in time', async () => {
    const time = await run(function* () {
      const [tx, rx] = fullChannel('first');
      spawn(
        (function* () {
          yield* sleep(5);
          yield* rx.recv();
          yield* pending();
        })(),
      );
      yield* tx.sendTimeout('second', 10);
      return now();
    });

    expect(time).toBe(5);
  });

  it('gives the message back when the time is up, and leaves the line', () =>
    run(function* () {
      const [tx, rx] = fullChannel('first');
      const error = yield* caught(tx.sendTimeout('second', 10));

      rx.tryRecv();

      expect(error).toBeInstanceOf(SendTimeoutError);
      expect(error).toMatchObject({ value: 'second', message: 'timed out waiting on send operation' });
      expect([now(), tx.capacity]).toEqual([10, 1]);
    }));

  it('gives back a message that can still be used, and takes one along that is given up with it', () =>
    run(function* () {
      const [tx] = mpsc.channel<unknown>(1);
      tx.trySend('first');
      const disposed: string[] = [];

      yield* caught(tx.sendTimeout(message(disposed, 'too late'), 10));
      expect(disposed).toEqual([]);

      yield* select({ send: tx.sendTimeout(message(disposed, 'given up'), 10), stop: sleep(1) });
      expect(disposed).toEqual(['given up']);
    }));

  it('has a name, and cannot be awaited twice', () =>
    run(function* () {
      const [tx] = mpsc.channel<string>(2);
      const send = tx.sendTimeout('tea', 10);

      yield* send;

      expect(send.label).toBe('sendTimeout()');
      expect(yield* caught(send)).toBeInstanceOf(PolledAfterCompletionError);
    }));

  it('gives the message back when the channel is closed', () =>
    run(function* () {
      const [tx, rx] = fullChannel('first');
      rx.close();

      const error = (yield* caught(tx.sendTimeout('second', 10))) as SendTimeoutError;

      expect([error.isClosed(), error.isTimeout(), error.value]).toEqual([true, false, 'second']);
    }));

  it('refuses a negative duration, and sends nothing', () =>
    run(function* () {
      const [tx, rx] = mpsc.channel<string>(1);

      const error = yield* caught(tx.sendTimeout('tea', -1));

      expect((error as Error).message).toContain('expects a duration in milliseconds, zero or more, and got -1');
      expect(rx.length).toBe(0);
    }));

  function* caught(future: Awaitable<void>): Async<unknown> {
    try {
      yield* future;
    } catch (error) {
      return error;
    }
    throw new Error('expected an error');
  }
});

describe('recv', () => {
  it('answers once', () => {
    const [, rx] = fullChannel('tea', 'more tea');
    const recv = byHand(rx.recv());

    ready(recv);

    expect(() => recv.poll()).toThrow(PolledAfterCompletionError);
    expect(rx.length).toBe(1);
  });

  it('is lazy: nothing is taken before it is polled', () => {
    const [, rx] = fullChannel('tea');

    rx.recv();

    expect(rx.length).toBe(1);
  });

  it('does not let go while there is a message', () => {
    const [, rx] = fullChannel('tea');

    expect(ready(rx.recv())).toBe('tea');
  });

  it('gives messages in the order in which they were sent', async () => {
    const received = await run(function* () {
      const [tx, rx] = mpsc.channel<number>(3);
      spawn(
        (function* () {
          using sender = tx;
          for (let i = 0; i < 10; i++) yield* sender.send(i);
        })(),
      );
      const all: number[] = [];
      for (let value = yield* rx.recv(); value !== undefined; value = yield* rx.recv()) all.push(value);
      return all;
    });

    expect(received).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('drains what is left when the last sender is gone, then answers undefined for ever', () => {
    const [tx, rx] = fullChannel('tea');
    tx[Symbol.dispose]();

    const answers = [ready(rx.recv()), ready(rx.recv()), ready(rx.recv())];

    expect(answers).toEqual(['tea', undefined, undefined]);
  });

  it('that waits is woken when the last sender is dropped, not before', () => {
    const [tx, rx] = mpsc.channel<string>(1);
    const other = tx.clone();
    const recv = byHand(rx.recv());
    recv.poll();

    tx[Symbol.dispose]();
    const early = recv.wakes;
    other[Symbol.dispose]();

    expect([early, recv.wakes]).toEqual([0, 1]);
    expect(recv.poll()).toBeUndefined();
  });

  it('that waits is woken when the channel is closed elsewhere', () => {
    const [, rx] = mpsc.channel<string>(1);
    const recv = byHand(rx.recv());
    recv.poll();

    rx.close();

    expect(recv.wakes).toBe(1);
    expect(recv.poll()).toBeUndefined();
  });

  it('that waits is woken when the receiver is dropped elsewhere', () => {
    const [, rx] = mpsc.channel<string>(1);
    const recv = byHand(rx.recv());
    recv.poll();

    rx[Symbol.dispose]();

    expect(recv.wakes).toBe(1);
    expect(recv.poll()).toBeUndefined();
  });

  it('dropped while it waits loses no message', () => {
    const [tx, rx] = mpsc.channel<string>(1);
    const quitter = byHand(rx.recv());
    quitter.poll();

    quitter.drop();
    tx.trySend('tea');

    expect(ready(rx.recv())).toBe('tea');
  });

  it('wakes the task that polled last', () => {
    const [tx, rx] = mpsc.channel<string>(1);
    const recv = rx.recv();
    const [oldTask, newTask] = [byHand(recv), byHand(recv)];
    oldTask.poll();
    newTask.poll();

    tx.trySend('tea');

    expect([oldTask.wakes, newTask.wakes]).toEqual([0, 1]);
  });

  it('is cancel safe under a timeout', async () => {
    const answer = await run(function* () {
      const [tx, rx] = mpsc.channel<string>(1);
      spawn(
        (function* () {
          yield* sleep(15);
          yield* tx.send('tea');
        })(),
      );
      for (;;) {
        try {
          return [now(), yield* timeout(10, rx.recv())];
        } catch {
          // Not yet.
        }
      }
    });

    expect(answer).toEqual([10, 'tea']);
  });
});

describe('tryRecv', () => {
  it('says that nothing is there yet', () => {
    const [, rx] = mpsc.channel<string>(1);

    const error = errorOf(() => rx.tryRecv()) as TryRecvError;

    expect([error.isEmpty(), error.isDisconnected()]).toEqual([true, false]);
    expect(error).toBeInstanceOf(TryRecvError);
  });

  it('says that nothing will come', () => {
    const [tx, rx] = mpsc.channel<string>(1);
    tx[Symbol.dispose]();

    const error = errorOf(() => rx.tryRecv()) as TryRecvError;

    expect([error.isEmpty(), error.isDisconnected()]).toEqual([false, true]);
  });

  it('takes what is there before it says that nothing will come', () => {
    const [tx, rx] = fullChannel('tea');
    tx[Symbol.dispose]();

    expect(rx.tryRecv()).toBe('tea');
  });
});

describe('close', () => {
  it('lets what is in the channel be received', () => {
    const [, rx] = fullChannel('first', 'second');
    rx.close();

    const answers = [ready(rx.recv()), ready(rx.recv()), ready(rx.recv())];

    expect(answers).toEqual(['first', 'second', undefined]);
  });

  it('waits for permits that are still out', () => {
    const [tx, rx] = mpsc.channel<string>(1);
    const permit = ready(tx.reserve());
    rx.close();
    const recv = byHand(rx.recv());
    expect(recv.poll()).toBe(Pending);

    permit.send('tea');

    expect(recv.poll()).toBe('tea');
  });

  it('is over for a waiting receiver when the last permit comes back unused', () => {
    const [tx, rx] = mpsc.channel<string>(1);
    const permit = ready(tx.reserve());
    rx.close();
    const recv = byHand(rx.recv());
    recv.poll();

    permit[Symbol.dispose]();

    expect(recv.wakes).toBe(1);
    expect(recv.poll()).toBeUndefined();
  });

  it('fails a send that was granted a slot and had not run yet', () => {
    const [tx, rx] = fullChannel('first');
    const send = byHand(tx.send('second'));
    send.poll();
    rx.tryRecv();

    rx.close();

    expect(errorOf(() => send.poll())).toMatchObject({ value: 'second' });
  });

  it('wakes a receiver whose last hope was a send that had been granted a slot', () => {
    const [tx, rx] = fullChannel('first');
    const send = byHand(tx.send('second'));
    send.poll();
    rx.tryRecv();
    rx.close();
    const recv = byHand(rx.recv());
    expect(recv.poll()).toBe(Pending);

    expect(() => send.poll()).toThrow(SendError);

    expect(recv.wakes).toBe(1);
    expect(recv.poll()).toBeUndefined();
  });

  it('wakes who waits in recv(), also when another recv() has been given up', () => {
    const [, rx] = mpsc.channel<string>(1);
    const [quitter, waiter] = [byHand(rx.recv()), byHand(rx.recv())];
    quitter.poll();
    waiter.poll();
    quitter.drop();

    rx.close();

    expect(waiter.wakes).toBe(1);
    expect(waiter.poll()).toBeUndefined();
  });

  it('is told by both ends', () => {
    const [tx, rx] = mpsc.channel<string>(1);
    const before = [tx.isClosed(), rx.isClosed()];

    rx.close();

    expect(before).toEqual([false, false]);
    expect([tx.isClosed(), rx.isClosed()]).toEqual([true, true]);
  });

  it('is told to the receiver alone when every sender is gone', () => {
    const [tx, rx] = mpsc.channel<string>(1);

    tx[Symbol.dispose]();

    expect([tx.isClosed(), rx.isClosed()]).toEqual([false, true]);
  });
});

describe('a task that gave up receiving', () => {
  it.each<[string, (rx: mpsc.Receiver<string>) => void]>([
    ['closes the channel', (rx) => rx.close()],
    ['drops the receiver', (rx) => rx[Symbol.dispose]()],
  ])('and %s is not polled for it, as in Tokio', async (_, end) => {
    const polls = await pollsOf(function* () {
      const [, rx] = mpsc.channel<string>(1);
      yield* select({ message: rx.recv(), nap: sleep(10) });
      end(rx);
      yield* sleep(10);
    });

    expect(polls).toBe(3);
  });

  it('is polled once, in vain, when a message comes later, as in Tokio', async () => {
    const polls = await pollsOf(function* () {
      const [tx, rx] = mpsc.channel<string>(1);
      spawn(sendLater(tx));
      yield* select({ message: rx.recv(), nap: sleep(10) });
      yield* sleep(20);
    });

    expect(polls).toBe(4);
  });

  function* sendLater(tx: mpsc.Sender<string>): Async<void> {
    yield* sleep(20);
    yield* tx.send('tea');
    yield* pending();
  }
});

describe('closed', () => {
  it.each([
    ['closes the channel', (rx: mpsc.Receiver<string>) => rx.close()],
    ['is dropped', (rx: mpsc.Receiver<string>) => rx[Symbol.dispose]()],
  ])('wakes everybody who waits for it, once, when the receiver %s', (_, end) => {
    const [tx, rx] = mpsc.channel<string>(1);
    const watchers = [byHand(tx.closed()), byHand(tx.clone().closed())];
    for (const watcher of watchers) expect(watcher.poll()).toBe(Pending);

    end(rx);

    expect(watchers.map((watcher) => [watcher.wakes, watcher.poll()])).toEqual([
      [1, undefined],
      [1, undefined],
    ]);
  });

  it('is ready at once if the channel is closed', () => {
    const [tx, rx] = mpsc.channel<string>(1);
    rx.close();

    expect(ready(tx.closed())).toBeUndefined();
  });

  it('dropped while it waits leaves the line', () => {
    const [tx, rx] = mpsc.channel<string>(1);
    const watcher = byHand(tx.closed());
    watcher.poll();

    watcher.drop();
    rx.close();

    expect(watcher.wakes).toBe(0);
  });

  it('wakes the task that polled last', () => {
    const [tx, rx] = mpsc.channel<string>(1);
    const closed = tx.closed();
    const [oldTask, newTask] = [byHand(closed), byHand(closed)];
    oldTask.poll();
    newTask.poll();

    rx.close();

    expect([oldTask.wakes, newTask.wakes]).toEqual([0, 1]);
  });
});

describe('reserve', () => {
  it('keeps a slot: nobody else gets it', () => {
    const [tx] = mpsc.channel<string>(1);

    ready(tx.reserve());

    expect(errorOf(() => tx.trySend('tea'))).toBeInstanceOf(TrySendError);
  });

  it('waits in the same line as send', () => {
    const [tx, rx] = fullChannel('first');
    const [reserve, send] = [byHand(tx.reserve()), byHand(tx.send('third'))];
    reserve.poll();
    send.poll();

    rx.tryRecv();

    expect([reserve.wakes, send.wakes]).toEqual([1, 0]);
  });

  it('does not fix the order of messages: sending does', () => {
    const [tx, rx] = mpsc.channel<string>(2);
    const [early, late] = [ready(tx.reserve()), ready(tx.reserve())];

    late.send('sent first');
    early.send('sent second');

    expect([rx.tryRecv(), rx.tryRecv()]).toEqual(['sent first', 'sent second']);
  });

  it('fails when the channel is closed', () => {
    const [tx, rx] = mpsc.channel<string>(1);
    rx.close();

    expect(errorOf(() => ready(tx.reserve()))).toBeInstanceOf(SendError);
  });

  it('dropped after it was granted a slot passes it on', () => {
    const [tx, rx] = fullChannel('first');
    const [quitter, next] = [byHand(tx.reserve()), byHand(tx.reserve())];
    quitter.poll();
    next.poll();
    rx.tryRecv();

    quitter.drop();

    expect(next.wakes).toBe(1);
  });
});

describe('tryReserve', () => {
  it('keeps a slot if there is one', () => {
    const [tx, rx] = mpsc.channel<string>(1);

    tx.tryReserve().send('tea');

    expect(rx.tryRecv()).toBe('tea');
  });

  it('says why not', () => {
    const [tx, rx] = fullChannel('first');
    const full = errorOf(() => tx.tryReserve()) as TrySendError;
    rx.close();
    const closed = errorOf(() => tx.tryReserve()) as TrySendError;

    expect([full.isFull(), closed.isClosed()]).toEqual([true, true]);
  });
});

describe('a permit', () => {
  it('that is dropped frees its slot', () => {
    const [tx] = mpsc.channel<string>(1);

    ready(tx.reserve())[Symbol.dispose]();

    expect(tx.capacity).toBe(1);
  });

  it('that is dropped hands its slot to who waits longest', () => {
    const [tx] = mpsc.channel<string>(1);
    const permit = ready(tx.reserve());
    const send = byHand(tx.send('tea'));
    send.poll();

    permit[Symbol.dispose]();

    expect(send.wakes).toBe(1);
  });

  it('sends once', () => {
    const [tx] = mpsc.channel<string>(2);
    const permit = ready(tx.reserve());
    permit.send('tea');

    expect(() => permit.send('more tea')).toThrow(UsedAfterDropError);
  });

  it('that has sent frees nothing when it is dropped', () => {
    const [tx] = mpsc.channel<string>(1);
    const permit = ready(tx.reserve());
    permit.send('tea');

    permit[Symbol.dispose]();

    expect(tx.capacity).toBe(0);
  });

  it('keeps the channel open although every sender is gone', () => {
    const [tx, rx] = mpsc.channel<string>(1);
    const permit = ready(tx.reserve());
    tx[Symbol.dispose]();
    const recv = byHand(rx.recv());
    expect(recv.poll()).toBe(Pending);

    permit.send('tea');

    expect([ready(recv), ready(rx.recv())]).toEqual(['tea', undefined]);
  });

  it('that is dropped as the last way to send wakes the receiver once', () => {
    const [tx, rx] = mpsc.channel<string>(1);
    const permit = ready(tx.reserve());
    tx[Symbol.dispose]();
    const recv = byHand(rx.recv());
    recv.poll();

    permit[Symbol.dispose]();

    expect(recv.wakes).toBe(1);
    expect(recv.poll()).toBeUndefined();
  });
});

describe('dropping the receiver', () => {
  it('disposes the messages that are left, oldest first', () => {
    const log: string[] = [];
    const [tx, rx] = mpsc.channel<Disposable>(2);
    tx.trySend(message(log, 'first'));
    tx.trySend(message(log, 'second'));

    rx[Symbol.dispose]();

    expect(log).toEqual(['first', 'second']);
  });

  it('drops the senders that are left in messages, so that nobody waits for an answer', () => {
    const [tx, rx] = mpsc.channel<mpsc.Sender<string>>(1);
    const [reply, answer] = mpsc.channel<string>(1);
    tx.trySend(reply);
    const waiting = byHand(answer.recv());
    waiting.poll();

    rx[Symbol.dispose]();

    expect(waiting.wakes).toBe(1);
    expect(waiting.poll()).toBeUndefined();
  });

  it('disposes what a permit still sends', () => {
    const log: string[] = [];
    const [tx, rx] = mpsc.channel<Disposable>(1);
    const permit = ready(tx.reserve());
    rx[Symbol.dispose]();

    permit.send(message(log, 'too late'));
    tx[Symbol.dispose]();

    expect(log).toEqual(['too late']);
  });

  it('disposes all messages although one of them throws', () => {
    const log: string[] = [];
    const [tx, rx] = mpsc.channel<Disposable>(2);
    tx.trySend({
      [Symbol.dispose]() {
        throw new Error('cannot dispose');
      },
    });
    tx.trySend(message(log, 'second'));

    expect(() => rx[Symbol.dispose]()).toThrow('cannot dispose');
    expect(log).toEqual(['second']);
  });

  it('twice does nothing more', () => {
    const [, rx] = mpsc.channel<string>(1);
    rx[Symbol.dispose]();

    expect(() => rx[Symbol.dispose]()).not.toThrow();
  });

  it('forbids to receive', () => {
    const [, rx] = mpsc.channel<string>(1);
    rx[Symbol.dispose]();

    expect(() => rx.recv()).toThrow(UsedAfterDropError);
  });

  it('does not dispose a message that was received', () => {
    const log: string[] = [];
    const [tx, rx] = mpsc.channel<Disposable>(1);
    tx.trySend(message(log, 'received'));
    rx.tryRecv();

    rx[Symbol.dispose]();

    expect(log).toEqual([]);
  });
});

describe('a sender that was dropped', () => {
  it.each<[string, (tx: mpsc.Sender<string>) => unknown]>([
    ['send', (tx) => tx.send('tea')],
    ['trySend', (tx) => tx.trySend('tea')],
    ['reserve', (tx) => tx.reserve()],
    ['tryReserve', (tx) => tx.tryReserve()],
    ['clone', (tx) => tx.clone()],
    ['closed', (tx) => tx.closed()],
  ])('refuses to %s', (_, use) => {
    const [tx] = mpsc.channel<string>(1);
    tx[Symbol.dispose]();

    expect(() => use(tx)).toThrow(UsedAfterDropError);
  });

  it('twice counts once', () => {
    const [tx, rx] = mpsc.channel<string>(1);
    const other = tx.clone();

    tx[Symbol.dispose]();
    tx[Symbol.dispose]();

    expect(rx.isClosed()).toBe(false);
    other.trySend('tea');
  });
});

describe('an unbounded channel', () => {
  it('never makes its sender wait', () => {
    const [tx, rx] = mpsc.unboundedChannel<number>();

    for (let i = 0; i < 10_000; i++) tx.send(i);

    expect(rx.length).toBe(10_000);
  });

  it('wakes its receiver once for many messages', () => {
    const [tx, rx] = mpsc.unboundedChannel<number>();
    const recv = byHand(rx.recv());
    recv.poll();

    tx.send(1);
    tx.send(2);

    expect(recv.wakes).toBe(1);
    expect(recv.poll()).toBe(1);
  });

  it('gives the message back when the receiver is gone', () => {
    const [tx, rx] = mpsc.unboundedChannel<string>();
    rx[Symbol.dispose]();

    expect(errorOf(() => tx.send('tea'))).toMatchObject({ value: 'tea' });
  });

  it('drains before it says that every sender is gone', () => {
    const [tx, rx] = mpsc.unboundedChannel<string>();
    const other = tx.clone();
    tx.send('tea');
    tx[Symbol.dispose]();
    other[Symbol.dispose]();

    expect([ready(rx.recv()), ready(rx.recv())]).toEqual(['tea', undefined]);
  });

  it('says at once that it was closed when it is empty', () => {
    const [, rx] = mpsc.unboundedChannel<string>();
    rx.close();

    expect(ready(rx.recv())).toBeUndefined();
  });
});

describe('tasks at both ends', () => {
  it('with one slot take turns, the sender always one ahead', async () => {
    const log: string[] = [];

    await run(function* () {
      const [tx, rx] = mpsc.channel<number>(1);
      spawn(
        (function* () {
          using sender = tx;
          for (let i = 1; i <= 3; i++) {
            yield* sender.send(i);
            log.push(`sent ${i}`);
          }
        })(),
      );
      yield* spawn(
        (function* () {
          for (let i = yield* rx.recv(); i !== undefined; i = yield* rx.recv()) log.push(`got ${i}`);
        })(),
      );
    });

    expect(log).toEqual(['sent 1', 'got 1', 'sent 2', 'got 2', 'sent 3', 'got 3']);
  });

  it('when the receiver is aborted, tell the sender', async () => {
    const error = await run(function* () {
      const [tx, rx] = mpsc.channel<string>(1);
      const reader = spawn(
        (function* () {
          using inbox = rx;
          for (;;) yield* inbox.recv();
        })(),
      );
      yield* yieldNow();
      reader.abort();
      yield* tx.closed();
      return errorOf(() => tx.trySend('tea'));
    });

    expect((error as TrySendError).isClosed()).toBe(true);
  });
});
