import { type Async, type Context, Future, Pending, type Poll, Runtime, RuntimeStoppedError } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { NodeHost } from '../../../src/runtime/host/node.ts';
import { inChild } from '../../support/in-child.ts';

/** Waits for somebody we do not know, who may come from anywhere. */
class Stranger extends Future<string> {
  override poll(cx: Context): Poll<string> {
    cx.waker;
    return Pending;
  }
}

describe('NodeHost.visit', () => {
  it('calls back after the promises and host callbacks that are ready', async () => {
    const host = new NodeHost();
    const log: string[] = [];

    const visited = new Promise<void>((resolve) => host.visit(() => resolve(void log.push('visited'))));
    process.nextTick(() => log.push('next tick'));
    queueMicrotask(() => log.push('promise'));
    log.push('call');

    await visited;
    expect(log.toSorted()).toEqual(['call', 'next tick', 'promise', 'visited']);
    expect(log.at(-1)).toBe('visited');
  });
});

describe('NodeHost.unpark', () => {
  it('calls back after what else the same turn of the host brings', async () => {
    const host = new NodeHost();
    const log: string[] = [];

    await new Promise<void>((resolve) => {
      host.park(undefined, () => resolve(void log.push('back')), undefined);
      setTimeout(() => {
        host.unpark();
        queueMicrotask(() => log.push('promise of the same turn'));
        log.push('unpark');
      }, 1);
    });

    expect(log).toEqual(['unpark', 'promise of the same turn', 'back']);
  });

  it('of a host that is not parked does nothing', async () => {
    const host = new NodeHost();

    expect(() => host.unpark()).not.toThrow();
    host.close();
  });
});

describe('NodeHost.hurry', () => {
  it.each<[string, (host: NodeHost, back: () => void) => void]>([
    ['a park', (host, back) => host.park(undefined, back, undefined)],
    [
      'a park that ends soon',
      (host, back) => {
        host.park(undefined, back, undefined);
        host.unpark();
      },
    ],
    ['a visit', (host, back) => host.visit(back)],
  ])('calls back from %s once, after the callback in progress and before others', async (_, begin) => {
    const host = new NodeHost();
    const log: string[] = [];

    await new Promise<void>((resolve) => {
      setImmediate(() => {
        setImmediate(() => log.push('other callback'));
        begin(host, () => void log.push('back'));
        host.hurry();
        log.push('callback');
        setTimeout(resolve, 10);
      });
    });

    expect(log).toEqual(['callback', 'back', 'other callback']);
  });

  it('does not end a park that begins later', async () => {
    const host = new NodeHost();
    let calls = 0;

    host.hurry();
    host.park(undefined, () => (calls += 1), undefined);
    await new Promise((resolve) => setTimeout(resolve, 10));

    expect(calls).toBe(0);
    host.close();
  });

  it('of a host that is closed before the callback is over does nothing', async () => {
    const host = new NodeHost();
    let calls = 0;

    host.park(undefined, () => (calls += 1), undefined);
    host.hurry();
    host.close();
    await new Promise((resolve) => setTimeout(resolve, 10));

    expect(calls).toBe(0);
  });
});

describe('parked runtimes', () => {
  it('listen for the end of the process together, once, and leave nothing behind', async () => {
    const listeners = () => process.listenerCount('beforeExit');
    const before = listeners();
    const runtimes = Array.from({ length: 50 }, () => new Runtime());

    const ends = runtimes.map((runtime) => runtime.blockOn(new Stranger()).catch((error: unknown) => error));
    const during = listeners();
    for (const runtime of runtimes) runtime.stop();

    for (const end of ends) expect(await end).toBeInstanceOf(RuntimeStoppedError);
    expect([during, listeners()]).toEqual([before + 1, before]);
  });

  it('are not called stuck while the host has something to do', async () => {
    const runtime = new Runtime();
    function* main(): Async<string> {
      return yield* new Stranger();
    }

    setTimeout(() => runtime.stop(), 20);

    await expect(runtime.blockOn(main())).rejects.toThrow(RuntimeStoppedError);
  });

  it('are told when the process has nothing left to do', () => {
    const { out, code } = inChild(`${STRANGER}
      await new Runtime().blockOn(new Stranger()).catch((error) => console.log(error.name));
      console.log('went on');
    `);

    expect([out, code]).toEqual(['DeadlockError\nwent on\n', 0]);
  });

  it('are told again, as often as that happens', () => {
    const { out, code } = inChild(`${STRANGER}
      for (let i = 0; i < 3; i++) await new Runtime().blockOn(new Stranger()).catch((error) => console.log(error.name));
      console.log(process.listenerCount('beforeExit'));
    `);

    expect([out, code]).toEqual(['DeadlockError\nDeadlockError\nDeadlockError\n0\n', 0]);
  });

  it('are not told of it while another one only sleeps', () => {
    const { out, code } = inChild(`${STRANGER}
      const stranger = new Stranger();
      function* main() {
        yield* sleep(50);
        stranger.answer('tea');
      }
      console.log(...(await Promise.all([new Runtime().blockOn(stranger), new Runtime().blockOn(main())])));
    `);

    expect([out, code]).toEqual(['tea undefined\n', 0]);
  });

  it('are not told of it if the end of another one wakes them', () => {
    const { out, code } = inChild(`${STRANGER}
      const second = new Stranger();
      const first = new Runtime().blockOn(new Stranger()).catch((error) => second.answer(error.name));
      await parked();
      await Promise.all([first, new Runtime().blockOn(second).then(console.log, console.log)]);
    `);

    expect([out, code]).toEqual(['DeadlockError\n', 0]);
  });

  it('are not told of it if the end of another one gives the process something to do', () => {
    const { out, code } = inChild(`${STRANGER}
      const second = new Stranger();
      const first = new Runtime().blockOn(new Stranger()).catch(() => setTimeout(() => second.answer('tea'), 20));
      await parked();
      await Promise.all([first, new Runtime().blockOn(second).then(console.log, console.log)]);
    `);

    expect([out, code]).toEqual(['tea\n', 0]);
  });

  it('are not told of it if the program wakes them when the process has nothing left to do', () => {
    const { out, code } = inChild(`${STRANGER}
      const stranger = new Stranger();
      const program = new Runtime().blockOn(stranger);
      process.once('beforeExit', () => stranger.answer('tea'));
      console.log(await program.catch((error) => error.name));
    `);

    expect([out, code]).toEqual(['tea\n', 0]);
  });

  it('on a virtual clock let time go on when no promise can settle any more, deadline by deadline', () => {
    const { out, code } = inChild(`
      function* main() {
        spawn(fromPromise(new Promise(() => {})));
        for (let i = 0; i < 3; i++) yield* sleep(1000);
        return now();
      }
      console.log(await new Runtime({ clock: 'virtual' }).blockOn(main()), process.listenerCount('beforeExit'));
    `);

    expect([out, code]).toEqual(['3000 0\n', 0]);
  });

  it('on a virtual clock are stuck when no promise can settle and no timer is set', () => {
    const { out, code } = inChild(`
      function* main() {
        spawn(fromPromise(new Promise(() => {})));
        yield* sleep(1000);
        yield* pending();
      }
      await new Runtime({ clock: 'virtual' }).blockOn(main()).catch((error) => console.log(error.name));
    `);

    expect([out, code]).toEqual(['DeadlockError\n', 0]);
  });

  it('wait for a promise that takes its time', () => {
    const { out, code } = inChild(`
      const tea = new Promise((resolve) => setTimeout(resolve, 50, 'tea'));
      console.log(await new Runtime().blockOn(fromPromise(tea)));
    `);

    expect([out, code]).toEqual(['tea\n', 0]);
  });

  it('end with an error when a promise can never settle', () => {
    const { err, code } = inChild(`
      await new Runtime().blockOn(fromPromise(new Promise(() => {})));
    `);

    expect(err).toContain('main waits for fromPromise()');
    expect(code).toBe(1);
  });
});

/** At the head of a child's script: a future that anybody can answer, at any time. */
const STRANGER = `
  class Stranger extends Future {
    poll(cx) {
      this.waker = cx.waker;
      return this.value ?? Pending;
    }
    answer(value) {
      this.value = value;
      this.waker.wake();
    }
  }
  /** Who has waited longest is told first, so the first one has to be there first. */
  async function parked() {
    while (process.listenerCount('beforeExit') === 0) await new Promise((resolve) => setImmediate(resolve));
  }
`;
