/** What holds for everything that waits for permits, whatever they are permits for. */
import {
  type Awaitable,
  type Future,
  Mutex,
  mpsc,
  Pending,
  PolledAfterCompletionError,
  RwLock,
  Semaphore,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { byHand } from '../../support/hand-poll.ts';
import { told } from '../../support/told.ts';

/** Something of which there is one, and which is taken. */
interface Taken {
  wait(): Future<unknown>;
  giveBack(): void;
  isFree(): boolean;
}

function mutex(): Taken {
  const mutex = new Mutex(0);
  const guard = mutex.tryLock();
  return {
    wait: () => mutex.lock(),
    giveBack: () => guard?.[Symbol.dispose](),
    isFree: () => mutex.tryLock() !== undefined,
  };
}

function rwlock(mode: 'read' | 'write'): () => Taken {
  return () => {
    const lock = new RwLock(0);
    const guard = lock.tryWrite();
    return {
      wait: () => lock[mode](),
      giveBack: () => guard?.[Symbol.dispose](),
      isFree: () => lock.tryWrite() !== undefined,
    };
  };
}

function semaphore(): Taken {
  const semaphore = new Semaphore(1);
  const permit = semaphore.tryAcquire();
  return {
    wait: () => semaphore.acquire(),
    giveBack: () => permit[Symbol.dispose](),
    isFree: () => semaphore.availablePermits > 0,
  };
}

function channel(wait: (tx: mpsc.Sender<string>) => Future<unknown>): () => Taken {
  return () => {
    const [tx, rx] = mpsc.channel<string>(1);
    tx.trySend('tea');
    return { wait: () => wait(tx), giveBack: () => rx.tryRecv(), isFree: () => tx.capacity > 0 };
  };
}

describe.each<[string, () => Taken]>([
  ['lock()', mutex],
  ['read()', rwlock('read')],
  ['write()', rwlock('write')],
  ['acquire()', semaphore],
  ['send()', channel((tx) => tx.send('coffee'))],
  ['reserve()', channel((tx) => tx.reserve())],
  ['reserveMany(1)', channel((tx) => tx.reserveMany(1))],
])('%s', (label, make) => {
  it('keeps what it has got, when it is dropped after its answer', () => {
    const one = make();
    const wait = byHand(one.wait() as Awaitable<unknown>);
    expect(wait.poll()).toBe(Pending);
    one.giveBack();
    expect(wait.poll()).not.toBe(Pending);

    wait.drop();

    expect(one.isFree()).toBe(false);
  });

  it('leaves the line once, however often it is dropped', () => {
    const one = make();
    const [quitter, next] = [byHand(one.wait()), byHand(one.wait())];
    quitter.poll();
    next.poll();
    one.giveBack();

    quitter.drop();
    quitter.drop();

    expect([next.wakes, next.poll() === Pending, one.isFree()]).toEqual([1, false, false]);
  });

  it('tells once that it gave up', async () => {
    const lines = await told(function* () {
      const wait = byHand(make().wait());
      wait.poll();
      wait.drop();
      wait.drop();
    });

    expect(lines.filter((line) => line.includes('abandoned'))).toHaveLength(1);
  });

  it('cannot be polled any more when it was dropped', () => {
    const one = make();
    const wait = byHand(one.wait());
    wait.drop();
    one.giveBack();

    expect(() => wait.poll()).toThrow(PolledAfterCompletionError);
  });

  it('goes by its name', () => {
    expect(make().wait().label).toBe(label);
  });
});

it('a message whose send is dropped twice is dropped once', () => {
  let drops = 0;
  const cup = {
    [Symbol.dispose]() {
      drops += 1;
    },
  };
  const [tx] = mpsc.channel<typeof cup>(1);
  const send = byHand(tx.send(cup));

  send.drop();
  send.drop();

  expect(drops).toBe(1);
});
