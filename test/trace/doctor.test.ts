import {
  type Async,
  Barrier,
  broadcast,
  CancellationToken,
  type Context,
  duplex,
  Future,
  JoinSet,
  join,
  Mutex,
  mpsc,
  Notify,
  OnceCell,
  oneshot,
  Pending,
  type Poll,
  pending,
  RwLock,
  ref,
  Semaphore,
  select,
  sleep,
  spawn,
  TaskTracker,
  watch,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { examined, namesOf, reportOf, saidOf } from '../support/examined.ts';
import { both, philosophers } from '../support/philosophers.ts';

describe('a circle of locks', () => {
  it('is told with who holds what, and drawn', async () => {
    const doctor = await examined(() => philosophers(3));

    expect(doctor.diagnoses('/')[0]).toMatchObject({
      name: 'lock-cycle',
      circle: ['p0', 'mutex 2', 'p1', 'mutex 3', 'p2', 'mutex 1', 'p0'],
    });
    expect(await saidOf(() => philosophers(2))).toEqual([
      'p0 waits for mutex 2 at here, which p1 holds since here; p1 waits for mutex 1 at here, which p0 holds since here.',
    ]);
  });

  it('names the lines where each lock was taken and where the other one is awaited', async () => {
    const [finding] = (await examined(() => philosophers(2))).diagnoses('/');
    const lines = [...(finding?.text.matchAll(/philosophers\.ts:(\d+)/g) ?? [])].map(([, line]) => Number(line));

    // The second lock stands two lines below the first one.
    expect(lines).toHaveLength(4);
    expect((lines[0] as number) - (lines[1] as number)).toBe(2);
  });

  it('names the line of a lock that was waited for before it was taken', async () => {
    const said = (
      await examined(function* () {
        const mutex = new Mutex(0);
        const first = yield* mutex.lock();
        const second = spawn(
          (function* (): Async<void> {
            using _guard = yield* mutex.lock();
            yield* mutex.lock();
          })(),
          { name: 'ada' },
        );
        yield* yieldNow();
        first[Symbol.dispose]();
        yield* second;
      })
    ).diagnoses('/')[0]?.text;
    const [awaited, taken] = [...(said?.matchAll(/doctor\.test\.ts:(\d+)/g) ?? [])].map(([, line]) => Number(line));

    expect((awaited as number) - (taken as number)).toBe(1);
  });

  it('is found through an rwlock and a semaphore, too', async () => {
    expect(
      await namesOf(function* () {
        const lock = new RwLock(0);
        const permits = new Semaphore(1);
        yield* join(
          spawn(
            (function* (): Async<void> {
              using _writes = yield* lock.write();
              yield* yieldNow();
              yield* permits.acquire();
            })(),
          ),
          spawn(
            (function* (): Async<void> {
              using _permit = yield* permits.acquire();
              yield* yieldNow();
              yield* lock.read();
            })(),
          ),
        );
      }),
    ).toEqual(['lock-cycle']);
  });

  it('is found once, however many wait outside of it', async () => {
    const doctor = await examined(function* () {
      const [left, right] = [new Mutex(0), new Mutex(0)];
      spawn(both(left, right), { name: 'ada' });
      spawn(both(right, left), { name: 'bob' });
      yield* yieldNow();
      for (let n = 0; n < 1000; n++) spawn(left.lock(), { name: `guest ${n}` });
      yield* pending();
    });

    expect(doctor.diagnoses('/').map(({ name }) => name)).toEqual(['lock-cycle', 'nobody-left']);
    expect(reportOf(doctor)).toContain('guest 0, guest 1 and 998 more');
    expect(reportOf(doctor).split('\n').length).toBeLessThan(40);
  });
});

describe('a lock that its own holder waits for', () => {
  it('is told as such, also where the guard came from tryLock', async () => {
    const said = await saidOf(function* () {
      const mutex = new Mutex(0);
      using _guard = mutex.tryLock();
      yield* mutex.lock();
    });

    expect(said).toEqual(['main waits for mutex 1 at here, which main itself holds since here.']);
  });

  it('is no finding of its own where another branch of the task is what does not go on', async () => {
    expect(
      await namesOf(function* () {
        const mutex = new Mutex(0);
        const bell = new Notify();
        function* slow(): Async<void> {
          using _guard = yield* mutex.lock();
          yield* bell.notified();
        }
        yield* join(slow(), mutex.lock());
      }),
    ).toEqual(['nobody-left']);
  });

  it('is one where nothing else explains it', async () => {
    expect(
      await namesOf(function* () {
        const mutex = new Mutex(0);
        using _guard = yield* mutex.lock();
        yield* join(mutex.lock(), mutex.lock());
      }),
    ).toEqual(['self-lock']);
  });
});

describe('futurelock', () => {
  const lentAndLeft = (mutex: Mutex<number>) =>
    function* (): Async<void> {
      const guard = yield* mutex.lock();
      const early = mutex.lock();
      yield* select({ early: ref(early), impatience: sleep(1) });
      guard[Symbol.dispose]();
      yield* mutex.lock();
    };

  it('is told with the place where the future began to wait', async () => {
    expect(await saidOf(lentAndLeft(new Mutex(0)))).toEqual([
      'mutex 1 was given to a future of main that began to wait at here, and main does not poll it any more: it waits for lock() on mutex 1 at here instead.',
    ]);
  });

  it('names the line of the future that was left, and the line where its task waits instead', async () => {
    const [finding] = (await examined(lentAndLeft(new Mutex(0)))).diagnoses('/');
    const [left, instead] = [...(finding?.text.matchAll(/doctor\.test\.ts:(\d+)/g) ?? [])].map(([, n]) => Number(n));

    expect(left).toBeLessThan(instead as number);
    expect(finding?.location?.line).toBe(left);
  });

  it('names the one that stood in line first, of several that were left', async () => {
    const [finding] = (await examined(twoInLine(new Mutex(0), false))).diagnoses('/');

    expect(finding?.name).toBe('futurelock');
    expect(finding?.location?.fn).toBe('one');
  });

  it('names the next one if that one has got the lock', async () => {
    const [finding] = (await examined(twoInLine(new Mutex(0), true))).diagnoses('/');

    expect(finding?.name).toBe('futurelock');
    expect(finding?.location?.fn).toBe('two');
  });

  /** Lets two futures stand in line, and leaves both of them there, or the second one. */
  function twoInLine(mutex: Mutex<number>, awaitsFirst: boolean) {
    function* one(): Async<void> {
      using _guard = yield* mutex.lock();
    }
    function* two(): Async<void> {
      using _guard = yield* mutex.lock();
    }
    return function* (): Async<void> {
      {
        using _before = yield* mutex.lock();
        yield* select({ taken: mutex.lock(), impatience: sleep(1) });
      }
      const guard = yield* mutex.lock();
      const [first, second] = [one(), two()];
      yield* select({ first: ref(first), impatience: sleep(1) });
      yield* select({ first: ref(first), second: ref(second), impatience: sleep(1) });
      guard[Symbol.dispose]();
      if (awaitsFirst) yield* first;
      yield* mutex.lock();
    };
  }

  it('is found where another task is the one who waits', async () => {
    expect(
      await namesOf(function* () {
        const mutex = new Mutex(0);
        const guard = yield* mutex.lock();
        const early = mutex.lock();
        yield* select({ early: ref(early), impatience: sleep(1) });
        guard[Symbol.dispose]();
        yield* spawn(mutex.lock(), { name: 'bob' });
      }),
    ).toEqual(['futurelock']);
  });

  it('is found with room in a channel', async () => {
    const said = await saidOf(function* () {
      const [tx, rx] = mpsc.channel<number>(1);
      using sender = tx;
      yield* sender.send(1);
      const second = sender.send(2);
      yield* select({ second: ref(second), impatience: sleep(1) });
      yield* rx.recv();
      yield* sender.send(3);
    });

    expect(said[0]).toMatch(/^room in channel 1 was given to a future of main that began to wait at here/);
  });

  it('is not what it is called where the lock is picked up', async () => {
    expect(
      await namesOf(function* () {
        const mutex = new Mutex(0);
        const guard = yield* mutex.lock();
        const early = mutex.lock();
        yield* select({ early: ref(early), impatience: sleep(1) });
        guard[Symbol.dispose]();
        using _early = yield* early;
        yield* pending();
      }),
    ).toEqual(['nobody-left']);
  });
});

describe('a receiver that waits for ever', () => {
  it('is told which sender was never dropped, where it was made, and who has sent through it', async () => {
    const said = await saidOf(function* () {
      const [tx, rx] = mpsc.channel<number>(8);
      {
        using first = tx;
        spawn(first.clone().send(1), { name: 'ada' });
      }
      while ((yield* rx.recv()) !== undefined);
    });

    expect(said).toEqual([
      'main waits for a message of channel 1 at here, and nobody will send one: sender 2 of channel 1, made by main at here, was never dropped (ada sent through it and has ended).',
    ]);
  });

  it('is told that the sender is its own, where it is dropped with it', async () => {
    const said = await saidOf(function* () {
      const [tx, rx] = mpsc.channel<number>(8);
      using _mine = tx;
      yield* rx.recv();
    });

    expect(said).toEqual([
      'main waits for a message of channel 1 at here, and the only one who could send it is main itself.',
    ]);
  });

  it('waits for whoever has the sender, if that one is stuck as well', async () => {
    const said = await saidOf(function* () {
      const [tx, rx] = mpsc.channel<number>(8);
      const mutex = new Mutex(0);
      using _guard = yield* mutex.lock();
      spawn(
        (function* (): Async<void> {
          using sender = tx;
          yield* mutex.lock();
          yield* sender.send(1);
        })(),
        { name: 'ada' },
      );
      yield* rx.recv();
    });

    expect(said).toEqual([
      'main waits for a message of channel 1 at here, which ada could send; ada waits for mutex 1 at here, which main holds since here.',
    ]);
  });

  it('takes who has sent and is alive for the one who has a sender that nobody drops', async () => {
    expect(
      await namesOf(function* () {
        const [tx, rx] = mpsc.channel<number>(8);
        const bell = new Notify();
        spawn(
          (function* (): Async<void> {
            yield* tx.send(1);
            yield* bell.notified();
          })(),
        );
        while ((yield* rx.recv()) !== undefined);
      }),
    ).toEqual(['nobody-left']);
  });

  it.each<[string, () => Async<unknown>]>([
    [
      'a message of broadcast 1',
      function* () {
        const [, rx] = broadcast.channel<number>(8);
        yield* rx.recv();
      },
    ],
    [
      'a new value of watch 1',
      function* () {
        const [, rx] = watch.channel(1);
        yield* rx.changed();
      },
    ],
    [
      'the value of oneshot 1',
      function* () {
        const [, rx] = oneshot.channel<number>();
        yield* rx;
      },
    ],
  ])('waits for %s', async (what, main) => {
    expect((await saidOf(main))[0]).toMatch(new RegExp(`^main waits for ${what} at here, and nobody will send one`));
  });
});

describe('who is taken for a sender', () => {
  it('is nobody whose sender is dropped', async () => {
    const report = reportOf(
      await examined(function* () {
        const [tx, rx] = mpsc.channel<number>(8);
        const bell = new Notify();
        spawn(
          (function* (): Async<void> {
            tx.clone()[Symbol.dispose]();
            yield* bell.notified();
          })(),
          { name: 'ada' },
        );
        yield* rx.recv();
      }),
    );

    expect(report).toContain('sender 1 was never dropped');
    expect(report).not.toContain('ada could send');
  });

  it('is named once, however many senders it has', async () => {
    const report = reportOf(
      await examined(function* () {
        const [tx, rx] = mpsc.channel<number>(8);
        spawn(
          (function* (): Async<void> {
            using _one = tx;
            using _two = tx.clone();
            yield* new Notify().notified();
          })(),
          { name: 'ada' },
        );
        yield* rx.recv();
      }),
    );

    expect(report.match(/ada could send/g)).toHaveLength(1);
  });
});

describe('who is taken for the receiver', () => {
  /** Fills a channel of one, and waits for room. */
  function* fill(tx: mpsc.Sender<number>): Async<void> {
    for (let n = 0; ; n++) yield* tx.send(n);
  }

  it('is whoever has waited for a message before', async () => {
    const said = await saidOf(function* () {
      const [tx, rx] = mpsc.channel<number>(1);
      yield* select({ message: rx.recv(), impatience: sleep(1) });
      yield* spawn(fill(tx), { name: 'ada' });
    });

    expect(said[0]).toMatch(/and main is the one who receives\.$/);
  });

  it('is whoever has received without waiting', async () => {
    const said = await saidOf(function* () {
      const [tx, rx] = mpsc.channel<number>(1);
      const filler = spawn(fill(tx), { name: 'ada' });
      yield* yieldNow();
      rx.tryRecv();
      yield* filler;
    });

    expect(said[0]).toMatch(/and main is the one who receives\.$/);
  });

  it('is with whom it is dropped, also where there is no message in the channel', async () => {
    const said = await saidOf(function* () {
      const [tx, rx] = mpsc.channel<number>(1);
      using _receiver = rx;
      using _room = yield* tx.reserve();
      yield* tx.send(1);
    });

    expect(said).toEqual(['main waits for room in channel 1 at here, and main itself is the one who receives.']);
  });
});

describe('a full channel', () => {
  it('is told with who would have to receive', async () => {
    const said = await saidOf(function* () {
      const [tx, rx] = mpsc.channel<number>(1);
      using _receiver = rx;
      using sender = tx;
      yield* sender.send(1);
      yield* sender.send(2);
    });

    expect(said).toEqual(['main waits for room in channel 1 at here, and main itself is the one who receives.']);
  });

  it('is told as one that nobody receives from, where nobody has the receiver', async () => {
    const said = await saidOf(function* () {
      const [tx] = mpsc.channel<number>(1);
      yield* tx.send(1);
      yield* tx.send(2);
    });

    expect(said).toEqual(['main waits for send() on channel 1 at here, and nobody receives from it.']);
  });
});

describe('a forgotten yield*', () => {
  it('comes first, and says where it is missing', async () => {
    const said = await saidOf(function* () {
      const [tx, rx] = mpsc.channel<number>(8);
      using sender = tx;
      sender.send(1);
      yield* rx.recv();
    });

    expect(said[0]).toBe(
      'send() on channel 1 was made at here and never awaited, so it did nothing: did you forget yield*?',
    );
  });

  it('is left to the lint where nobody waits for what it would have done', async () => {
    expect(
      await namesOf(function* () {
        sleep(1);
        yield* pending();
      }),
    ).toEqual(['nobody-left']);
  });
});

describe('a lost waker', () => {
  class Never extends Future<void> {
    poll(_: Context): Poll<void> {
      return Pending;
    }
  }

  it('is that of a future by hand that told nobody', async () => {
    expect(await saidOf(() => new Never() as never)).toEqual([
      'main waits for Never at here, and nobody is left who could call its waker.'.replace(' at here', ''),
    ]);
  });
});

describe('a wait that nobody is left to end', () => {
  it.each<[string, () => Async<unknown>]>([
    ['notified() on notify 1 at here, and nobody is left who could notify it', () => wrapped(new Notify().notified())],
    [
      'cancelled() on token 1 at here, and nobody is left who could cancel it',
      () => wrapped(new CancellationToken().cancelled()),
    ],
    [
      'acquire() on semaphore 1 at here, and nobody holds permits that could come back: there are too few',
      () => wrapped(new Semaphore(0).acquire()),
    ],
    [
      'wait() on tracker 1 at here, and it is not closed, or tasks that it tracks have not ended',
      () => wrapped(new TaskTracker().wait()),
    ],
    ['pending() at here, and that never ends, on purpose', () => wrapped(pending())],
  ])('%s', async (text, main) => {
    expect(await saidOf(main)).toEqual([`main waits for ${text}.`]);
  });

  it('also at a barrier that was passed before', async () => {
    const said = await saidOf(function* () {
      const gate = new Barrier(2);
      yield* join(gate.wait(), gate.wait());
      yield* gate.wait();
    });

    expect(said[0]).toMatch(/1 of 2 have arrived, and nobody else will come\.$/);
  });

  it('also at the end of a pipe', async () => {
    const said = await saidOf(function* () {
      const [ours, _theirs] = duplex(64);
      yield* ours.read(new Uint8Array(1));
    });

    expect(said[0]).toMatch(/and nobody is left who would write\.$/);
  });
});

function* wrapped(future: Future<unknown>): Async<void> {
  yield* future;
}

describe('waits for members and makers', () => {
  it('a join set waits for those who are in it', async () => {
    const report = reportOf(
      await examined(function* () {
        const set = new JoinSet<void>();
        set.spawn(new Notify().notified(), { name: 'ada' });
        yield* set.joinNext();
      }),
    );

    expect(report).toContain('joinNext() on joinset 1 at here\n                ada has not ended');
  });

  it('a cell waits for whoever makes its value', async () => {
    const said = await saidOf(function* () {
      const cell = new OnceCell<number>();
      function* init(): Async<number> {
        yield* cell.getOrInit(init);
        return 1;
      }
      yield* cell.getOrInit(init);
    });

    expect(said[0]).toMatch(/^main waits for once 1 at here, which main itself holds/);
  });
});
