import {
  type Async,
  join,
  Mutex,
  type ResourceOp,
  RwLock,
  Semaphore,
  select,
  sleep,
  spawn,
  type TaskRef,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { LONG_HOLD_MS, lockHeldLong } from '../../../src/trace/lints/lock-held-long.ts';
import { at, found, foundIn, sentences } from '../../support/lint-runs.ts';
import { BOB, MAIN } from '../../support/views.ts';

/** Something that is held until it is disposed. */
type Lock = () => Async<Disposable>;

/** One task holds a lock for so long, while another one wants it, too. */
function contest(lock: Lock, hold: number, rival: Lock = lock): () => Async<void> {
  return function* () {
    const ada = function* (): Async<void> {
      using _held = yield* lock();
      yield* sleep(hold);
    };
    const bob = function* (): Async<void> {
      using _held = yield* rival();
    };
    yield* join(spawn(ada(), { name: 'ada' }), spawn(bob(), { name: 'bob' }));
  };
}

function mutex(): Lock {
  const cups = new Mutex(0);
  return function* () {
    return yield* cups.lock();
  };
}

function semaphore(permits: number, taken = 1): Lock {
  const shelf = new Semaphore(permits);
  return function* () {
    return yield* shelf.acquireMany(taken);
  };
}

describe('lock-held-long', () => {
  it('says who held what, for how long, across what, and how many waited', async () => {
    const cups = mutex();
    const main = function* () {
      yield* join(contest(cups, 2000)(), contest(cups, 0)());
    };

    expect(await sentences(lockHeldLong, main)).toEqual([
      'ada held mutex 1 for 2.000 s, 2.000 s of it across sleep(2s), while 3 other tasks waited for it.',
    ]);
  });

  it('lets a second pass', async () => {
    expect(await sentences(lockHeldLong, contest(mutex(), LONG_HOLD_MS))).toEqual([]);
    expect(await sentences(lockHeldLong, contest(mutex(), LONG_HOLD_MS + 1))).toHaveLength(1);
  });

  it('says nothing of a lock that nobody else wants', async () => {
    expect(await sentences(lockHeldLong, contest(mutex(), 5000, mutex()))).toEqual([]);
  });

  it('says nothing of one that somebody wants only afterwards', async () => {
    const cups = mutex();
    const main = function* () {
      yield* contest(cups, 5000, mutex())();
      yield* contest(cups, 1)();
    };

    expect(await sentences(lockHeldLong, main)).toEqual([]);
  });

  it('hears of one who gave up meanwhile', async () => {
    const cups = mutex();
    const main = contest(cups, 5000, function* () {
      yield* select({ held: cups(), patience: sleep(10) });
      return { [Symbol.dispose]() {} };
    });

    expect(await sentences(lockHeldLong, main)).toHaveLength(1);
  });

  it('hears of those who waited for it already when it was handed over', async () => {
    const cups = mutex();
    const main = function* () {
      yield* join(spawn(contest(cups, 10)()), spawn(contest(cups, 2000)()));
    };

    expect(await sentences(lockHeldLong, main)).toEqual([
      'ada held mutex 1 for 2.000 s, 2.000 s of it across sleep(2s), while 1 other task waited for it.',
    ]);
  });

  it('adds up several waits under one lock, and names the longest', async () => {
    const cups = new Mutex(0);
    const main = contest(
      function* () {
        const guard = yield* cups.lock();
        yield* sleep(300);
        yield* sleep(500);
        return guard;
      },
      400,
      function* () {
        return yield* cups.lock();
      },
    );

    expect(await sentences(lockHeldLong, main)).toEqual([
      'ada held mutex 1 for 1.200 s, 500.00 ms of it across sleep(500ms), while 1 other task waited for it.',
    ]);
  });

  it('points at that wait', async () => {
    const [finding] = await found(lockHeldLong, contest(mutex(), 2000));

    expect(finding?.location?.fn).toBe('ada');
    expect(finding?.resource?.name).toBe('mutex 1');
  });

  it('knows one who is aborted while it holds', async () => {
    const cups = mutex();
    const main = function* () {
      const ada = spawn(contest(cups, 5000, mutex())(), { name: 'both' });
      const holder = spawn(nested(cups), { name: 'eve' });
      spawn(cups());
      yield* sleep(2000);
      holder.abort();
      yield* ada;
    };
    const nested = function* (lock: Lock): Async<void> {
      using _held = yield* lock();
      yield* sleep(5000);
    };

    expect(await sentences(lockHeldLong, main)).toContain(
      'eve held mutex 1 for 2.000 s, 2.000 s of it across sleep(5s), while 2 other tasks waited for it.',
    );
  });

  it('says nothing of a task that waits for what it has itself', async () => {
    const main = function* () {
      const cups = mutex();
      const twice = function* (): Async<void> {
        yield* join(hold(cups), hold(cups));
      };
      yield* spawn(twice());
      yield* join(spawn(hold(cups, 10)), spawn(twice()));
    };
    const hold = function* (lock: Lock, ms = 1500): Async<void> {
      using _held = yield* lock();
      yield* sleep(ms);
    };

    expect(await sentences(lockHeldLong, main)).toEqual([]);
  });

  it('forgets who has left the line', async () => {
    const cups = mutex();
    const main = function* () {
      const impatient: Lock = function* () {
        yield* select({ held: cups(), patience: sleep(10) });
        return { [Symbol.dispose]() {} };
      };
      yield* contest(cups, 20, impatient)();
      yield* contest(cups, 2000, mutex())();
    };

    expect(await sentences(lockHeldLong, main)).toEqual([]);
  });

  it('leaves a long computation to another lint: no await, no finding', () => {
    const resource = { id: 1, kind: 'mutex', name: 'mutex 1' } as const;
    const op = (ms: number, task: TaskRef, more: ResourceOp) =>
      at(ms, { kind: 'resource.op', resource, task, ...more });
    const events = [
      op(0, MAIN, { op: 'acquired', permits: 1, available: 0, granted: false, location: null }),
      op(10, BOB, { op: 'contended', permits: 1, available: 0 }),
      op(2000, MAIN, { op: 'released', holder: MAIN, permits: 1, available: 1 }),
    ];

    expect(foundIn(lockHeldLong, events)).toEqual([]);
  });

  it('knows one that is never given back', async () => {
    const cups = new Mutex(0);
    const main = function* () {
      const ada = function* (): Async<void> {
        yield* cups.lock();
        yield* sleep(10);
      };
      spawn(ada(), { name: 'ada' });
      yield* yieldNow();
      yield* select({ lock: cups.lock(), end: sleep(3000) });
    };

    expect(await sentences(lockHeldLong, main)).toEqual([
      'ada held mutex 1 for 3.000 s, 10.00 ms of it across sleep(10ms), while 1 other task waited for it.',
    ]);
  });

  it('finds a writer, and no reader', async () => {
    const book = new RwLock(0);
    const read: Lock = function* () {
      return yield* book.read();
    };
    const write: Lock = function* () {
      return yield* book.write();
    };

    expect(await sentences(lockHeldLong, contest(write, 2000, read))).toHaveLength(1);
    expect(await sentences(lockHeldLong, contest(read, 2000, write))).toEqual([]);
  });

  it('finds who has all of a semaphore, and nobody who has a part of it', async () => {
    expect(await sentences(lockHeldLong, contest(semaphore(1), 2000))).toHaveLength(1);
    expect(await sentences(lockHeldLong, contest(semaphore(3, 3), 2000))).toHaveLength(1);
    const two = semaphore(2);
    const both = function* () {
      yield* join(contest(two, 3000)(), contest(two, 2000)());
    };
    expect(await sentences(lockHeldLong, both)).toEqual([]);
  });
});
