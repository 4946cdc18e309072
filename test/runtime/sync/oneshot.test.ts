import {
  type Async,
  oneshot,
  Pending,
  PolledAfterCompletionError,
  RecvError,
  ref,
  SendError,
  select,
  sleep,
  spawn,
  type TryRecvError,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { byHand, ready } from '../../support/hand-poll.ts';
import { pollsOf, run } from '../../support/run.ts';

function errorOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('expected an error');
}

describe('a oneshot receiver', () => {
  it('answers what was sent before it was polled', () => {
    const [tx, rx] = oneshot.channel<string>();

    tx.send('tea');

    expect(ready(rx)).toBe('tea');
  });

  it('waits for what is sent, and is woken once', () => {
    const [tx, rx] = oneshot.channel<string>();
    const receiver = byHand(rx);
    expect(receiver.poll()).toBe(Pending);

    tx.send('tea');
    tx[Symbol.dispose]();

    expect(receiver.wakes).toBe(1);
    expect(receiver.poll()).toBe('tea');
  });

  it('can be sent undefined', () => {
    const [tx, rx] = oneshot.channel<undefined>();

    tx.send(undefined);

    expect(ready(rx)).toBeUndefined();
  });

  it('fails when the sender is dropped without sending', () => {
    const [tx, rx] = oneshot.channel<string>();
    const receiver = byHand(rx);
    receiver.poll();

    tx[Symbol.dispose]();

    expect(receiver.wakes).toBe(1);
    expect(errorOf(() => receiver.poll())).toBeInstanceOf(RecvError);
  });

  it('gives its value once: awaited again it complains', () => {
    const [tx, rx] = oneshot.channel<string>();
    tx.send('tea');
    const receiver = byHand(rx);
    receiver.poll();

    expect(() => receiver.poll()).toThrow(PolledAfterCompletionError);
  });

  it('wakes the task that polled last', () => {
    const [tx, rx] = oneshot.channel<string>();
    const [oldTask, newTask] = [byHand(rx), byHand(rx)];
    oldTask.poll();
    newTask.poll();

    tx.send('tea');

    expect([oldTask.wakes, newTask.wakes]).toEqual([0, 1]);
  });

  it('lent to a select that it lost can be awaited again', async () => {
    const answer = await run(function* () {
      const [tx, rx] = oneshot.channel<string>();
      spawn(sendLater(tx, 'tea'));
      yield* select({ answer: ref(rx), nap: sleep(5) });
      return yield* rx;
    });

    expect(answer).toBe('tea');
  });

  function* sendLater(tx: oneshot.Sender<string>, value: string): Async<void> {
    yield* sleep(10);
    tx.send(value);
  }
});

describe('dropping a oneshot receiver', () => {
  it('while it waits wakes nobody any more', () => {
    const [tx, rx] = oneshot.channel<string>();
    const receiver = byHand(rx);
    receiver.poll();

    receiver.drop();

    expect(errorOf(() => tx.send('tea'))).toMatchObject({ value: 'tea' });
    expect(receiver.wakes).toBe(0);
  });

  it('gives a later send its value back', () => {
    const [tx, rx] = oneshot.channel<string>();

    rx.drop();

    expect(errorOf(() => tx.send('tea'))).toBeInstanceOf(SendError);
    expect(tx.isClosed()).toBe(true);
  });

  it('disposes a value that nobody has taken', () => {
    const log: string[] = [];
    const [tx, rx] = oneshot.channel<Disposable>();
    tx.send({ [Symbol.dispose]: () => void log.push('disposed') });

    rx.drop();

    expect(log).toEqual(['disposed']);
  });

  it('leaves alone a value that was taken', () => {
    const log: string[] = [];
    const [tx, rx] = oneshot.channel<Disposable>();
    tx.send({ [Symbol.dispose]: () => void log.push('disposed') });
    ready(rx);

    rx.drop();

    expect(log).toEqual([]);
  });
});

describe('a oneshot sender', () => {
  it('sends once: a second value comes back', () => {
    const [tx, rx] = oneshot.channel<string>();
    tx.send('tea');

    expect(errorOf(() => tx.send('more tea'))).toMatchObject({ value: 'more tea' });
    expect(ready(rx)).toBe('tea');
  });

  it('that was dropped sends nothing', () => {
    const [tx] = oneshot.channel<string>();
    tx[Symbol.dispose]();

    expect(errorOf(() => tx.send('tea'))).toBeInstanceOf(SendError);
  });

  it('dropped after it has sent changes nothing', () => {
    const [tx, rx] = oneshot.channel<string>();
    tx.send('tea');

    tx[Symbol.dispose]();

    expect(ready(rx)).toBe('tea');
  });
});

describe('tryRecv', () => {
  it('takes the value if it is there', () => {
    const [tx, rx] = oneshot.channel<string>();
    tx.send('tea');

    expect(rx.tryRecv()).toBe('tea');
  });

  it('says that the value may still come', () => {
    const [, rx] = oneshot.channel<string>();

    const error = errorOf(() => rx.tryRecv()) as TryRecvError;

    expect([error.isEmpty(), error.isDisconnected()]).toEqual([true, false]);
  });

  it.each<[string, (tx: oneshot.Sender<string>, rx: oneshot.Receiver<string>) => void]>([
    ['the sender was dropped', (tx) => tx[Symbol.dispose]()],
    ['the receiver has closed', (_, rx) => rx.close()],
    ['the value was taken', (tx, rx) => [tx.send('tea'), rx.tryRecv()]],
  ])('says that none will come after %s', (_, end) => {
    const [tx, rx] = oneshot.channel<string>();
    end(tx, rx);

    const error = errorOf(() => rx.tryRecv()) as TryRecvError;

    expect([error.isEmpty(), error.isDisconnected()]).toEqual([false, true]);
  });
});

describe('close', () => {
  it('refuses what is sent later', () => {
    const [tx, rx] = oneshot.channel<string>();

    rx.close();

    expect(errorOf(() => tx.send('tea'))).toMatchObject({ value: 'tea' });
    expect(errorOf(() => ready(rx))).toBeInstanceOf(RecvError);
  });

  it('keeps what was sent before', () => {
    const [tx, rx] = oneshot.channel<string>();
    tx.send('tea');

    rx.close();

    expect(ready(rx)).toBe('tea');
  });

  it('wakes a receiver that waits elsewhere', () => {
    const [, rx] = oneshot.channel<string>();
    const receiver = byHand(rx);
    receiver.poll();

    rx.close();

    expect(receiver.wakes).toBe(1);
    expect(errorOf(() => receiver.poll())).toBeInstanceOf(RecvError);
  });
});

describe('a task that gave up waiting for a lent receiver', () => {
  it('and closes it is polled once, in vain: another branch of it might wait', async () => {
    const polls = await pollsOf(function* () {
      const [, rx] = oneshot.channel<string>();
      yield* select({ answer: ref(rx), nap: sleep(10) });
      rx.close();
      yield* sleep(10);
    });

    expect(polls).toBe(4);
  });
});

describe('closed', () => {
  it.each<[string, (rx: oneshot.Receiver<string>) => void]>([
    ['closes', (rx) => rx.close()],
    ['is dropped', (rx) => rx.drop()],
  ])('wakes its task once when the receiver %s', (_, end) => {
    const [tx, rx] = oneshot.channel<string>();
    const closed = byHand(tx.closed());
    expect(closed.poll()).toBe(Pending);

    end(rx);

    expect(closed.wakes).toBe(1);
    expect(closed.poll()).toBeUndefined();
  });

  it('dropped while it waits wakes nobody', () => {
    const [tx, rx] = oneshot.channel<string>();
    const closed = byHand(tx.closed());
    closed.poll();

    closed.drop();
    rx.close();

    expect(closed.wakes).toBe(0);
  });

  it('dropped does not take the wake of another that waits', () => {
    const [tx, rx] = oneshot.channel<string>();
    const [quitter, other] = [byHand(tx.closed()), byHand(tx.closed())];
    quitter.poll();
    other.poll();

    quitter.drop();
    rx.close();

    expect(other.wakes).toBe(1);
  });
});

it('a receiver that nobody awaits is not a future that somebody forgot', async () => {
  const forgotten: unknown[] = [];

  await run(
    function* () {
      oneshot.channel();
    },
    { observer: (event) => event.kind === 'future.unawaited' && forgotten.push(event) },
  );

  expect(forgotten).toEqual([]);
});
