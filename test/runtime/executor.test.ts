import {
  type Async,
  type Awaitable,
  advance,
  Context,
  EVENT_INTERVAL,
  Future,
  mpsc,
  Notify,
  now,
  Pending,
  type Poll,
  pending,
  pollFuture,
  Runtime,
  sleep,
  spawn,
  Waker,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { Gate } from '../support/gate.ts';
import { run } from '../support/run.ts';

function cannotBeDropped(message: string): Disposable {
  return {
    [Symbol.dispose]() {
      throw new Error(message);
    },
  };
}

/** Wakes its own task at the first poll: the plain way to the back of the queue. */
class SelfWake extends Future<void> {
  #woken = false;

  override poll(cx: Context): Poll<void> {
    if (this.#woken) return undefined;
    this.#woken = true;
    cx.waker.wake();
    return Pending;
  }
}

/** Logs its name, then does what it is given, round by round, logging each time. */
function* talker(log: string[], name: string, ...waits: Awaitable<void>[]): Async<void> {
  log.push(name);
  for (const wait of waits) {
    yield* wait;
    log.push(name);
  }
}

describe('the ready queue', () => {
  it('polls tasks in the order of their spawning', async () => {
    const log: string[] = [];

    await run(function* () {
      for (const name of ['A', 'B', 'C']) spawn(talker(log, name));
      log.push('main');
      yield* yieldNow();
    });

    expect(log).toEqual(['main', 'A', 'B', 'C']);
  });

  it('puts what a task spawns behind what stands in line', async () => {
    const log: string[] = [];

    await run(function* () {
      spawn(
        (function* () {
          log.push('A');
          spawn(talker(log, 'child of A'));
        })(),
      );
      spawn(talker(log, 'B'));
      yield* yieldNow();
    });

    expect(log).toEqual(['A', 'B', 'child of A']);
  });

  it('puts what a task wakes behind what stands in line', async () => {
    const log: string[] = [];
    const gate = new Gate();

    await run(function* () {
      spawn(talker(log, 'A', gate));
      yield* yieldNow();
      spawn(
        (function* () {
          gate.open();
          log.push('opener');
        })(),
      );
      spawn(talker(log, 'B'));
      yield* yieldNow();
    });

    expect(log).toEqual(['A', 'opener', 'B', 'A']);
  });

  it('takes tasks in the order in which they were woken', async () => {
    const log: string[] = [];
    const gates = [new Gate(), new Gate(), new Gate()];

    await run(function* () {
      gates.forEach((gate, i) => void spawn(talker(log, `${i}`, gate)));
      yield* yieldNow();
      log.length = 0;
      for (const i of [2, 0, 1]) gates[i]?.open();
      yield* yieldNow();
    });

    expect(log).toEqual(['2', '0', '1']);
  });

  it('takes a task that woke itself after all others, once', async () => {
    const log: string[] = [];

    await run(function* () {
      spawn(talker(log, 'A', new SelfWake()));
      spawn(talker(log, 'B'));
      yield* yieldNow();
    });

    expect(log).toEqual(['A', 'B', 'A']);
  });
});

describe('the main future', () => {
  it('is polled before the tasks that the same driver step woke', async () => {
    const log: string[] = [];

    await run(function* () {
      spawn(talker(log, 'task', sleep(10)));
      yield* yieldNow();
      log.length = 0;
      yield* talker(log, 'main', sleep(10));
      yield* yieldNow();
    });

    expect(log).toEqual(['main', 'main', 'task']);
  });

  it('is polled when the queue has drained, if a task woke it', async () => {
    const log: string[] = [];
    const gate = new Gate();

    await run(function* () {
      spawn(
        (function* () {
          gate.open();
          log.push('opener');
        })(),
      );
      spawn(talker(log, 'A'));
      spawn(talker(log, 'B'));
      yield* gate;
      log.push('main');
    });

    expect(log).toEqual(['opener', 'A', 'B', 'main']);
  });

  it(`is polled after ${EVENT_INTERVAL} tasks although the queue is not empty`, async () => {
    const log: string[] = [];
    const gate = new Gate();

    await run(function* () {
      gate.open();
      for (let i = 1; i <= 100; i++) spawn(talker(log, `${i}`));
      yield* new SelfWake();
      log.push('main');
    });

    expect(log.indexOf('main')).toBe(EVENT_INTERVAL);
  });
});

describe('the driver step', () => {
  it('brings back tasks that yielded, the latest first', async () => {
    const log: string[] = [];

    await run(function* () {
      for (const name of ['A', 'B', 'C']) spawn(talker(log, name, yieldNow(), yieldNow()));
      yield* sleep(1);
    });

    expect(log.join(' ')).toBe('A B C C B A A B C');
  });

  it('comes after everybody who is ready, also those who wake themselves', async () => {
    const log: string[] = [];

    await run(function* () {
      spawn(talker(log, 'yields', yieldNow()));
      spawn(talker(log, 'wakes itself', new SelfWake()));
      yield* sleep(1);
    });

    expect(log).toEqual(['yields', 'wakes itself', 'wakes itself', 'yields']);
  });

  it(`comes after ${EVENT_INTERVAL} polls of a queue that never drains, and fires what is due`, async () => {
    let polls = 0;
    function* busy(): Async<void> {
      for (;;) {
        polls += 1;
        yield* new SelfWake();
      }
    }

    const passed = await run(function* () {
      spawn(busy());
      spawn(busy());
      spawn(sleep(5));
      yield* yieldNow();
      const before = polls;
      yield* advance(10);
      return polls - before;
    });

    expect(passed).toBe(EVENT_INTERVAL);
  });

  it('fires due timers before it brings back who yielded', async () => {
    const log: string[] = [];

    await run(function* () {
      spawn(talker(log, 'sleeper', sleep(5)));
      spawn(
        (function* () {
          yield* sleep(1);
          yield* advance(4);
          log.push('yielder');
        })(),
      );
      yield* sleep(100);
    });

    expect(log).toEqual(['sleeper', 'sleeper', 'yielder']);
  });

  it('does not move a virtual clock while anybody is ready', async () => {
    const times = await run(function* () {
      const seen: number[] = [];
      spawn(sleep(1));
      for (let i = 0; i < 200; i++) {
        yield* yieldNow();
        seen.push(now());
      }
      return seen;
    });

    expect(new Set(times)).toEqual(new Set([0]));
  });

  it('lets all that one instant caused finish before a virtual clock moves on', async () => {
    const log: string[] = [];
    const say = (text: string) => log.push(`${now()} ${text}`);

    await run(function* () {
      const [tx, rx] = mpsc.channel<number>(1);
      spawn(
        (function* () {
          for (let i = 0; i < 3; i++) {
            yield* sleep(10);
            yield* tx.send(i);
          }
        })(),
      );
      for (let i = 0; i < 3; i++) say(`got ${yield* rx.recv()}`);
    });

    expect(log).toEqual(['10 got 0', '20 got 1', '30 got 2']);
  });
});

describe('the end of the main future', () => {
  function* onDrop(log: string[], name: string): Async<void> {
    try {
      log.push(`${name} starts`);
      yield* pending();
    } finally {
      log.push(`${name} dropped`);
    }
  }

  it('drops its own locals first, then the tasks that are left in the order of spawning', async () => {
    const log: string[] = [];

    await run(function* () {
      try {
        spawn(onDrop(log, 'A'));
        spawn(onDrop(log, 'B'));
        yield* yieldNow();
      } finally {
        log.push('main dropped');
      }
    });

    expect(log.slice(2)).toEqual(['main dropped', 'A dropped', 'B dropped']);
  });

  it('polls nobody again, also who is ready', async () => {
    const log: string[] = [];

    await run(function* () {
      spawn(talker(log, 'ready, and never polled'));
    });

    expect(log).toEqual([]);
  });

  it('takes no time', async () => {
    const times: number[] = [];

    await run(function* () {
      spawn(
        (function* () {
          try {
            yield* sleep(1000);
          } finally {
            times.push(now());
          }
        })(),
      );
      yield* sleep(5);
    });

    expect(times).toEqual([5]);
  });

  it('gives whoever spawns in a drop a handle all the same: its task has ended', async () => {
    const finished: boolean[] = [];

    await run(function* () {
      spawn(
        (function* (): Async<void> {
          try {
            yield* pending();
          } finally {
            const late = spawn(sleep(1));
            finished.push(late.isFinished());
          }
        })(),
      );
      yield* yieldNow();
    });

    expect(finished).toEqual([true]);
  });

  it('cannot be asked for before there is a run', async () => {
    const runtime = new Runtime({ clock: 'virtual' });
    runtime.stop();

    const answer = await runtime.blockOn(
      (function* (): Async<string> {
        yield* sleep(1);
        return 'tea';
      })(),
    );

    expect(answer).toBe('tea');
  });

  it('drops at once what a drop spawns', async () => {
    const log: string[] = [];

    await run(function* () {
      spawn(
        (function* () {
          try {
            yield* pending();
          } finally {
            const late = spawn(onDrop(log, 'late'));
            log.push(late.isFinished() ? 'late is over' : 'late is alive');
          }
        })(),
      );
      yield* yieldNow();
    });

    expect(log).toEqual(['late is over']);
  });

  it('does not let one that fails to be dropped keep the others', async () => {
    const log: string[] = [];
    const warnings: string[] = [];

    await run(
      function* () {
        spawn(
          (function* () {
            using _grip = cannotBeDropped('cannot let go');
            yield* pending();
          })(),
          { name: 'clingy' },
        );
        spawn(onDrop(log, 'B'));
        yield* yieldNow();
      },
      { onWarning: (message) => warnings.push(message) },
    );

    expect(log).toEqual(['B starts', 'B dropped']);
    expect(warnings).toEqual([expect.stringContaining('task clingy panicked, and nobody joined it')]);
  });
});

describe('a waker written by hand that throws', () => {
  class Broken extends Waker {
    override wake(): void {
      throw new Error('bell is broken');
    }
  }

  it('ends the run with its error, and not the process', async () => {
    let dropped = false;
    function* main(): Async<void> {
      const nap = sleep(5);
      pollFuture(nap, new Context(new Broken()));
      try {
        yield* sleep(10);
      } finally {
        dropped = true;
      }
    }

    await expect(new Runtime({ clock: 'virtual' }).blockOn(main())).rejects.toThrow('bell is broken');
    expect(dropped).toBe(true);
    await expect(new Runtime().blockOn(main())).rejects.toThrow('bell is broken');
  });

  it('ends it also when it throws in the drops at the end', async () => {
    function* main(): Async<void> {
      const task = spawn(pending());
      pollFuture(task, new Context(new Broken()));
    }

    await expect(new Runtime({ clock: 'virtual' }).blockOn(main())).rejects.toThrow('bell is broken');
  });
});

describe('a waker by hand that a driver step wakes', () => {
  /** Wakes a task by doing something with the runtime's own. */
  class Ringing extends Waker {
    readonly #ring: () => void;

    constructor(ring: () => void) {
      super();
      this.#ring = ring;
    }

    override wake(): void {
      this.#ring();
    }
  }

  it('does what it does in this run, and for no task: it may spawn, and what it does is told', async () => {
    const told: unknown[] = [];
    const bell = new Notify();
    await run(
      function* () {
        const nap = sleep(5);
        pollFuture(
          nap,
          new Context(
            new Ringing(() => {
              bell.notifyOne();
              spawn(yieldNow(), { name: 'ada' });
            }),
          ),
        );
        yield* bell.notified();
        yield* sleep(1);
      },
      {
        observer: (event) => {
          if (event.kind === 'resource.op' && event.op === 'notified') told.push(event.task);
          if (event.kind === 'task.spawned' && event.task.name === 'ada') told.push(event.parent);
        },
      },
    );

    expect(told).toEqual([null, null]);
  });
});
