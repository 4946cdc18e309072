/** What the primitives tell a trace: every operation once, with its numbers. */
import {
  type Async,
  Barrier,
  broadcast,
  CancellationToken,
  Mutex,
  mpsc,
  Notify,
  OnceCell,
  oneshot,
  RwLock,
  Semaphore,
  SetOnce,
  spawn,
  watch,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { byHand, ready } from '../../support/hand-poll.ts';
import { told } from '../../support/told.ts';

describe('an mpsc channel tells', () => {
  it('what is sent and received, who has to wait, and once that it is closed', async () => {
    const lines = await told(function* () {
      const [tx, rx] = mpsc.channel<string>(1);
      const permit = yield* tx.reserve();
      const send = byHand(tx.send('coffee'));
      send.poll();
      permit.send('tea');
      yield* rx.recv();
      send.poll();
      rx.close();
      rx.close();
      tx[Symbol.dispose]();
      rx[Symbol.dispose]();
    });

    expect(lines).toEqual([
      'channel 1 created (mpsc, capacity 1)',
      'main: channel 1 reserved, length 0, capacity 1',
      'main: channel 1 full, length 0, capacity 1',
      'main: channel 1 sent, length 1, capacity 1',
      'main: channel 1 received, length 0, capacity 1',
      'main: channel 1 granted, to null, permits 1',
      'main: channel 1 sent, length 1, capacity 1',
      'main: channel 1 closed, by receiver',
      'main: channel 1 discarded, length 0, capacity 1',
    ]);
  });

  it('what is reserved and returned, but nothing of reserving no room', async () => {
    const lines = await told(function* () {
      const [tx] = mpsc.channel<string>(2);
      (yield* tx.reserve())[Symbol.dispose]();
      (yield* tx.reserveMany(0))[Symbol.dispose]();
    });

    expect(lines).toEqual([
      'channel 1 created (mpsc, capacity 2)',
      'main: channel 1 reserved, length 0, capacity 2',
      'main: channel 1 returned, length 0, capacity 2',
    ]);
  });

  it('that its senders are gone once the last permit is used', async () => {
    const lines = await told(function* () {
      const [tx] = mpsc.channel<string>(1);
      const permit = yield* tx.reserve();
      tx[Symbol.dispose]();
      permit.send('tea');
    });

    expect(lines.slice(2)).toEqual([
      'main: channel 1 disposed, sender 1, senders 0',
      'main: channel 1 sent, length 1, capacity 1',
      'main: channel 1 closed, by senders',
    ]);
  });

  it.each([
    ['mpsc', () => mpsc.channel<string>(1)],
    ['unbounded mpsc', () => mpsc.unboundedChannel<string>()],
    ['broadcast', () => broadcast.channel<string>(1)],
    ['watch', () => watch.channel('tea')],
  ] as const)(
    '%s: that there is one more sender, which one is gone, and of the last one that it is closed',
    async (_, make) => {
      const lines = await told(function* () {
        const [tx, rx] = make();
        const second = tx.clone();
        const third = second.clone();
        second[Symbol.dispose]();
        tx[Symbol.dispose]();
        third[Symbol.dispose]();
        rx[Symbol.dispose]();
      });

      expect(lines.map((line) => line.replace(/^main: \w+ 1 /, '')).slice(1, 6)).toEqual([
        'cloned, sender 2, senders 2',
        'cloned, sender 3, senders 3',
        'disposed, sender 2, senders 2',
        'disposed, sender 1, senders 1',
        'closed, by senders',
      ]);
    },
  );

  it('that a weak sender became a sender', async () => {
    const lines = await told(function* () {
      const [tx] = mpsc.channel<string>(1);
      const [loud] = broadcast.channel<string>(1);
      tx.downgrade().upgrade();
      loud.downgrade().upgrade();
    });

    expect(lines.slice(2)).toEqual([
      'main: channel 1 cloned, sender 2, senders 2',
      'main: broadcast 1 cloned, sender 2, senders 2',
    ]);
  });

  it('whom it has granted room to', async () => {
    const lines = await told(function* () {
      const [tx, rx] = mpsc.channel<string>(1);
      tx.trySend('tea');
      spawn(tx.send('coffee'), { name: 'barista' });
      yield* yieldNow();
      rx.tryRecv();
    });

    expect(lines).toContain('main: channel 1 granted, to barista, permits 1');
  });

  it('that it has no limit, and nothing of messages when none was in it', async () => {
    const lines = await told(function* () {
      const [tx] = mpsc.unboundedChannel<string>();
      tx.send('tea');
      const [, rx] = mpsc.unboundedChannel<string>();
      rx[Symbol.dispose]();
      yield* yieldNow();
    });

    expect(lines).toEqual([
      'channel 1 created (mpsc, unbounded)',
      'main: channel 1 sent, length 1, capacity null',
      'channel 2 created (mpsc, unbounded)',
      'main: channel 2 closed, by receiver',
    ]);
  });
});

describe('a oneshot channel tells', () => {
  it.each<[string, (tx: oneshot.Sender<string>, rx: oneshot.Receiver<string>) => void, string[]]>([
    [
      'what is sent and received',
      (tx, rx) => {
        tx.send('tea');
        ready(rx);
      },
      ['sent, length 1, capacity 1', 'received, length 0, capacity 1'],
    ],
    [
      'that the sender is gone, and nothing of a receiver that closes then',
      (tx, rx) => {
        tx[Symbol.dispose]();
        rx.close();
      },
      ['closed, by senders'],
    ],
    [
      'once that the receiver has closed it',
      (_tx, rx) => {
        rx.close();
        rx.close();
      },
      ['closed, by receiver'],
    ],
    [
      'that nobody received what was sent',
      (tx, rx) => {
        tx.send('tea');
        rx.drop();
      },
      ['sent, length 1, capacity 1', 'discarded, length 0, capacity 1'],
    ],
  ])('%s', async (_, act, expected) => {
    const lines = await told(function* () {
      act(...oneshot.channel<string>());
      yield* yieldNow();
    });

    expect(lines).toEqual(['oneshot 1 created', ...expected.map((what) => `main: oneshot 1 ${what}`)]);
  });
});

describe('a lock tells', () => {
  it('who waits, who gives up, who gives it back and who gets it', async () => {
    const lines = await told(function* () {
      const mutex = new Mutex(0);
      function* lock(): Async<void> {
        using _guard = yield* mutex.lock();
      }
      const guard = yield* mutex.lock();
      const patient = spawn(lock(), { name: 'patient' });
      yield* yieldNow();
      const quitter = byHand(mutex.lock());
      quitter.poll();
      quitter.drop();
      guard[Symbol.dispose]();
      yield* patient;
    });

    expect(lines).toEqual([
      'mutex 1 created',
      'main: mutex 1 acquired, permits 1, available 0, granted false',
      'patient: mutex 1 contended, permits 1, available 0',
      'main: mutex 1 contended, permits 1, available 0',
      'main: mutex 1 abandoned, granted false',
      'main: mutex 1 released, holder main, permits 1, available 1',
      'main: mutex 1 granted, to patient, permits 1',
      'patient: mutex 1 acquired, permits 1, available 0, granted true',
      'patient: mutex 1 released, holder patient, permits 1, available 1',
    ]);
  });

  it('who had it, also when it became a reader in the hands of another', async () => {
    const lines = await told(function* () {
      const writer = yield* new RwLock(0).write();
      yield* spawn(
        (function* (): Async<void> {
          using _reader = writer.downgrade();
        })(),
        { name: 'heir' },
      );
    });

    expect(lines.at(-1)).toBe('heir: rwlock 1 released, holder main, permits 1, available 536870911');
  });

  it('that a writer became a reader', async () => {
    const lines = await told(function* () {
      const lock = new RwLock(0);
      const reader = (yield* lock.write()).downgrade();
      reader[Symbol.dispose]();
    });

    expect(lines).toEqual([
      'rwlock 1 created',
      'main: rwlock 1 acquired, permits 536870911, available 0, granted false',
      'main: rwlock 1 downgraded, holder main, permits 536870910, available 536870910',
      'main: rwlock 1 released, holder main, permits 1, available 536870911',
    ]);
  });
});

it('a semaphore tells what is taken, awaited, added, forgotten, and once that it is closed', async () => {
  const lines = await told(function* () {
    const semaphore = new Semaphore(3);
    const two = yield* semaphore.acquireMany(2);
    const many = byHand(semaphore.acquireMany(4));
    many.poll();
    semaphore.addPermits(1);
    many.drop();
    semaphore.forgetPermits(1);
    two.forget();
    two.forget();
    semaphore.tryAcquireMany(0)[Symbol.dispose]();
    semaphore.close();
    semaphore.close();
  });

  expect(lines).toEqual([
    'semaphore 1 created (3 permits)',
    'main: semaphore 1 acquired, permits 2, available 1, granted false',
    'main: semaphore 1 contended, permits 4, available 0',
    'main: semaphore 1 added, permits 1, available 1',
    'main: semaphore 1 abandoned, granted false',
    'main: semaphore 1 forgotten, permits 1, available 1',
    'main: semaphore 1 released, holder main, permits 2, available 1',
    'main: semaphore 1 forgotten, permits 2, available 1',
    'main: semaphore 1 acquired, permits 0, available 1, granted false',
    'main: semaphore 1 closed, by us',
  ]);
});

it('a notify tells how many it has reached, and what it stores, uses up and passes on', async () => {
  const lines = await told(function* () {
    const bell = new Notify();
    bell.notifyOne();
    yield* bell.notified();
    const [first, second, third] = [byHand(bell.notified()), byHand(bell.notified()), byHand(bell.notified())];
    for (const waiter of [first, second, third]) waiter.poll();
    bell.notifyOne();
    first.drop();
    ready(second);
    bell.notifyWaiters();
    third.drop();
  });

  expect(lines).toEqual([
    'notify 1 created',
    'main: notify 1 notified, waiters 0, stored true',
    'main: notify 1 consumed',
    'main: notify 1 notified, waiters 1, stored false',
    'main: notify 1 abandoned, granted true',
    'main: notify 1 notified, waiters 1, stored false',
    'main: notify 1 notified, waiters 1, stored false',
    'main: notify 1 abandoned, granted false',
  ]);
});

it('a notify tells that what was meant for the last one is handed back', async () => {
  const lines = await told(function* () {
    const bell = new Notify();
    const waiter = byHand(bell.notified());
    waiter.poll();
    bell.notifyLast();
    waiter.drop();
  });

  expect(lines.slice(2)).toEqual([
    'main: notify 1 abandoned, granted true',
    'main: notify 1 notified, waiters 0, stored true',
  ]);
});

it('a barrier tells who arrives', async () => {
  const lines = await told(function* () {
    const barrier = new Barrier(2);
    byHand(barrier.wait()).poll();
    yield* barrier.wait();
  });

  expect(lines).toEqual([
    'barrier 1 created (for 2)',
    'main: barrier 1 arrived, count 1, size 2',
    'main: barrier 1 arrived, count 2, size 2',
  ]);
});

it('a cell tells who makes its value', async () => {
  const lines = await told(function* () {
    yield* new OnceCell<string>().getOrInit(function* () {
      return 'tea';
    });
    new SetOnce<string>().set('tea');
  });

  expect(lines).toEqual([
    'once 1 created',
    'main: once 1 acquired, permits 1, available 0, granted false',
    'main: once 1 initialized',
    'main: once 1 released, holder main, permits 1, available 1',
    'once 2 created',
    'main: once 2 initialized',
  ]);
});

it('a token tells of everybody below it, once each', async () => {
  const lines = await told(function* () {
    const root = new CancellationToken();
    const child = root.childToken();
    const tokens = [child, child.childToken(), root.childToken(), child.childToken().childToken()];
    for (const token of tokens) byHand(token.cancelled()).poll();
    root.cancel();
  });

  expect(lines.filter((line) => line.includes('cancelled')).toSorted()).toEqual(
    Array.from({ length: 6 }, (_, i) => `main: token ${i + 1} cancelled`),
  );
});

it('a channel of many tells that it was made', async () => {
  const lines = await told(function* () {
    broadcast.channel(2);
    watch.channel(0);
  });

  expect(lines).toEqual(['broadcast 1 created (broadcast, capacity 2)', expect.stringContaining('watch 1 created')]);
});

it('a token tells once that it is cancelled', async () => {
  const lines = await told(function* () {
    const token = new CancellationToken();
    token.cancel();
    token.cancel();
    yield* token.cancelled();
  });

  expect(lines).toEqual(['token 1 created', 'main: token 1 cancelled']);
});
