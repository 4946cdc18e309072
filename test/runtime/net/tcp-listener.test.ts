import { once } from 'node:events';
import {
  type Async,
  fromPromise,
  InvalidOptionError,
  IoError,
  join,
  OutsideRuntimeError,
  Pending,
  type RuntimeEvent,
  spawn,
  TcpListener,
  TcpStream,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { byHand } from '../../support/hand-poll.ts';
import { run } from '../../support/run.ts';
import {
  aMoment,
  connected,
  freeAddress,
  hasIPv6,
  LOOPBACK,
  online,
  outcomeOf,
  readText,
  readToEnd,
  visit,
} from '../../support/sockets.ts';

describe('TcpListener.bind', () => {
  it('to port 0 takes a free port, and tells which', async () => {
    const [one, another] = await online(function* () {
      using first = yield* TcpListener.bind(LOOPBACK);
      using second = yield* TcpListener.bind(LOOPBACK);
      return [first.localAddress, second.localAddress];
    });

    expect(one.host).toBe('127.0.0.1');
    expect(one.port).toBeGreaterThan(0);
    expect(another.port).not.toBe(one.port);
  });

  it('is lazy: as long as nobody polls it, nobody listens', async () => {
    const outcome = await online(function* () {
      const address = yield* freeAddress();
      using _unpolled = TcpListener.bind(address);
      yield* aMoment();
      return yield* outcomeOf(TcpStream.connect(address));
    });

    expect(outcome).toBe('ECONNREFUSED');
  });

  it('to a port that is in use throws an IoError', async () => {
    const failed = online(function* () {
      using first = yield* TcpListener.bind(LOOPBACK);
      yield* TcpListener.bind(String(first.localAddress));
    });

    await expect(failed).rejects.toThrow(IoError);
    await expect(failed).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await expect(failed).rejects.toThrow(/^listening on 127\.0\.0\.1:\d+ failed: the port is in use \(EADDRINUSE\)$/);
  });

  it('that has failed leaves the listener that has the port alone', async () => {
    const heard = await online(function* () {
      using first = yield* TcpListener.bind(LOOPBACK);
      yield* outcomeOf(TcpListener.bind(String(first.localAddress)));
      using client = yield* TcpStream.connect(String(first.localAddress));
      yield* client.writeAll('tea');
      const [server] = yield* first.accept();
      return yield* readText(server);
    });

    expect(heard).toBe('tea');
  });

  it('can have a port again right after its listener was disposed', async () => {
    const again = await online(function* () {
      const address = yield* freeAddress();
      using listener = yield* TcpListener.bind(address);
      return String(listener.localAddress) === address;
    });

    expect(again).toBe(true);
  });

  it.runIf(hasIPv6)('listens on IPv6', async () => {
    const addresses = await online(function* () {
      using listener = yield* TcpListener.bind('[::1]:0');
      using client = yield* TcpStream.connect(String(listener.localAddress));
      const [server, from] = yield* listener.accept();
      using _ = server;
      return [listener.localAddress, client.peerAddress, client.localAddress, from].map(String);
    });

    expect(addresses[0]).toMatch(/^\[::1\]:\d+$/);
    expect(addresses[1]).toBe(addresses[0]);
    expect(addresses[2]).toBe(addresses[3]);
  });

  it.each(['', 'localhost', '127.0.0.1:65536', '::1:80', '127.0.0.1:http'])('refuses %j', async (address) => {
    const failed = online(function* () {
      yield* TcpListener.bind(address);
    });

    await expect(failed).rejects.toThrow(InvalidOptionError);
  });

  it('needs a running runtime', () => {
    expect(() => TcpListener.bind(LOOPBACK)).toThrow(OutsideRuntimeError);
  });

  it('dropped while it waits stops listening', async () => {
    const [first, later] = await online(function* () {
      const address = yield* freeAddress();
      const binding = byHand(TcpListener.bind(address));
      const answer = binding.poll();
      binding.drop();
      yield* aMoment();
      return [answer, yield* outcomeOf(TcpStream.connect(address))];
    });

    expect(first).toBe(Pending);
    expect(later).toBe('ECONNREFUSED');
  });

  it('dropped after it has listened, before that was heard, stops listening', async () => {
    const outcome = await online(function* () {
      const address = yield* freeAddress();
      const binding = byHand(TcpListener.bind(address));
      binding.poll();
      while (binding.wakes === 0) yield* yieldNow();
      binding.drop();
      return yield* outcomeOf(TcpStream.connect(address));
    });

    expect(outcome).toBe('ECONNREFUSED');
  });
});

describe('TcpListener.accept', () => {
  it('answers the connection, and where it comes from', async () => {
    const [from, client, heard] = await online(function* () {
      using listener = yield* TcpListener.bind(LOOPBACK);
      using caller = yield* TcpStream.connect(String(listener.localAddress));
      yield* caller.writeAll('tea');
      const [server, address] = yield* listener.accept();
      return [String(address), String(caller.localAddress), yield* readText(server)];
    });

    expect(from).toBe(client);
    expect(heard).toBe('tea');
  });

  it('takes visitors in the order in which they came', async () => {
    const [came, accepted] = await online(function* () {
      using listener = yield* TcpListener.bind(LOOPBACK);
      const ports: number[] = [];
      for (let i = 0; i < 5; i++) ports.push(yield* portOfVisitor(listener));
      const seen: number[] = [];
      for (let i = 0; i < 5; i++) seen.push((yield* listener.accept())[1].port);
      return [ports, seen];
    });

    expect(accepted).toEqual(came);
  });

  it('gives each of several tasks a visitor, the longest waiting first', async () => {
    const [came, served] = await online(function* () {
      using listener = yield* TcpListener.bind(LOOPBACK);
      const ports: number[] = [];
      const seen: number[] = [];
      const waiters = [0, 1, 2].map((i) =>
        spawn(
          (function* () {
            const [, from] = yield* listener.accept();
            seen[i] = from.port;
          })(),
        ),
      );
      yield* yieldNow();
      for (let i = 0; i < 3; i++) ports.push(yield* portOfVisitor(listener));
      for (const waiter of waiters) yield* waiter;
      return [ports, seen];
    });

    expect(served).toEqual(came);
  });

  it('dropped while it waits loses no visitor', async () => {
    const heard = await online(function* () {
      using listener = yield* TcpListener.bind(LOOPBACK);
      const given = byHand(listener.accept());
      given.poll();
      using client = yield* TcpStream.connect(String(listener.localAddress));
      yield* client.writeAll('tea');
      while (given.wakes === 0) yield* yieldNow();
      given.drop();
      const [server] = yield* listener.accept();
      return yield* readText(server);
    });

    expect(heard).toBe('tea');
  });

  it('serves 200 who come at once, each with an answer of its own', async () => {
    const answers = await online(function* () {
      using listener = yield* TcpListener.bind(LOOPBACK);
      spawn(echo(listener));
      const clients = Array.from({ length: 200 }, (_, i) => spawn(ask(listener, `client ${i}`)));
      const heard: string[] = [];
      for (const client of clients) heard.push(yield* client);
      return heard;
    });

    expect(answers).toEqual(Array.from({ length: 200 }, (_, i) => `client ${i}`));
  });

  it('takes one who has closed already, and reads its end', async () => {
    const heard = await online(function* () {
      using listener = yield* TcpListener.bind(LOOPBACK);
      const peer = visit(listener);
      peer.once('connect', () => peer.destroy());
      yield* fromPromise(once(peer, 'close'));
      const [server] = yield* listener.accept();
      return yield* readToEnd(server);
    });

    expect(heard).toBe('');
  });

  it('takes one who has reset already, and reading fails', async () => {
    const outcome = await online(function* () {
      using listener = yield* TcpListener.bind(LOOPBACK);
      const peer = visit(listener);
      peer.once('connect', () => peer.resetAndDestroy());
      yield* fromPromise(once(peer, 'close'));
      const [server] = yield* listener.accept();
      return yield* outcomeOf(readText(server));
    });

    expect(outcome).toBe('ECONNRESET');
  });

  it('tells where a visitor came from who is gone again', async () => {
    const [from, port] = await online(function* () {
      using listener = yield* TcpListener.bind(LOOPBACK);
      const peer = visit(listener);
      yield* fromPromise(once(peer, 'connect'));
      yield* aMoment();
      const { localPort } = peer;
      peer.resetAndDestroy();
      yield* fromPromise(once(peer, 'close'));
      const [, address] = yield* listener.accept();
      return [String(address), localPort];
    });

    expect(from).toBe(`127.0.0.1:${port}`);
  });

  function* portOfVisitor({ localAddress }: TcpListener): Async<number> {
    const client = yield* TcpStream.connect(String(localAddress));
    return client.localAddress.port;
  }

  function* echo(listener: TcpListener): Async<void> {
    for (;;) {
      const [stream] = yield* listener.accept();
      spawn(
        (function* () {
          using visitor = stream;
          yield* visitor.writeAll(yield* readToEnd(visitor));
        })(),
      );
    }
  }

  function* ask(listener: TcpListener, question: string): Async<string> {
    using client = yield* TcpStream.connect(String(listener.localAddress));
    yield* client.writeAll(question);
    yield* client.shutdown();
    return yield* readToEnd(client);
  }
});

describe('a disposed TcpListener', () => {
  it('refuses visitors', async () => {
    const outcome = await online(function* () {
      const listener = yield* TcpListener.bind(LOOPBACK);
      listener[Symbol.dispose]();
      return yield* outcomeOf(TcpStream.connect(String(listener.localAddress)));
    });

    expect(outcome).toBe('ECONNREFUSED');
  });

  it('throws an IoError at everybody who waits for a visitor, and who comes later', async () => {
    const outcomes = await online(function* () {
      const listener = yield* TcpListener.bind(LOOPBACK);
      const waiters = [1, 2].map(() => spawn(outcomeOf(listener.accept())));
      yield* yieldNow();
      listener[Symbol.dispose]();
      const heard = yield* join(...waiters);
      return [...heard, yield* outcomeOf(listener.accept())];
    });

    expect(outcomes).toEqual(['EPIPE', 'EPIPE', 'EPIPE']);
  });

  it('sends away who came and was not accepted', async () => {
    const heard = await online(function* () {
      const listener = yield* TcpListener.bind(LOOPBACK);
      using client = yield* TcpStream.connect(String(listener.localAddress));
      yield* aMoment();
      listener[Symbol.dispose]();
      return yield* outcomeOf(readToEnd(client));
    });

    expect(heard).toBe('');
  });

  it('leaves those alone whom it has accepted', async () => {
    const heard = await online(function* () {
      const [client, server] = yield* connected();
      yield* aMoment();
      yield* client.writeAll('tea');
      return yield* readText(server);
    });

    expect(heard).toBe('tea');
  });

  it('can be disposed again', async () => {
    await online(function* () {
      const listener = yield* TcpListener.bind(LOOPBACK);
      listener[Symbol.dispose]();
      listener[Symbol.dispose]();
    });
  });

  it('still knows where it listened', async () => {
    const address = await online(freeAddress);

    expect(address).toMatch(/^127\.0\.0\.1:\d+$/);
  });
});

describe('an observed TcpListener', () => {
  it('tells when it is opened, has a visitor, and is closed', async () => {
    const told = await toldBy(function* () {
      const [client, server] = yield* connected();
      client[Symbol.dispose]();
      server[Symbol.dispose]();
    });

    expect(told).toEqual(['opened', 'readable', 'closed']);
  });

  it('that cannot listen tells nothing: it was never open', async () => {
    const told = await toldBy(function* () {
      using first = yield* TcpListener.bind(LOOPBACK);
      yield* outcomeOf(TcpListener.bind(String(first.localAddress)));
    });

    expect(told).toEqual(['opened', 'closed']);
  });

  /** What the events of a program say of its listeners. */
  async function toldBy(main: () => Async<void>): Promise<string[]> {
    const told: string[] = [];
    const observer = (event: RuntimeEvent) => {
      if (event.kind === 'resource.op' && event.resource.kind === 'listener') told.push(event.op);
    };
    await run(main, { observer });
    return told;
  }
});
