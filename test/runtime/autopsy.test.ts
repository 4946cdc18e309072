import {
  type Async,
  type Context,
  DeadlockError,
  Future,
  fromPromise,
  join,
  joinAll,
  Mutex,
  mpsc,
  oneshot,
  Pending,
  type Poll,
  pending,
  Runtime,
  type RuntimeOptions,
  RwLock,
  ref,
  Semaphore,
  type StuckTask,
  select,
  sleep,
  spawn,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { inChild } from '../support/in-child.ts';
import { run } from '../support/run.ts';

/** The unfinished tasks of a program that gets stuck. */
async function stuckTasks(main: () => Async<unknown>): Promise<readonly StuckTask[]> {
  const error = await run(main).catch((thrown: unknown) => thrown);
  if (!(error instanceof DeadlockError)) throw new Error(`expected a deadlock, got ${error}`);
  return error.tasks;
}

/** What each of them waits for, by its name. */
async function stuckOn(main: () => Async<unknown>): Promise<Record<string, string[]>> {
  const tasks = await stuckTasks(main);
  return Object.fromEntries(tasks.map(({ name, waitsFor }) => [name, waitsFor.map(({ op }) => op)]));
}

describe('DeadlockError', () => {
  it('ends a program in which nothing can ever run', async () => {
    await expect(run(() => pending() as never)).rejects.toThrow(DeadlockError);
  });

  it('tells the same wait once, and of very many that there are more', async () => {
    const lock = new RwLock(0);
    lock.tryWrite();

    const same = run(() => joinAll(Array.from({ length: 40 }, () => lock.read())) as never);
    await expect(same).rejects.toThrow(/main waits for read\(\) on an rwlock \(40 times\)$/);

    const many = run(() => joinAll([1, 2, 3, 4, 5, 6, 7, 7].map((n) => new Semaphore(0).acquireMany(n))) as never);
    await expect(many).rejects.toThrow(/acquireMany\(5\) on a semaphore and 3 more$/);
  });

  it('lists every unfinished task with what it waits for', async () => {
    const waits = await stuckOn(function* () {
      const [, rx] = oneshot.channel<string>();
      const [tx, inbox] = mpsc.channel<number>(1);
      const mutex = new Mutex(0);
      tx.trySend(1);
      mutex.tryLock();
      spawn(rx, { name: 'waiter' });
      spawn(tx.send(2), { name: 'sender' });
      spawn(tx.reserve(), { name: 'reserver' });
      spawn(tx.closed(), { name: 'watcher' });
      spawn(mutex.lock(), { name: 'locker' });
      spawn(mpsc.channel(1)[1].recv(), { name: 'reader' });
      yield* pending();
      inbox.close();
    });

    expect(waits).toEqual({
      main: ['pending()'],
      waiter: ['receive()'],
      sender: ['send()'],
      reserver: ['reserve()'],
      watcher: ['closed()'],
      locker: ['lock()'],
      reader: ['recv()'],
    });
  });

  it('says where each of them waits, the innermost function first', async () => {
    function* brew(): Async<void> {
      yield* pending();
    }
    function* makeTea(): Async<void> {
      yield* brew();
    }

    const [main] = await stuckTasks(makeTea);

    expect(main?.waitsFor[0]?.stack.map(({ fn }) => fn).slice(0, 2)).toEqual(['brew', 'makeTea']);
    expect(main?.waitsFor[0]?.stack[0]?.file).toContain('autopsy.test.ts');
  });

  it('names file, line and column in its message', () => {
    const { err, code } = inChild(`
      function* main() {
        spawn(pending(), { name: 'kettle' });
        yield* pending();
      }
      await new Runtime().blockOn(main());
    `);

    expect(err).toContain('DeadlockError: nothing can run any more: no task is ready, no timer is set, no I/O is open');
    expect(err).toMatch(/ {2}main waits for pending\(\) at file:.*script\.mjs:6:16\n/);
    expect(err).toContain('  kettle waits for pending()');
    expect(code).toBe(1);
  });

  it('does not take who called blockOn for one who awaits', async () => {
    const [main, kettle] = await stuckTasks(function* () {
      spawn(pending());
      yield* pending();
    });

    expect(main?.waitsFor[0]?.stack).toHaveLength(1);
    expect(kettle?.waitsFor[0]?.stack).toHaveLength(0);
  });

  it('names what is waited on, by its number where somebody observes', async () => {
    function* main(): Async<void> {
      const mutex = new Mutex(0);
      const [, rx] = mpsc.channel<string>(1);
      using _held = yield* mutex.lock();
      yield* join(mutex.lock(), rx.recv(), pending());
    }
    const told = async (options: RuntimeOptions) => {
      const error: unknown = await new Runtime({ clock: 'virtual', ...options })
        .blockOn(main())
        .catch((thrown) => thrown);
      return (error as DeadlockError).tasks[0]?.waitsFor.map(({ on }) => on);
    };

    expect(await told({})).toEqual(['a mutex', 'a channel', null]);
    expect(await told({ observer: () => {} })).toEqual(['mutex 1', 'channel 1', null]);
  });

  it('lists all that a task waits for at once', async () => {
    const waits = await stuckOn(function* () {
      const [, rx] = oneshot.channel<string>();
      const [, inbox] = mpsc.channel<number>(1);
      yield* select({ mail: inbox.recv(), both: join(rx, pending()) });
    });

    expect(waits).toEqual({ main: ['recv()', 'receive()', 'pending()'] });
  });

  it('names a future that was lent', async () => {
    const waits = await stuckOn(function* () {
      const [, rx] = oneshot.channel<string>();
      yield* select({ mail: ref(rx) });
    });

    expect(waits).toEqual({ main: ['receive()'] });
  });

  it('names the task that is waited for', async () => {
    const waits = await stuckOn(function* () {
      yield* spawn(pending(), { name: 'kettle' });
    });

    expect(waits).toEqual({ main: ['join(kettle)'], kettle: ['pending()'] });
  });

  it('lists tasks in the order of spawning, the main future first', async () => {
    const tasks = await stuckTasks(function* () {
      for (const name of ['A', 'B', 'C']) spawn(pending(), { name });
      yield* pending();
    });

    expect(tasks.map(({ id, name }) => `${id} ${name}`)).toEqual(['0 main', '1 A', '2 B', '3 C']);
  });

  it('says so when a future waits for nothing that could wake it', async () => {
    class Forgetful extends Future<void> {
      override poll(): Poll<void> {
        return Pending;
      }
    }

    const waits = await stuckOn(function* () {
      yield* new Forgetful();
    });

    expect(waits).toEqual({ main: ['Forgetful'] });
  });

  it('does not take what a task merely holds for what it waits for', async () => {
    const waits = await stuckOn(function* () {
      const [tx, rx] = mpsc.channel<unknown>(1);
      using _inbox = rx;
      tx.trySend(oneshot.channel()[1]);
      yield* pending();
    });

    expect(waits).toEqual({ main: ['pending()'] });
  });

  it('is told after every task was dropped', async () => {
    const log: string[] = [];

    await stuckTasks(function* () {
      try {
        yield* pending();
      } finally {
        log.push('dropped');
      }
    });

    expect(log).toEqual(['dropped']);
  });

  it('is told on a real clock, too', () => {
    const { err } = inChild('await new Runtime({ clock: "real" }).blockOn(pending());');

    expect(err).toContain('main waits for pending()');
  });

  it('is not told while a timer is set', async () => {
    const answer = await run(function* () {
      const [tx, rx] = oneshot.channel<string>();
      spawn(
        (function* () {
          yield* sleep(10_000);
          tx.send('tea');
        })(),
      );
      return yield* rx;
    });

    expect(answer).toBe('tea');
  });

  it('is not told of a future whose waker went to a host timer', async () => {
    class HostTimer extends Future<string> {
      #over = false;
      override poll(cx: Context): Poll<string> {
        if (this.#over) return 'tea';
        const { waker } = cx;
        setTimeout(() => {
          this.#over = true;
          waker.wake();
        }, 1);
        return Pending;
      }
    }

    const answer = await run(function* () {
      return yield* spawn(new HostTimer());
    });

    expect(answer).toBe('tea');
  });

  it('is told when the host has nothing left that could call the waker', () => {
    const { err } = inChild(`
      class Kept extends Future { poll(cx) { this.waker = cx.waker; return Pending; } }
      await new Runtime().blockOn(new Kept());
    `);

    expect(err).toContain('main waits for Kept');
  });

  it('is told of a promise that never settles, once the host is idle', () => {
    const { err, code } = inChild(`
      function* main() { yield* fromPromise(new Promise(() => {})); }
      await new Runtime().blockOn(main());
    `);

    expect(err).toContain('main waits for fromPromise() at');
    expect(code).toBe(1);
  });

  it('is not told of who is woken by the end of another stuck program', () => {
    const { out } = inChild(`
      let settle;
      const stuck = new Runtime().blockOn(fromPromise(new Promise(() => {})));
      await new Promise((resolve) => setTimeout(resolve, 20));
      const last = new Runtime().blockOn(fromPromise(new Promise((resolve) => (settle = resolve))));
      stuck.catch(() => settle('tea'));
      last.then(console.log, (error) => console.log(error.name));
    `);

    expect(out).toBe('tea\n');
  });

  it('is not told of a promise that settles at last', async () => {
    const answer = await run(function* () {
      yield* yieldNow();
      return yield* fromPromise(new Promise((resolve) => setTimeout(resolve, 5, 'tea')));
    });

    expect(answer).toBe('tea');
  });
});

describe('a virtual clock beside a promise that never settles', () => {
  it('goes on from deadline to deadline, each time the host is idle', () => {
    const { out } = inChild(`
      function* main() {
        spawn(fromPromise(new Promise(() => {})));
        for (let i = 0; i < 40; i++) yield* sleep(10);
        console.log(now());
      }
      await new Runtime({ clock: 'virtual' }).blockOn(main());
    `);

    expect(out).toBe('400\n');
  });

  it('gives promises that do settle their time first', () => {
    const { out } = inChild(`
      function* main() {
        spawn(fromPromise(new Promise(() => {})));
        for (let i = 0; i < 40; i++) {
          yield* sleep(10);
          yield* fromPromise(new Promise((resolve) => setTimeout(resolve, 1)));
        }
        console.log(now());
      }
      await new Runtime({ clock: 'virtual' }).blockOn(main());
    `);

    expect(out).toBe('400\n');
  });
});
