import { connect, type Socket } from 'node:net';
import {
  type Async,
  Barrier,
  broadcast,
  CancellationToken,
  type Context,
  consumeBudget,
  duplex,
  Future,
  fromPromise,
  type JoinHandle,
  JoinSet,
  join,
  Mutex,
  mpsc,
  Notify,
  OnceCell,
  oneshot,
  Pending,
  type Poll,
  Runtime,
  type RuntimeEvent,
  RwLock,
  Semaphore,
  select,
  sleep,
  spawn,
  TaskTracker,
  type Waker,
  watch,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { lessons } from '../../src/examples/index.ts';
import { main as server } from '../../src/examples/server/server.ts';
import { Why } from '../../src/trace/why.ts';
import { chainLines } from '../../src/trace/why-chain.ts';
import { perform } from '../support/perform.ts';
import { run } from '../support/run.ts';
import { BOB, dated, HERE, HOME, MAIN, placeless, textOf, type Undated } from '../support/views.ts';

const PAGE = { width: 80, unicode: true, folder: HOME };
const SOCKET = { id: 8, kind: 'socket', name: 'socket 2' } as const;

/** The sentences of a run after its first polls, without places. */
async function why(main: () => Async<unknown>): Promise<string[]> {
  const view = new Why(PAGE);
  const said: string[] = [];
  await run(main, { observer: (event) => said.push(...view.tell(event).map(sentence)) });
  return said.filter((text) => !text.includes('for the first time'));
}

function sentence(line: Parameters<typeof textOf>[0]): string {
  return placeless(textOf(line).replace(/^.*· /, ''));
}

/** What main is told of, when bob does something while main waits. */
async function whyMain(waits: () => Async<unknown>, does: () => Async<unknown>): Promise<string | undefined> {
  const said = await why(function* () {
    spawn(does(), { name: 'bob' });
    yield* waits();
  });
  return said.findLast((text) => text.startsWith('main'))?.replace(/^main is polled because (.*); .*$/, '$1');
}

function* later(ms: number, act: () => void): Async<void> {
  yield* sleep(ms);
  act();
}

/** Keeps its waker for somebody else to call. */
class Bell extends Future<void> {
  waker: Waker | undefined;
  #polls = 0;

  override poll(cx: Context): Poll<void> {
    this.#polls += 1;
    if (this.#polls > 1) return undefined;
    this.waker = cx.waker;
    return Pending;
  }
}

/** Asks for another poll at once, without letting others go first. */
class Impatient extends Future<void> {
  #asked = false;

  override poll(cx: Context): Poll<void> {
    if (this.#asked) return undefined;
    this.#asked = true;
    cx.leafWaker.wake();
    return Pending;
  }
}

describe('a first poll', () => {
  it('is there because the run begins, or because of a spawn', async () => {
    const view = new Why({ ...PAGE, unicode: false });
    const lines: string[] = [];
    const observer = (event: Parameters<Why['tell']>[0]) => lines.push(...view.tell(event).map(textOf));
    await run(
      function* () {
        yield* spawn(yieldNow(), { name: 'bob' });
      },
      { observer },
    );

    expect(lines.map(placeless).slice(0, 2)).toEqual([
      '   0.000 s  main        - main is polled for the first time because the run begins',
      '   0.000 s  bob         - bob is polled for the first time because main spawned it',
    ]);
    expect(lines[1]).toMatch(/ at \S+why\.test\.ts:\d+$/);
  });

  it('may come late', () => {
    const view = new Why(PAGE);
    view.tell({ ...dated({ kind: 'task.spawned', task: BOB, parent: null, location: null }), at: 1997.5 });
    const [line] = view.tell(dated({ kind: 'task.poll-started', task: BOB, poll: 1 }));

    expect(line && sentence(line)).toBe(
      'bob is polled for the first time because something outside of all tasks spawned it; it had been ready for 2.5 ms',
    );
  });
});

describe('a task is polled because another one', () => {
  it('sent', async () => {
    const [tx, rx] = mpsc.channel<number>(1);
    const said = await whyMain(
      () => rx.recv()[Symbol.iterator]() as Async<unknown>,
      () => later(5, () => tx.trySend(1)),
    );
    expect(said).toBe('bob put a message into channel 1');
  });

  it('received, and so made room', async () => {
    const [tx, rx] = mpsc.channel<number>(1);
    const sends = function* () {
      yield* tx.send(1);
      yield* tx.send(2);
    };
    expect(await whyMain(sends, () => later(5, () => rx.tryRecv()))).toBe(
      'bob took a message out of channel 1, and the room went to main',
    );
  });

  it('closed a channel', async () => {
    const [tx, rx] = mpsc.channel<number>(1);
    const receives = function* () {
      yield* rx.recv();
    };
    expect(await whyMain(receives, () => later(5, () => tx[Symbol.dispose]()))).toBe(
      'bob dropped the last sender of channel 1',
    );
  });

  it('sent the one value', async () => {
    const [tx, rx] = oneshot.channel<number>();
    const receives = function* () {
      yield* rx;
    };
    expect(await whyMain(receives, () => later(5, () => tx.send(1)))).toBe('bob sent the value of oneshot 1');
  });

  it('told all receivers', async () => {
    const [tx, rx] = broadcast.channel<number>(2);
    const receives = function* () {
      yield* rx.recv();
    };
    expect(await whyMain(receives, () => later(5, () => tx.send(1)))).toBe('bob put a message into broadcast 1');
  });

  it('changed a value that is watched', async () => {
    const [tx, rx] = watch.channel(0);
    const watches = function* () {
      yield* rx.changed();
    };
    expect(await whyMain(watches, () => later(5, () => tx.send(1)))).toBe('bob changed the value of watch 1');
  });

  it('gave a lock back', async () => {
    const mutex = new Mutex(0);
    const guard = mutex.tryLock();
    const locks = function* () {
      using _guard = yield* mutex.lock();
    };
    expect(await whyMain(locks, () => later(5, () => guard?.[Symbol.dispose]()))).toBe(
      'bob gave mutex 1 back, and main was next in line',
    );
  });

  it('stopped reading', async () => {
    const book = new RwLock(0);
    const guard = book.tryRead();
    const writes = function* () {
      using _guard = yield* book.write();
    };
    expect(await whyMain(writes, () => later(5, () => guard?.[Symbol.dispose]()))).toBe(
      'bob gave the read lock of rwlock 1 back, and main was next in line',
    );
  });

  it('goes on as a reader', async () => {
    const book = new RwLock(0);
    const guard = book.tryWrite();
    const reads = function* () {
      using _guard = yield* book.read();
    };
    expect(await whyMain(reads, () => later(5, () => void guard?.downgrade()))).toBe(
      'bob went on as a reader of rwlock 1, and main was next in line',
    );
  });

  it('added permits', async () => {
    const semaphore = new Semaphore(0);
    const acquires = function* () {
      yield* semaphore.acquireMany(2);
    };
    expect(await whyMain(acquires, () => later(5, () => semaphore.addPermits(2)))).toBe(
      'bob added 2 permits to semaphore 1, and main was next in line',
    );
  });

  it('closed a semaphore', async () => {
    const semaphore = new Semaphore(0);
    const acquires = function* () {
      try {
        yield* semaphore.acquire();
      } catch {}
    };
    expect(await whyMain(acquires, () => later(5, () => semaphore.close()))).toBe('bob closed semaphore 1');
  });

  it('notified it', async () => {
    const bell = new Notify();
    const waits = function* () {
      yield* bell.notified();
    };
    expect(await whyMain(waits, () => later(5, () => bell.notifyOne()))).toBe('bob notified a waiter of notify 1');
  });

  it('opened a barrier', async () => {
    const barrier = new Barrier(2);
    const arrives = function* () {
      yield* barrier.wait();
    };
    expect(await whyMain(arrives, arrives)).toBe('bob arrived at barrier 1, as the last of 2');
  });

  it('made the value of a cell', async () => {
    const cell = new OnceCell<number>();
    const reads = function* () {
      yield* cell.getOrInit(function* () {
        yield* sleep(1);
        return 1;
      });
    };
    const said = await why(function* () {
      spawn(reads(), { name: 'bob' });
      yield* yieldNow();
      yield* reads();
    });
    expect(said.at(-1)).toBe('main is polled because bob gave once 1 its value; it had been waiting 1 ms');
  });

  it('cancelled a token', async () => {
    const token = new CancellationToken();
    const waits = function* () {
      yield* token.childToken().cancelled();
    };
    expect(await whyMain(waits, () => later(5, () => token.cancel()))).toMatch(/^bob cancelled token \d$/);
  });

  it('wrote into a pipe, and made room in one', async () => {
    const [left, right] = duplex(2);
    const reads = function* () {
      yield* right.read(new Uint8Array(2));
    };
    expect(await whyMain(reads, () => left.writeAll('ab')[Symbol.iterator]() as Async<unknown>)).toBe(
      'bob wrote into pipe 1, which holds 2 bytes now',
    );

    const [near, far] = duplex(2);
    const writes = function* () {
      yield* near.writeAll('abc');
    };
    const takes = function* () {
      yield* far.read(new Uint8Array(2));
    };
    expect(await whyMain(writes, takes)).toBe('bob made room in pipe 1');
  });

  it('left a tracker as the last one', async () => {
    const tracker = new TaskTracker();
    const token = tracker.token();
    tracker.close();
    const waits = function* () {
      yield* tracker.wait();
    };
    expect(await whyMain(waits, () => later(5, () => token[Symbol.dispose]()))).toBe(
      'bob left tracker 1 closed and empty',
    );
  });

  it('has ended, panicked or was dropped', async () => {
    const joins = (does: () => Async<unknown>, abort: boolean) =>
      why(function* () {
        const handle = spawn(does(), { name: 'bob' });
        if (abort)
          spawn(
            later(1, () => handle.abort()),
            { name: 'eve' },
          );
        try {
          yield* handle;
        } catch {}
      });
    const throws = () =>
      later(1, () => {
        throw new Error('no');
      });

    expect((await joins(() => later(1, () => {}), false)).at(-1)).toBe(
      'main is polled because bob has ended; it had been waiting 1 ms',
    );
    expect((await joins(throws, false)).at(-1)).toBe(
      'main is polled because bob has panicked; it had been waiting 1 ms',
    );
    expect((await joins(() => later(9, () => {}), true)).slice(-2)).toEqual([
      'bob is dropped because eve aborted it',
      'main is polled because bob was dropped; it had been waiting 1 ms',
    ]);
  });

  it('has ended, as a member of a set', async () => {
    const said = await why(function* () {
      const set = new JoinSet<void>();
      set.spawn(sleep(1), { name: 'bob' });
      yield* set.joinNext();
    });
    expect(said.at(-1)).toBe('main is polled because bob of joinset 1 has ended; it had been waiting 1 ms');
  });

  it('was dropped, and gave back what it held', async () => {
    const mutex = new Mutex(0);
    const holds = function* () {
      using _guard = yield* mutex.lock();
      yield* sleep(100);
    };
    const said = await why(function* () {
      const handle = spawn(holds(), { name: 'bob' });
      spawn(
        later(1, () => handle.abort()),
        { name: 'eve' },
      );
      yield* yieldNow();
      using _guard = yield* mutex.lock();
    });
    expect(said.slice(-2)).toEqual([
      'bob is dropped because eve aborted it',
      'main is polled because bob, as it was dropped, gave mutex 1 back, and main was next in line; it had been waiting 1 ms',
    ]);
  });

  it('aborted itself, and gave back what it held', async () => {
    const mutex = new Mutex(0);
    const own: { handle?: JoinHandle<void> } = {};
    function* holds(): Async<void> {
      using _guard = yield* mutex.lock();
      yield* sleep(1);
      own.handle?.abort();
      yield* sleep(1);
    }
    const said = await why(function* () {
      own.handle = spawn(holds(), { name: 'bob' });
      yield* yieldNow();
      using _guard = yield* mutex.lock();
    });
    expect(said.at(-1)).toMatch(/^main is polled because bob, as it was dropped, gave mutex 1 back, and main/);
  });

  it('has ended, and nobody wanted its value', async () => {
    const [tx, rx] = mpsc.channel<number>(1);
    const waits = function* () {
      yield* rx.recv();
    };
    const returns = function* () {
      yield* sleep(1);
      return tx;
    };
    const said = await why(function* () {
      spawn(returns(), { name: 'bob' })[Symbol.dispose]();
      yield* waits();
    });
    expect(said.at(-1)).toBe(
      'main is polled because bob dropped the last sender of channel 1; it had been waiting 1 ms',
    );
  });

  it('called its waker', async () => {
    const bell = new Bell();
    const waits = function* () {
      yield* bell;
    };
    expect(await whyMain(waits, () => later(5, () => bell.waker?.wake()))).toBe('bob called its waker');
  });
});

describe('a task is polled because', () => {
  it('a timer fired', async () => {
    expect(
      await why(function* () {
        yield* sleep(998);
      }),
    ).toEqual(['main is polled because timer 1 (sleep(998ms)) fired; it had been waiting 998 ms']);
  });

  it('it had yielded', async () => {
    expect(
      await why(function* () {
        yield* yieldNow();
      }),
    ).toEqual(['main is polled because it had yielded, and the others have had their turn; it had been waiting 0 ms']);
  });

  it('it had used up its budget', async () => {
    expect(
      await why(function* () {
        for (let i = 0; i < 200; i++) yield* consumeBudget();
      }),
    ).toEqual([
      'main is polled because it had used up its budget, and the others have had their turn; it had been waiting 0 ms',
    ]);
  });

  it('it did something itself, in another branch', async () => {
    const [tx, rx] = mpsc.channel<number>(1);
    const said = await why(function* () {
      yield* join(rx.recv(), tx.send(1));
    });
    expect(said).toEqual(['main is polled because main itself put a message into channel 1; it had been waiting 0 ms']);
  });

  it('it asked for another poll itself', async () => {
    const said = await why(function* () {
      yield* new Impatient();
    });
    expect(said).toEqual(['main is polled because main itself asked for another poll; it had been waiting 0 ms']);
  });

  it('a promise settled', async () => {
    const said = await why(function* () {
      yield* fromPromise(() => Promise.resolve());
    });
    expect(said[0]).toMatch(/^main is polled because promise 1 was fulfilled; it had been waiting 0 ms$/);
  });

  it('somebody outside called its waker', async () => {
    const bell = new Bell();
    setTimeout(() => bell.waker?.wake(), 1);
    const said = await why(function* () {
      yield* bell;
    });
    expect(said[0]).toMatch(/^main is polled because something outside of the runtime called its waker; it had/);
  });

  it('the loser of a race lets go, and that is no cause', async () => {
    const said = await why(function* () {
      yield* select({ quick: sleep(1), slow: sleep(9) });
    });
    expect(said).toEqual([
      expect.stringMatching(/^main is polled because timer \d \(sleep\(1ms\)\) fired; it had been waiting 1 ms$/),
    ]);
  });
});

describe('a task is dropped because', () => {
  it('it aborted itself', async () => {
    const said = await why(function* () {
      const own: { handle?: JoinHandle<void> } = {};
      function* aborts(): Async<void> {
        yield* sleep(1);
        own.handle?.abort();
        yield* sleep(1);
      }
      own.handle = spawn(aborts(), { name: 'bob' });
      yield* sleep(5);
    });
    expect(said).toContain('bob is dropped because it aborted itself');
  });

  it('it was aborted while it was ready', async () => {
    const said = await why(function* () {
      spawn(sleep(1), { name: 'bob' }).abort();
      yield* sleep(5);
    });
    expect(said[0]).toBe('bob is dropped because it was aborted');
  });

  it('but not because the run is over: then nobody is asked', async () => {
    const said = await why(function* () {
      spawn(sleep(1), { name: 'bob' });
    });
    expect(said).toEqual([]);
  });
});

describe('what was done before', () => {
  const CHANNEL = { id: 9, kind: 'channel', name: 'channel 1' } as const;
  const EVE = { id: 3, name: 'eve' };
  const sent = (task: typeof BOB): Undated => {
    return { kind: 'resource.op', resource: CHANNEL, task, op: 'sent', length: 1, capacity: 1 };
  };
  const polled = (kind: 'task.poll-started' | 'task.poll-ended', poll: number): Undated => {
    const what = { task: BOB, poll };
    return kind === 'task.poll-started'
      ? { kind, ...what }
      : { kind, ...what, outcome: 'pending', busy: 0, awaits: [] };
  };
  const woken: Undated = {
    kind: 'task.woken',
    task: MAIN,
    by: { kind: 'task', task: BOB, resource: CHANNEL, location: null },
  };

  it.each<[string, Undated[]]>([
    ['in an earlier turn', [sent(BOB), polled('task.poll-ended', 1), polled('task.poll-started', 2)]],
    ['by somebody else', [sent(EVE)]],
  ])('%s is no cause', (_when, before) => {
    const view = new Why(PAGE);
    const events = [polled('task.poll-started', 1), ...before, woken];
    for (const event of events) view.tell(dated(event));
    const [line] = view.tell(dated({ kind: 'task.poll-started', task: MAIN, poll: 2 }));

    expect(line && sentence(line)).toBe('main is polled because bob woke it through channel 1');
  });
});

describe('what the host brings', () => {
  const PENDING: Undated = {
    kind: 'task.poll-ended',
    task: MAIN,
    poll: 1,
    outcome: 'pending',
    busy: 0,
    awaits: [{ op: 'read()', resource: SOCKET, task: null, stack: [HERE] }],
  };
  const WOKEN: Undated = { kind: 'task.woken', task: MAIN, by: { kind: 'io', resource: SOCKET } };
  const READABLE: Undated = { kind: 'resource.op', resource: SOCKET, task: null, op: 'readable', bytes: 12 };

  function told(...events: Undated[]): string | undefined {
    const view = new Why(PAGE);
    const lines = [PENDING, ...events, { kind: 'task.poll-started', task: MAIN, poll: 2 } as const];
    return lines.flatMap((event) => view.tell(dated(event))).map(sentence)[0];
  }

  it('is the last thing that it did', () => {
    expect(told(READABLE, WOKEN)).toBe(
      'main is polled because socket 2 had 12 bytes to read; it had been waiting 0 ms',
    );
  });

  it('is news where it says nothing, even if it said something before', () => {
    expect(told(READABLE, { kind: 'runtime.unparked', by: 'io' }, WOKEN)).toBe(
      'main is polled because the host had news of socket 2 (read()); it had been waiting 0 ms',
    );
  });
});

describe('how long', () => {
  function times(ended: number, woken: number, polled: number): string | undefined {
    const view = new Why(PAGE);
    const end: Undated = { kind: 'task.poll-ended', task: MAIN, poll: 1, outcome: 'pending', busy: 0, awaits: [] };
    const wake: Undated = { kind: 'task.woken', task: MAIN, by: { kind: 'host' } };
    const events = [
      { ...dated(end), at: ended },
      { ...dated(wake), at: woken },
    ].sort((a, b) => a.at - b.at);
    for (const event of events) view.tell(event);
    const [line] = view.tell({ ...dated({ kind: 'task.poll-started', task: MAIN, poll: 2 }), at: polled });
    return line && sentence(line).replace(/^.*; /, '');
  }

  it('it waited is the time from the end of its last poll to its wake', () => {
    expect(times(2, 1000, 1000)).toBe('it had been waiting 998 ms');
    expect(times(2, 2.126, 2.126)).toBe('it had been waiting 0.13 ms');
  });

  it('it was ready is the time from there to its poll', () => {
    expect(times(2, 1000, 1003)).toBe('it had been waiting 998 ms, and ready for 3 ms');
  });

  it('it was ready begins with the end of its last poll, if it was woken while it ran', () => {
    expect(times(10, 5, 12)).toBe('it had been waiting 0 ms, and ready for 2 ms');
  });
});

describe('the lessons', () => {
  /** What the last poll of main came from. */
  async function root(name: string): Promise<string> {
    const lesson = lessons.find((lesson) => lesson.name === name);
    if (lesson === undefined) throw new Error(name);
    const { events } = await perform(lesson);
    const view = new Why(PAGE);
    for (const event of events) view.tell(event);
    return chainLines(view.chain(0), PAGE)
      .map((line) => placeless(textOf(line)))
      .join('\n');
  }

  it('tea: a timer', async () => {
    expect(await root('tea')).toMatchInlineSnapshot(
      `"   2.000 s  main is polled because timer 1 (sleep(2s)) fired; it had been waiting 2000 ms"`,
    );
  });

  it('channel: a timer, through the producer', async () => {
    expect(await root('channel')).toMatchInlineSnapshot(`
      "   5.000 s  main is polled because producer dropped the last sender of channel 1; it had been waiting 1000 ms
         5.000 s    producer is polled because timer 5 (sleep(1s)) fired; it had been waiting 1000 ms"
    `);
  });

  it('server: a visitor', async () => {
    const view = new Why(PAGE);
    const said = new Set<string>();
    let port: number | undefined;
    let peer: Socket | undefined;
    let leave = () => {};
    const gone = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const observer = (event: RuntimeEvent) => {
      for (const line of view.tell(event)) said.add(sentence(line).replace(/; it had been .*$/, ''));
      if (event.kind === 'resource.op' && event.resource.kind === 'listener' && event.op === 'opened') {
        port = Number(event.detail.replace(/^.*:/, ''));
      }
      // It comes when main waits for it, and says nothing before its own task does.
      if (event.kind !== 'task.poll-ended' || event.outcome !== 'pending') return;
      if (event.task.id === 0 && port !== undefined && peer === undefined) {
        peer = connect(port, '127.0.0.1').resume();
        peer.once('close', leave);
      }
      if (event.task.id === 1) peer?.write('GET / HTTP/1.1\r\n\r\n');
    };
    function* stop(): Async<void> {
      yield* fromPromise(() => gone);
    }
    await new Runtime({ observer }).blockOn(server({ address: '127.0.0.1:0', stop: stop() }));

    expect([...said]).toEqual(
      expect.arrayContaining([
        'main is polled for the first time because the run begins',
        'main is polled because listener 1 began to listen',
        'main is polled because a visitor came to listener 1',
        'visitor 1 is polled for the first time because main spawned it',
        'visitor 1 is polled because socket 1 had 18 bytes to read',
      ]),
    );
    expect(view.chain(0).at(-1)?.kind).toBe('io');
  });

  it('select: a timer', async () => {
    expect(await root('select')).toMatchInlineSnapshot(
      `"   1.000 s  main is polled because timer 1 (sleep(1s)) fired; it had been waiting 1000 ms"`,
    );
  });

  it('counter: from hand to hand, back to the start', async () => {
    expect(await root('counter')).toMatchInlineSnapshot(`
      "   0.000 s  main is polled because adder 10 has ended; it had been waiting 0 ms
         0.000 s    adder 10 is polled because it had yielded, and the others have had their turn; it had been waiting 0 ms
         0.000 s      adder 10 is polled because adder 9 gave mutex 1 back, and adder 10 was next in line; it had been waiting 0 ms
         0.000 s        adder 9 is polled because it had yielded, and the others have had their turn; it had been waiting 0 ms
         0.000 s          adder 9 is polled because adder 8 gave mutex 1 back, and adder 9 was next in line; it had been waiting 0 ms
         0.000 s            adder 8 is polled because it had yielded, and the others have had their turn; it had been waiting 0 ms
         0.000 s              adder 8 is polled because adder 7 gave mutex 1 back, and adder 8 was next in line; it had been waiting 0 ms
         0.000 s                adder 7 is polled because it had yielded, and the others have had their turn; it had been waiting 0 ms
                                  … 13 more turns
         0.000 s                  main is polled for the first time because the run begins"
    `);
  });
});
