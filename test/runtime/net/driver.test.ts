import { once } from 'node:events';
import type { Socket } from 'node:net';
import {
  type Async,
  type Awaitable,
  ctrlC,
  DeadlockError,
  Elapsed,
  fromPromise,
  join,
  now,
  Pending,
  pending,
  Runtime,
  RuntimeStoppedError,
  secs,
  select,
  sleep,
  spawn,
  TcpListener,
  TcpStream,
  timeout,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { currentExecutor } from '../../../src/runtime/context.ts';
import { MOST_HEARD } from '../../../src/runtime/executor.ts';
import { byHand } from '../../support/hand-poll.ts';
import { inChild } from '../../support/in-child.ts';
import { run } from '../../support/run.ts';
import {
  aMoment,
  connected,
  freeAddress,
  LOOPBACK,
  online,
  outcomeOf,
  plainServer,
  readText,
  readToEnd,
  TOO_MUCH,
  visited,
} from '../../support/sockets.ts';

interface Open {
  readonly listener: TcpListener;
  readonly stream: TcpStream;
}

/** Everything that waits for the host, on sockets that are open. */
const WAITS: [string, (open: Open) => Awaitable<unknown>][] = [
  ['bind()', () => TcpListener.bind(LOOPBACK)],
  ['connect()', ({ listener }) => TcpStream.connect(String(listener.localAddress))],
  ['accept()', ({ listener }) => listener.accept()],
  ['read()', ({ stream }) => stream.read(new Uint8Array(8))],
  ['writeAll()', ({ stream }) => stream.writeAll(new Uint8Array(TOO_MUCH))],
  ['shutdown()', ({ stream }) => stream.shutdown()],
  ['fromPromise()', () => fromPromise(new Promise(() => {}))],
  ['ctrlC()', () => ctrlC()],
];

const ENDLESS = WAITS.filter(([name]) => !['bind()', 'connect()', 'shutdown()'].includes(name));

function* open(): Async<Open> {
  const listener = yield* TcpListener.bind(LOOPBACK);
  const [stream] = yield* connected();
  return { listener, stream };
}

describe('the count of waits that only the host can end', () => {
  const io = () => currentExecutor('a test').io;

  it.each(WAITS)('has one more while %s waits, and not when it was dropped', async (_, begin) => {
    const counts = await online(function* () {
      const wait = byHand(begin(yield* open()));
      const before = io();
      const answer = wait.poll();
      const during = io();
      wait.drop();
      return [answer, before, during, io()];
    });

    expect(counts).toEqual([Pending, 0, 1, 0]);
  });

  it('is 0 again when all has ended well', async () => {
    const count = await online(function* () {
      const [client, server] = yield* connected();
      yield* join(client.writeAll('tea'), readText(server));
      yield* client.shutdown();
      yield* readToEnd(server);
      yield* fromPromise(Promise.resolve());
      return io();
    });

    expect(count).toBe(0);
  });

  it('is 0 again when all has failed', async () => {
    const count = await online(function* () {
      const { stream, peer } = yield* visited();
      using listener = yield* TcpListener.bind(LOOPBACK);
      const waits: Async<unknown>[] = [
        outcomeOf(stream.read(new Uint8Array(8))),
        outcomeOf(stream.writeAll(new Uint8Array(TOO_MUCH))),
        outcomeOf(stream.shutdown()),
        outcomeOf(TcpListener.bind(String(listener.localAddress))),
        outcomeOf(TcpStream.connect(yield* freeAddress())),
        outcomeOf(listener.accept()),
      ];
      const waiters = waits.map((wait) => spawn(wait));
      const rejected = spawn(fromPromise(Promise.reject(new Error('spilled'))));
      yield* aMoment();
      peer.resetAndDestroy();
      listener[Symbol.dispose]();
      for (const waiter of waiters) yield* waiter;
      yield* reasonOf(rejected);
      return io();
    });

    expect(count).toBe(0);
  });

  it('is 0 again when the runtime has ended', async () => {
    const executor = await online(function* () {
      const ends = yield* open();
      for (const [, begin] of WAITS) spawn(outcomeOf(begin(ends)));
      yield* yieldNow();
      return currentExecutor('a test');
    });

    expect([executor.io, executor.promises, executor.keepsOpen.size]).toEqual([0, 0, 0]);
  });

  function* reasonOf(wait: Awaitable<unknown>): Async<unknown> {
    try {
      return yield* wait;
    } catch (error) {
      return error;
    }
  }
});

describe('a program that waits', () => {
  it('for nothing is stuck, although sockets are open', async () => {
    const stuck = run(function* () {
      yield* open();
      yield* pending();
    });

    await expect(stuck).rejects.toThrow(DeadlockError);
  });

  it.each(WAITS)('for nothing any more is stuck, after it has dropped %s', async (_, begin) => {
    const stuck = run(function* () {
      const wait = byHand(begin(yield* open()));
      wait.poll();
      wait.drop();
      yield* pending();
    });

    await expect(stuck).rejects.toThrow(DeadlockError);
  });

  it.each(ENDLESS)('for %s is not stuck, however long that takes', async (_, begin) => {
    const runtime = new Runtime({ clock: 'virtual' });
    function* main(): Async<void> {
      const ends = yield* open();
      setTimeout(() => runtime.stop(), 20);
      yield* begin(ends);
    }

    await expect(runtime.blockOn(main())).rejects.toThrow(RuntimeStoppedError);
  });

  it('for a stream that is then disposed is told so, and not stuck', async () => {
    const outcome = await run(function* () {
      const { stream } = yield* open();
      const reader = spawn(outcomeOf(readText(stream)));
      yield* yieldNow();
      stream[Symbol.dispose]();
      return yield* reader;
    });

    expect(outcome).toBe('EPIPE');
  });
});

describe('the end of the runtime', () => {
  function* returns(): Async<void> {}

  function* throws(): Async<void> {
    throw new Error('spilled');
  }

  it.each<[string, () => Awaitable<void>]>([
    ['returns', returns],
    ['throws', throws],
    ['is stuck', pending],
  ])('closes every socket that is open, when the program %s', async (_, end) => {
    const { address, visitors } = await plainServer();
    let listening = '';
    function* main(): Async<void> {
      yield* TcpStream.connect(address);
      listening = String((yield* TcpListener.bind(LOOPBACK)).localAddress);
      while (visitors.length === 0) yield* yieldNow();
      yield* end();
    }

    await run(main).catch(() => {});

    const [visitor] = visitors;
    if (!visitor?.destroyed) await once(visitor as never, 'close');
    expect(await online(() => outcomeOf(TcpStream.connect(listening)) as Async<unknown>)).toBe('ECONNREFUSED');
  });

  it('closes every socket that is open, when it is stopped from outside', async () => {
    const { address, visitors } = await plainServer();
    const runtime = new Runtime();
    function* main(): Async<void> {
      const stream = yield* TcpStream.connect(address);
      while (visitors.length === 0) yield* sleep(1);
      setTimeout(() => runtime.stop(), 1);
      yield* readText(stream);
    }

    await expect(runtime.blockOn(main())).rejects.toThrow(RuntimeStoppedError);

    const [visitor] = visitors;
    if (!visitor?.destroyed) await once(visitor as never, 'close');
    expect(visitor?.destroyed).toBe(true);
  });

  it('lets the process exit by itself, whatever was open', () => {
    const { code, out } = inChild(`${LIMIT}
      function* main() {
        const listener = yield* TcpListener.bind('127.0.0.1:0');
        const address = String(listener.localAddress);
        const [mute, chatty, waiting] = [yield* connect(address), yield* connect(address), yield* connect(address)];
        const [served] = yield* listener.accept();
        const lent = served.read(new Uint8Array(8));
        yield* runtime.select({ lent: runtime.ref(lent), soon: sleep(1) });
        spawn(mute.read(new Uint8Array(8)));
        spawn(chatty.writeAll(new Uint8Array(${TOO_MUCH})));
        spawn(waiting.shutdown());
        spawn(listener.accept());
        spawn(connect(address));
        spawn(TcpListener.bind('127.0.0.1:0'));
        yield* yieldNow();
      }
      await new Runtime().blockOn(main());
      console.log('ended');
    `);

    expect([out, code]).toEqual(['ended\n', 0]);
  });

  it('in a deadlock lets the process exit too', () => {
    const { code, out } = inChild(`${LIMIT}
      function* main() {
        const listener = yield* TcpListener.bind('127.0.0.1:0');
        const client = yield* connect(String(listener.localAddress));
        yield* pending();
      }
      await new Runtime().blockOn(main()).catch((error) => console.log(error.name));
    `);

    expect([out, code]).toEqual(['DeadlockError\n', 0]);
  });
});

describe('a task that spins on yieldNow()', () => {
  it('does not keep sockets from their turn', async () => {
    const heard = await online(function* () {
      spawn(spin());
      const [client, server] = yield* connected();
      const heard: string[] = [];
      for (const word of ['black', 'green', 'white']) {
        yield* client.writeAll(word);
        heard.push(yield* readText(server));
      }
      return heard;
    });

    expect(heard).toEqual(['black', 'green', 'white']);
  });

  it('does not do so on a virtual clock either', async () => {
    const heard = await run(function* () {
      spawn(spin());
      const [client, server] = yield* connected();
      yield* client.writeAll('tea');
      return [yield* readText(server), now()];
    });

    expect(heard).toEqual(['tea', 0]);
  });

  /** Ends after a while, so that a test that goes wrong comes back. */
  function* spin(): Async<void> {
    const end = performance.now() + 2000;
    while (performance.now() < end) yield* yieldNow();
    throw new Error('starved');
  }
});

describe('very many sockets that are ready at once', () => {
  it(`are served as soon as ${MOST_HEARD} of them were heard of, before the others are`, async () => {
    const log: string[] = [];
    function* serve(stream: TcpStream): Async<void> {
      yield* readText(stream);
      log.push('served');
    }
    function* main(): Async<void> {
      const ends: { stream: TcpStream; peer: Socket }[] = [];
      for (let i = 0; i < 2 * MOST_HEARD; i++) ends.push(yield* visited());
      const served = ends.map(({ stream }) => spawn(serve(stream)));
      yield* aMoment();
      setImmediate(() => {
        for (const { peer } of ends) peer.write('tea');
      });
      giveUpWaits(ends[0]?.stream as TcpStream);
      for (const task of served) yield* task;
    }

    await run(main, {
      clock: 'real',
      observer: (event) => {
        if (event.kind === 'resource.op' && event.op === 'readable' && event.resource.kind === 'socket') {
          log.push('heard');
        }
      },
    });

    expect(log.filter((word) => word === 'served')).toHaveLength(2 * MOST_HEARD);
    expect(log.indexOf('served')).toBe(MOST_HEARD);
  });

  /** They end as well, but the host has told of none. */
  function giveUpWaits(stream: TcpStream): void {
    for (let i = 0; i < 10; i++) {
      const wait = byHand(stream.read(new Uint8Array(8)));
      wait.poll();
      wait.drop();
    }
  }
});

describe('very many tasks that await promises', () => {
  it('do not keep sockets from their turn, although each turn makes the promises of the next', async () => {
    const end = performance.now() + 2000;
    function* busy(): Async<void> {
      while (performance.now() < end) yield* fromPromise(Promise.resolve());
    }

    await online(function* () {
      for (let i = 0; i < 2 * MOST_HEARD; i++) spawn(busy());
      const [client, server] = yield* connected();
      for (let i = 0; i < 30; i++) {
        yield* client.writeAll('tea');
        yield* readText(server);
      }
    });

    expect(performance.now()).toBeLessThan(end);
  });
});

describe('a virtual clock', () => {
  it('does not wait for a silent peer: its time comes when nothing can run', async () => {
    const start = performance.now();

    const [failed, time] = await run(function* () {
      const [, server] = yield* connected();
      try {
        yield* timeout(secs(3600), readText(server));
      } catch (error) {
        return [error instanceof Elapsed, now()];
      }
      return [false, now()];
    });

    expect([failed, time]).toEqual([true, 3_600_000]);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('gives the host one turn before it jumps: what is there already is in time', async () => {
    const [winners, time] = await run(function* () {
      const [client, server] = yield* connected();
      const seen: string[] = [];
      // Often, because a busy executor gives the host a turn now and then anyway.
      for (let i = 0; i < 50; i++) {
        yield* client.writeAll('tea');
        const race = yield* select({ late: sleep(1), read: server.read(new Uint8Array(8)) }, { biased: true });
        seen.push(race.branch);
      }
      return [new Set(seen), now()];
    });

    expect([winners, time]).toEqual([new Set(['read']), 0]);
  });

  it('goes from deadline to deadline while a socket is awaited, in their order', async () => {
    const times = await run(function* () {
      const { listener } = yield* open();
      spawn(listener.accept());
      const seen: number[] = [];
      for (const wait of [10, 20, 30]) {
        yield* sleep(wait);
        seen.push(now());
      }
      return seen;
    });

    expect(times).toEqual([10, 30, 60]);
  });

  it('needs no time for a conversation', async () => {
    const [heard, time] = await run(function* () {
      const [client, server] = yield* connected();
      yield* client.writeAll('tea?');
      const question = yield* readText(server);
      yield* server.writeAll(`${question} yes`);
      return [yield* readText(client), now()];
    });

    expect([heard, time]).toEqual(['tea? yes', 0]);
  });
});

describe('50 runtimes at once', () => {
  it('have their sockets for themselves, and the process hears of no leak', async () => {
    const warnings: string[] = [];
    const onWarning = (warning: Error) => void warnings.push(warning.name);
    const listeners = () => ['SIGINT', 'beforeExit', 'exit'].map((name) => process.listenerCount(name));
    const before = listeners();
    process.on('warning', onWarning);

    const heard = await Promise.all(Array.from({ length: 50 }, (_, i) => run(() => talk(`${i}`))));
    await new Promise((resolve) => setImmediate(resolve));

    process.off('warning', onWarning);
    expect(heard).toEqual(Array.from({ length: 50 }, (_, i) => `${i}`));
    expect(listeners()).toEqual(before);
    expect(warnings).toEqual([]);
  });

  function* talk(word: string): Async<string> {
    const [client, server] = yield* connected();
    const reader = spawn(readText(server));
    yield* yieldNow();
    yield* client.writeAll(word);
    return yield* reader;
  }
});

/** At the head of a child's script: one that does not exit by itself says so. */
const LIMIT = `
  const { TcpListener, TcpStream } = runtime;
  const connect = (address) => TcpStream.connect(address);
  setTimeout(() => process.exit(7), 3000).unref();
`;
