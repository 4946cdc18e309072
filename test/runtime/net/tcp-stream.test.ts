import { once } from 'node:events';
import {
  type Async,
  Elapsed,
  InvalidOptionError,
  IoError,
  join,
  OutsideRuntimeError,
  Pending,
  type RuntimeEvent,
  select,
  sleep,
  spawn,
  TcpListener,
  TcpStream,
  timeout,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { byHand, type HandPolled, ready } from '../../support/hand-poll.ts';
import { run } from '../../support/run.ts';
import {
  aMoment,
  connected,
  freeAddress,
  hasIPv6,
  LOOPBACK,
  online,
  outcomeOf,
  plainServer,
  readText,
  readToEnd,
  TOO_MUCH,
  visited,
} from '../../support/sockets.ts';

describe('TcpStream.connect', () => {
  it('connects to who listens, and knows both ends', async () => {
    const { address, visitors } = await plainServer();

    const [local, peer] = await online(function* () {
      using stream = yield* TcpStream.connect(address);
      yield* aMoment();
      return [stream.localAddress, stream.peerAddress];
    });

    expect(String(peer)).toBe(address);
    expect(visitors.map(({ remotePort }) => remotePort)).toEqual([local?.port]);
  });

  it('is lazy: as long as nobody polls it, nobody connects', async () => {
    const { address, visitors } = await plainServer();

    await online(function* () {
      using _unpolled = TcpStream.connect(address);
      yield* aMoment();
    });

    expect(visitors).toEqual([]);
  });

  it('throws an IoError where nobody listens', async () => {
    const failed = online(function* () {
      yield* TcpStream.connect(yield* freeAddress());
    });

    await expect(failed).rejects.toThrow(IoError);
    await expect(failed).rejects.toThrow(
      /^connecting to 127\.0\.0\.1:\d+ failed: nobody listens there \(ECONNREFUSED\)$/,
    );
  });

  it.runIf(hasIPv6)('throws an IoError where nobody listens on IPv6', async () => {
    const outcome = await online(function* () {
      const { port } = (yield* TcpListener.bind('[::1]:0')).localAddress;
      return yield* outcomeOf(TcpStream.connect(`127.0.0.1:${port}`));
    });

    expect(outcome).toBe('ECONNREFUSED');
  });

  it.each(['', 'localhost', '127.0.0.1:65536', '::1:80'])('refuses %j', async (address) => {
    const failed = online(function* () {
      yield* TcpStream.connect(address);
    });

    await expect(failed).rejects.toThrow(InvalidOptionError);
  });

  it('needs a running runtime', () => {
    expect(() => TcpStream.connect('127.0.0.1:80')).toThrow(OutsideRuntimeError);
  });

  it('dropped while it waits hangs up', async () => {
    const { address, visitors } = await plainServer();

    const [answer] = await online(function* () {
      const connecting = byHand(TcpStream.connect(address));
      const first = connecting.poll();
      connecting.drop();
      yield* aMoment();
      return [first];
    });

    expect(answer).toBe(Pending);
    expect(visitors.filter(({ destroyed }) => !destroyed)).toEqual([]);
  });

  it('dropped after it has connected, before that was heard, hangs up', async () => {
    const heard = await online(function* () {
      using listener = yield* TcpListener.bind(LOOPBACK);
      const connecting = byHand(TcpStream.connect(String(listener.localAddress)));
      connecting.poll();
      while (connecting.wakes === 0) yield* yieldNow();
      connecting.drop();
      const [server] = yield* listener.accept();
      return yield* readText(server);
    });

    expect(heard).toBe('');
  });
});

describe('TcpStream.read', () => {
  it('answers how many bytes it put into the buffer, and leaves the rest of the buffer alone', async () => {
    const [length, buffer] = await online(function* () {
      const [client, server] = yield* connected();
      yield* client.writeAll('tea');
      const bytes = new Uint8Array(5).fill(7);
      return [yield* server.read(bytes), bytes] as const;
    });

    expect(length).toBe(3);
    expect([...buffer]).toEqual([...Buffer.from('tea'), 7, 7]);
  });

  it('leaves for the next read what does not fit in', async () => {
    const parts = await online(function* () {
      const [client, server] = yield* connected();
      yield* client.writeAll('teapot');
      const heard: string[] = [];
      for (let i = 0; i < 3; i++) heard.push(yield* readText(server, 2));
      return heard;
    });

    expect(parts).toEqual(['te', 'ap', 'ot']);
  });

  it('waits until something comes', async () => {
    const heard = await online(function* () {
      const [client, server] = yield* connected();
      const reader = byHand(readText(server));
      const before = reader.poll();
      yield* client.writeAll('tea');
      while (reader.wakes === 0) yield* yieldNow();
      return [before, reader.poll()];
    });

    expect(heard).toEqual([Pending, 'tea']);
  });

  it('answers 0 at once for an empty buffer, and takes nothing', async () => {
    const [length, heard] = await online(function* () {
      const [client, server] = yield* connected();
      const nothing = ready(server.read(new Uint8Array(0)));
      yield* client.writeAll('tea');
      return [nothing, yield* readText(server)];
    });

    expect([length, heard]).toEqual([0, 'tea']);
  });

  it('answers 0 at the end, again and again', async () => {
    const lengths = await online(function* () {
      const [client, server] = yield* connected();
      client[Symbol.dispose]();
      const seen: number[] = [];
      for (let i = 0; i < 3; i++) seen.push(yield* server.read(new Uint8Array(8)));
      return seen;
    });

    expect(lengths).toEqual([0, 0, 0]);
  });

  it('answers 0 at the end, to everybody who waits', async () => {
    const heard = await online(function* () {
      const [client, server] = yield* connected();
      const readers = [1, 2, 3].map(() => spawn(readText(server)));
      yield* yieldNow();
      client[Symbol.dispose]();
      return yield* join(...readers);
    });

    expect(heard).toEqual(['', '', '']);
  });

  it.each([
    ['fits in exactly', 3, ['tea', '']],
    ['is less than the buffer', 8, ['tea', '']],
    ['is more than the buffer', 2, ['te', 'a', '']],
  ])('hears of an end that came right behind the last bytes, where that %s', async (_, size, expected) => {
    const parts = await online(function* () {
      const { stream, peer } = yield* visited();
      peer.end('tea');
      yield* aMoment();
      const heard: string[] = [];
      for (let i = 0; i < expected.length; i++) heard.push(yield* readText(stream, size));
      return heard;
    });

    expect(parts).toEqual(expected);
  });

  it('throws an IoError when the peer resets', async () => {
    const failed = online(function* () {
      const { stream, peer } = yield* visited();
      const reader = spawn(readText(stream));
      yield* yieldNow();
      peer.resetAndDestroy();
      try {
        yield* reader;
      } catch (error) {
        throw (error as Error).cause;
      }
    });

    await expect(failed).rejects.toThrow(IoError);
    await expect(failed).rejects.toThrow('read() failed: the peer reset the connection (ECONNRESET)');
  });

  it('loses nothing when it is dropped while it waits', async () => {
    const heard = await online(function* () {
      const [client, server] = yield* connected();
      const impatient = byHand(readText(server));
      impatient.poll();
      yield* client.writeAll('tea');
      while (impatient.wakes === 0) yield* yieldNow();
      impatient.drop();
      return yield* readText(server);
    });

    expect(heard).toBe('tea');
  });

  it('loses nothing in a select that another branch wins', async () => {
    const heard = await online(function* () {
      const [client, server] = yield* connected();
      const buffer = new Uint8Array(8);
      const { branch } = yield* select({ read: server.read(buffer), other: sleep(1) });
      yield* client.writeAll('tea');
      return [branch, yield* readText(server)];
    });

    expect(heard).toEqual(['other', 'tea']);
  });

  it('can be given up on a silent peer, who is still heard later', async () => {
    const [silent, heard] = await online(function* () {
      const { stream, peer } = yield* visited();
      const outcome = yield* timedOut(readText(stream));
      peer.write('sorry');
      return [outcome, yield* readText(stream)];
    });

    expect([silent, heard]).toEqual(['silent', 'sorry']);
  });

  it('gets half a request, and then the end', async () => {
    const parts = await online(function* () {
      const { stream, peer } = yield* visited();
      peer.write('GET / HT');
      const half = yield* readText(stream);
      peer.end();
      return [half, yield* readText(stream)];
    });

    expect(parts).toEqual(['GET / HT', '']);
  });

  it.each([10_000, 1_000_000])('gets all of %i bytes that come at once, in order', async (size) => {
    const sent = Buffer.from(Array.from({ length: size }, (_, i) => i % 251));

    const got = await online(function* () {
      const { stream, peer } = yield* visited();
      peer.end(sent);
      const parts: Uint8Array[] = [];
      const buffer = new Uint8Array(1000);
      for (;;) {
        const length = yield* stream.read(buffer);
        if (length === 0) return Buffer.concat(parts);
        parts.push(buffer.slice(0, length));
      }
    });

    expect(got.equals(sent)).toBe(true);
  });

  it.each(Array.from({ length: 10 }, (_, i) => i))(
    'gets what was written, however it is cut: seed %i',
    async (seed) => {
      const next = dice(seed);
      const parts = Array.from({ length: 50 }, () => String(next(10)).repeat(next(5000)));

      const got = await online(function* () {
        const [client, server] = yield* connected();
        spawn(writeParts(client, parts));
        let text = '';
        for (;;) {
          const part = yield* readText(server, 1 + next(3000));
          if (part === '') return text;
          text += part;
          if (next(4) === 0) yield* yieldNow();
        }
      });

      expect(got === parts.join('')).toBe(true);
    },
  );

  it('takes in only a little ahead of its reader: a peer that sends more has to wait', async () => {
    const [waiting, received] = await online(function* () {
      const { stream, peer } = yield* visited();
      peer.write(new Uint8Array(TOO_MUCH));
      for (let i = 0; i < 5; i++) yield* aMoment();
      const before = peer.writableLength;
      peer.end();
      return [before, yield* readBytes(stream, Number.POSITIVE_INFINITY)];
    });

    expect(waiting).toBeGreaterThan(0);
    expect(received).toBe(TOO_MUCH);
  });

  it('wakes everybody who reads the same stream: none is left waiting for bytes that are there', async () => {
    const heard = await online(function* () {
      const [client, server] = yield* connected();
      const readers = [1, 2].map(() => spawn(readText(server, 1)));
      yield* yieldNow();
      yield* client.writeAll('ab');
      return yield* join(...readers);
    });

    expect(heard).toEqual(['a', 'b']);
  });

  it('passes on to another task what a task leaves that was woken and then dropped', async () => {
    const heard = await online(function* () {
      const [client, server] = yield* connected();
      const gone = byHand(readText(server));
      gone.poll();
      const stays = spawn(readText(server));
      yield* yieldNow();
      yield* client.writeAll('tea');
      while (gone.wakes === 0) yield* yieldNow();
      gone.drop();
      return yield* stays;
    });

    expect(heard).toBe('tea');
  });

  it('lets others run although there is always something to read', async () => {
    const others = await online(function* () {
      const [client, server] = yield* connected();
      yield* client.writeAll('x'.repeat(10_000));
      yield* aMoment();
      let runs = 0;
      spawn(
        (function* () {
          for (;;) {
            runs += 1;
            yield* yieldNow();
          }
        })(),
      );
      for (let i = 0; i < 1000; i++) yield* readText(server, 1);
      return runs;
    });

    expect(others).toBeGreaterThanOrEqual(7);
  });

  function* timedOut(work: Async<unknown>): Async<unknown> {
    try {
      return yield* timeout(10, work);
    } catch (error) {
      if (error instanceof Elapsed) return 'silent';
      throw error;
    }
  }
});

describe('TcpStream.writeAll', () => {
  it.each([3, 20_000])('of %i bytes, which the system takes, is ready at once', async (size) => {
    const [answer, received] = await online(function* () {
      const [client, server] = yield* connected();
      const first = byHand(client.writeAll(new Uint8Array(size))).poll();
      return [first, yield* readBytes(server, size)];
    });

    expect([answer, received]).toEqual([undefined, size]);
  });

  it('of a little waits as well, when the peer has not read for long', async () => {
    const [answer, sent, received] = await online(function* () {
      const [client, server] = yield* connected();
      const { last, done } = yield* writtenUntilOneWaits(client);
      const received = yield* readBytes(server, done + PART);
      while (last.wakes === 0) yield* yieldNow();
      return [last.poll(), done + PART, received];
    });

    expect([answer, received]).toEqual([undefined, sent]);
  });

  it('that is done was taken by the system: it arrives, although the stream is disposed', async () => {
    const [sent, received] = await online(function* () {
      const [client, server] = yield* connected();
      const { done } = yield* writtenUntilOneWaits(client);
      client[Symbol.dispose]();
      return [done, yield* readBytes(server, Number.POSITIVE_INFINITY)];
    });

    expect(received).toBeGreaterThanOrEqual(sent);
  });

  it('of a little, behind others that wait, is done when its turn has come', async () => {
    const [answers, received] = await online(function* () {
      const [client, server] = yield* connected();
      const writes = [TOO_MUCH, 3, TOO_MUCH].map((size) => byHand(client.writeAll(new Uint8Array(size))));
      const before = writes.map((write) => write.poll());
      const received = yield* readBytes(server, TOO_MUCH + 3 + TOO_MUCH);
      yield* aMoment();
      return [[...before, ...writes.map((write) => write.poll())], received];
    });

    expect(answers).toEqual([Pending, Pending, Pending, undefined, undefined, undefined]);
    expect(received).toBe(TOO_MUCH + 3 + TOO_MUCH);
  });

  it('of nothing is ready at once', async () => {
    const [answer] = await online(function* () {
      const [client] = yield* connected();
      return [byHand(client.writeAll('')).poll()];
    });

    expect(answer).toBeUndefined();
  });

  it('is lazy: as long as nobody polls it, nothing is sent', async () => {
    const heard = await online(function* () {
      const [client, server] = yield* connected();
      using _unpolled = client.writeAll('milk');
      yield* client.writeAll('tea');
      return yield* readText(server);
    });

    expect(heard).toBe('tea');
  });

  it('sends text as UTF-8', async () => {
    const bytes = await online(function* () {
      const [client, server] = yield* connected();
      yield* client.writeAll('Grüße ☕');
      const buffer = new Uint8Array(32);
      return buffer.subarray(0, yield* server.read(buffer));
    });

    expect([...bytes]).toEqual([...Buffer.from('Grüße ☕', 'utf8')]);
  });

  it('sends the part that a view shows, not the buffer behind it', async () => {
    const heard = await online(function* () {
      const [client, server] = yield* connected();
      yield* client.writeAll(new TextEncoder().encode('no tea today').subarray(3, 6));
      return yield* readText(server);
    });

    expect(heard).toBe('tea');
  });

  it('of a lot waits as long as the other end does not read, and goes on when it does', async () => {
    const [early, received] = await online(function* () {
      const [client, server] = yield* connected();
      const writer = spawn(client.writeAll(new Uint8Array(TOO_MUCH)));
      yield* aMoment();
      const finished = writer.isFinished();
      const count = yield* readBytes(server, TOO_MUCH);
      yield* writer;
      return [finished, count];
    });

    expect([early, received]).toEqual([false, TOO_MUCH]);
  });

  it('of two tasks at once arrives whole, in the order of their first polls', async () => {
    const heard = await online(function* () {
      const [client, server] = yield* connected();
      const [a, b] = [1_000_000, 500_000];
      spawn(client.writeAll('a'.repeat(a)));
      spawn(client.writeAll('b'.repeat(b)));
      spawn(client.shutdown());
      const text = yield* readToEnd(server);
      return text === 'a'.repeat(a) + 'b'.repeat(b);
    });

    expect(heard).toBe(true);
  });

  it('and read go on in two tasks at once', async () => {
    const sizes = await online(function* () {
      const [client, server] = yield* connected();
      const size = 4 * 1024 * 1024;
      const writers = [client, server].map((stream) => spawn(stream.writeAll(new Uint8Array(size))));
      const readers = [client, server].map((stream) => spawn(readBytes(stream, size)));
      for (const writer of writers) yield* writer;
      return yield* join(...readers);
    });

    expect(sizes).toEqual([4 * 1024 * 1024, 4 * 1024 * 1024]);
  });

  it('dropped while it waits leaves a stream that can be closed and read', async () => {
    const received = await online(function* () {
      const [client, server] = yield* connected();
      const impatient = byHand(client.writeAll(new Uint8Array(TOO_MUCH)));
      const first = impatient.poll();
      impatient.drop();
      yield* server.writeAll('tea');
      return [first, yield* readText(client)];
    });

    expect(received).toEqual([Pending, 'tea']);
  });

  it('after dispose throws an IoError', async () => {
    const failed = online(function* () {
      const [client] = yield* connected();
      client[Symbol.dispose]();
      yield* client.writeAll('tea');
    });

    await expect(failed).rejects.toThrow('writeAll() failed: the connection is closed (EPIPE)');
  });

  it('after shutdown throws an IoError, and disturbs nobody who reads', async () => {
    const outcomes = await online(function* () {
      const [client, server] = yield* connected();
      yield* client.shutdown();
      const outcome = yield* outcomeOf(client.writeAll('tea'));
      yield* server.writeAll('late question');
      return [outcome, yield* readText(client)];
    });

    expect(outcomes).toEqual(['EPIPE', 'late question']);
  });

  it('that waits when the stream is shut down behind it is not disturbed', async () => {
    const [first, outcome] = await online(function* () {
      const [client, server] = yield* connected();
      const writing = byHand(client.writeAll(new Uint8Array(TOO_MUCH)));
      const before = writing.poll();
      spawn(client.shutdown());
      yield* readBytes(server, Number.POSITIVE_INFINITY);
      return [before, writing.poll()];
    });

    expect([first, outcome]).toEqual([Pending, undefined]);
  });

  it('that was written is not disturbed by both ends closing before that is heard', async () => {
    const [first, outcome] = await online(function* () {
      const [client, server] = yield* connected();
      const writing = byHand(client.writeAll(new Uint8Array(TOO_MUCH)));
      const before = writing.poll();
      spawn(client.shutdown());
      yield* readBytes(server, Number.POSITIVE_INFINITY);
      yield* server.shutdown();
      yield* readToEnd(client);
      yield* aMoment();
      return [before, writing.poll()];
    });

    expect([first, outcome]).toEqual([Pending, undefined]);
  });

  it('that was not written throws an IoError, however late it hears that the stream was disposed', async () => {
    const outcomes = await online(function* () {
      const [client] = yield* connected();
      const [writing, behind] = [client.writeAll(new Uint8Array(TOO_MUCH)), client.writeAll('tea')];
      for (const write of [writing, behind]) byHand(write).poll();
      client[Symbol.dispose]();
      yield* aMoment();
      const codes: unknown[] = [];
      for (const work of [writing, behind, client.writeAll('tea'), client.shutdown()])
        codes.push(yield* outcomeOf(work));
      return codes;
    });

    expect(outcomes).toEqual(['EPIPE', 'EPIPE', 'EPIPE', 'EPIPE']);
  });

  it('that was not written throws an IoError, however late it hears that the peer has reset', async () => {
    const outcomes = await online(function* () {
      const { stream, peer } = yield* visited();
      const [writing, behind] = [stream.writeAll(new Uint8Array(TOO_MUCH)), stream.writeAll('tea')];
      for (const write of [writing, behind]) byHand(write).poll();
      peer.resetAndDestroy();
      yield* aMoment();
      const codes: unknown[] = [];
      for (const work of [writing, behind, stream.writeAll('tea')]) codes.push(yield* outcomeOf(work));
      return codes;
    });

    for (const code of outcomes) expect(['ECONNRESET', 'EPIPE']).toContain(code);
  });

  it('throws an IoError where the peer has reset, also before anybody was told', async () => {
    const outcome = await online(function* () {
      const { stream, peer } = yield* visited();
      peer.resetAndDestroy();
      return yield* outcomeOf(stream.writeAll('tea'));
    });

    expect(['ECONNRESET', 'EPIPE']).toContain(outcome);
  });

  it('throws an IoError when the peer resets while it waits', async () => {
    const outcome = await online(function* () {
      const { stream, peer } = yield* visited();
      const writer = spawn(outcomeOf(stream.writeAll(new Uint8Array(TOO_MUCH))));
      yield* aMoment();
      peer.resetAndDestroy();
      return yield* writer;
    });

    expect(['ECONNRESET', 'EPIPE']).toContain(outcome);
  });

  it('throws an IoError some time after the peer has closed', async () => {
    const outcome = await online(function* () {
      const { stream, peer } = yield* visited();
      peer.destroy();
      for (;;) {
        const code = yield* outcomeOf(stream.writeAll('tea'));
        if (code !== undefined) return code;
        yield* sleep(1);
      }
    });

    expect(['ECONNRESET', 'EPIPE']).toContain(outcome);
  });
});

describe('TcpStream.shutdown', () => {
  it('tells the other end that no more comes, which can still be heard', async () => {
    const heard = await online(function* () {
      const [client, server] = yield* connected();
      yield* client.shutdown();
      const question = yield* readToEnd(server);
      yield* server.writeAll('late tea');
      return [question, yield* readText(client)];
    });

    expect(heard).toEqual(['', 'late tea']);
  });

  it('of the side that accepted does the same', async () => {
    const heard = await online(function* () {
      const [client, server] = yield* connected();
      yield* server.shutdown();
      const answer = yield* readToEnd(client);
      yield* client.writeAll('late question');
      return [answer, yield* readText(server)];
    });

    expect(heard).toEqual(['', 'late question']);
  });

  it('of both ends leaves both at the end', async () => {
    const lengths = await online(function* () {
      const [client, server] = yield* connected();
      yield* join(client.shutdown(), server.shutdown());
      const seen: number[] = [];
      for (const stream of [client, server, client, server]) seen.push(yield* stream.read(new Uint8Array(8)));
      yield* aMoment();
      for (const stream of [client, server]) seen.push(yield* stream.read(new Uint8Array(8)));
      return seen;
    });

    expect(lengths).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('comes after all that was written before', async () => {
    const [finished, received] = await online(function* () {
      const [client, server] = yield* connected();
      byHand(client.writeAll(new Uint8Array(TOO_MUCH))).poll();
      const closing = spawn(client.shutdown());
      yield* aMoment();
      const early = closing.isFinished();
      const count = yield* readBytes(server, Number.POSITIVE_INFINITY);
      yield* closing;
      return [early, count];
    });

    expect([finished, received]).toEqual([false, TOO_MUCH]);
  });

  it('can be said twice', async () => {
    const heard = await online(function* () {
      const [client, server] = yield* connected();
      yield* client.shutdown();
      yield* client.shutdown();
      return yield* readToEnd(server);
    });

    expect(heard).toBe('');
  });

  it('is lazy: as long as nobody polls it, the other end waits', async () => {
    const heard = await online(function* () {
      const [client, server] = yield* connected();
      using _unpolled = client.shutdown();
      yield* client.writeAll('tea');
      return yield* readText(server);
    });

    expect(heard).toBe('tea');
  });

  it('dropped while it waits is announced all the same', async () => {
    const heard = await online(function* () {
      const [client, server] = yield* connected();
      yield* client.writeAll('tea');
      const closing = byHand(client.shutdown());
      const first = closing.poll();
      closing.drop();
      return [first, yield* readToEnd(server)];
    });

    expect(heard).toEqual([Pending, 'tea']);
  });

  it('throws an IoError when the peer has reset', async () => {
    const outcome = await online(function* () {
      const { stream, peer } = yield* visited();
      peer.resetAndDestroy();
      yield* outcomeOf(readText(stream));
      return yield* outcomeOf(stream.shutdown());
    });

    expect(outcome).toBe('ECONNRESET');
  });

  it('throws an IoError after dispose: nothing can be announced any more', async () => {
    const outcome = await online(function* () {
      const [client] = yield* connected();
      client[Symbol.dispose]();
      return yield* outcomeOf(client.shutdown());
    });

    expect(outcome).toBe('EPIPE');
  });
});

describe('a disposed TcpStream', () => {
  it('is at its end for the other side, after all that was sent', async () => {
    const heard = await online(function* () {
      const [client, server] = yield* connected();
      yield* client.writeAll('tea');
      client[Symbol.dispose]();
      return yield* readToEnd(server);
    });

    expect(heard).toBe('tea');
  });

  it('can be disposed again', async () => {
    await online(function* () {
      const [client] = yield* connected();
      client[Symbol.dispose]();
      client[Symbol.dispose]();
    });
  });

  it('throws an IoError at who reads, also if bytes were left', async () => {
    const outcomes = await online(function* () {
      const [client, server] = yield* connected();
      yield* client.writeAll('tea');
      yield* readText(server, 1);
      server[Symbol.dispose]();
      client[Symbol.dispose]();
      return [yield* outcomeOf(readText(server, 1)), yield* outcomeOf(readText(client, 1))];
    });

    expect(outcomes).toEqual(['EPIPE', 'EPIPE']);
  });

  it('throws an IoError at everybody who waits for it', async () => {
    const outcomes = await online(function* () {
      const [client] = yield* connected();
      const waiters = [
        spawn(outcomeOf(client.read(new Uint8Array(8)))),
        spawn(outcomeOf(client.writeAll(new Uint8Array(TOO_MUCH)))),
        spawn(outcomeOf(client.shutdown())),
      ];
      yield* aMoment();
      const early = waiters.map((waiter) => waiter.isFinished());
      client[Symbol.dispose]();
      return [...early, ...(yield* join(...waiters))];
    });

    expect(outcomes).toEqual([false, false, false, 'EPIPE', 'EPIPE', 'EPIPE']);
  });

  it('still knows both its ends', async () => {
    const [before, after] = await online(function* () {
      const [client] = yield* connected();
      const ends = () => `${client.localAddress} ${client.peerAddress}`;
      const open = ends();
      client[Symbol.dispose]();
      return [open, ends()];
    });

    expect(after).toBe(before);
  });

  it('is closed with the block that uses it', async () => {
    const heard = await online(function* () {
      const [client, server] = yield* connected();
      {
        using brief = client;
        yield* brief.writeAll('tea');
      }
      return yield* readToEnd(server);
    });

    expect(heard).toBe('tea');
  });

  it('is closed with the task that uses it, when that is aborted', async () => {
    const heard = await online(function* () {
      const [client, server] = yield* connected();
      const task = spawn(
        (function* () {
          using mine = client;
          yield* readText(mine);
        })(),
      );
      yield* yieldNow();
      task.abort();
      return yield* readToEnd(server);
    });

    expect(heard).toBe('');
  });

  it('is gone for a peer that no runtime runs', async () => {
    const { address, visitors } = await plainServer();

    await online(function* () {
      using _ = yield* TcpStream.connect(address);
      while (visitors.length === 0) yield* sleep(1);
    });

    const [visitor] = visitors;
    if (!visitor?.destroyed) await once(visitor as never, 'close');
    expect(visitor?.destroyed).toBe(true);
  });
});

describe('an observed TcpStream', () => {
  it('tells when it is opened, readable and closed, and by whom', async () => {
    const told = await toldBy(function* () {
      const { stream, peer } = yield* visited();
      peer.write('tea');
      yield* readText(stream);
      peer.end();
      yield* readText(stream);
      stream[Symbol.dispose]();
    });

    expect(told).toEqual(['opened', 'readable', 'closed by peer', 'closed by us']);
  });

  it('tells when it can take more again, and only then', async () => {
    const told = await toldBy(function* () {
      const { stream, peer } = yield* visited();
      yield* stream.writeAll('tea');
      const writing = spawn(stream.writeAll(new Uint8Array(TOO_MUCH)));
      yield* yieldNow();
      peer.resume();
      yield* writing;
    });

    expect(told).toEqual(['opened', 'writable', 'closed by us']);
  });

  it('that breaks while somebody writes does not tell that it can take more', async () => {
    const told = await toldBy(function* () {
      const { stream, peer } = yield* visited();
      const writing = spawn(outcomeOf(stream.writeAll(new Uint8Array(TOO_MUCH))));
      yield* aMoment();
      peer.resetAndDestroy();
      yield* writing;
    });

    expect(told).not.toContain('writable');
  });

  it('tells once that it is closed, if the end of the program closes it', async () => {
    const told = await toldBy(function* () {
      yield* visited();
    });

    expect(told).toEqual(['opened', 'closed by us']);
  });

  it('that nobody polls tells nothing: it was never open', async () => {
    const told = await toldBy(function* () {
      TcpStream.connect(yield* freeAddress());
    });

    expect(told).toEqual([]);
  });

  it('that is refused tells nothing: it was never open', async () => {
    const told = await toldBy(function* () {
      yield* outcomeOf(TcpStream.connect(yield* freeAddress()));
    });

    expect(told).toEqual([]);
  });

  /** What the events of a program say of its streams. */
  async function toldBy(main: () => Async<void>): Promise<string[]> {
    const told: string[] = [];
    const observer = (event: RuntimeEvent) => {
      if (event.kind !== 'resource.op' || event.resource.kind !== 'socket') return;
      told.push(event.op === 'closed' ? `closed by ${event.by}` : event.op);
    };
    await run(main, { observer });
    return told;
  }
});

function* writeParts(stream: TcpStream, parts: readonly string[]): Async<void> {
  for (const part of parts) yield* stream.writeAll(part);
  yield* stream.shutdown();
}

const PART = 10_000;

/** Writes until the system takes no more. Answers the write that waits, and how many bytes were written before it. */
function* writtenUntilOneWaits(stream: TcpStream): Async<{ last: HandPolled<void>; done: number }> {
  for (let done = 0; ; done += PART) {
    yield* yieldNow(); // For a new budget.
    const last = byHand(stream.writeAll(new Uint8Array(PART)));
    if (last.poll() === Pending) return { last, done };
  }
}

/** Whole numbers below a limit, the same for the same seed. */
function dice(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

function* readBytes(stream: TcpStream, upTo: number): Async<number> {
  const buffer = new Uint8Array(1024 * 1024);
  let total = 0;
  while (total < upTo) {
    const length = yield* stream.read(buffer);
    if (length === 0) break;
    total += length;
  }
  return total;
}
