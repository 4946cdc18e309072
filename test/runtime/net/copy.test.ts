import { type Async, copy, copyBidirectional, IoError, join, spawn, TcpListener, TcpStream } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { aMoment, connected, LOOPBACK, online, TOO_MUCH, visited } from '../../support/sockets.ts';

describe('copy between sockets', () => {
  it('carries all of a lot, at the pace of who reads', async () => {
    const [count, early, received] = await online(function* () {
      const [client, from] = yield* connected();
      const [to, server] = yield* connected();
      const copying = spawn(copy(from, to));
      const writing = spawn(client.writeAll(new Uint8Array(TOO_MUCH)));
      yield* aMoment();
      const finished = writing.isFinished();
      const all = spawn(server.readToEnd());
      yield* writing;
      yield* client.shutdown();
      const total = yield* copying;
      yield* to.shutdown();
      return [total, finished, (yield* all).length];
    });

    expect([count, early, received]).toEqual([TOO_MUCH, false, TOO_MUCH]);
  });

  it('is an echo, with the two halves of one stream', async () => {
    const heard = await online(function* () {
      const [client, server] = yield* connected();
      spawn(
        (function* (): Async<void> {
          const [reader, writer] = server.split();
          using from = reader;
          using to = writer;
          yield* copy(from, to);
        })(),
      );
      yield* client.writeAll('echo');
      yield* client.shutdown();
      return yield* client.readToString();
    });

    expect(heard).toBe('echo');
  });

  it('is a proxy both ways', async () => {
    const [counts, heard] = await online(function* () {
      using listener = yield* TcpListener.bind(LOOPBACK);
      const [upstream, server] = yield* connected();
      const client = yield* TcpStream.connect(String(listener.localAddress));
      const [visitor] = yield* listener.accept();
      const proxy = spawn(copyBidirectional(visitor, upstream));
      const serving = spawn(
        (function* (): Async<string> {
          const question = yield* server.readToString();
          yield* server.writeAll(`you said ${question}`);
          yield* server.shutdown();
          return question;
        })(),
      );
      yield* client.writeAll('ping');
      yield* client.shutdown();
      const answer = yield* client.readToString();
      yield* serving;
      return [yield* proxy, answer];
    });

    expect([counts, heard]).toEqual([[4, 13], 'you said ping']);
  });

  it('fails when one side resets', async () => {
    const failed = online(function* () {
      const { stream, peer } = yield* visited();
      const [other] = yield* connected();
      const copying = spawn(copyBidirectional(stream, other));
      yield* aMoment();
      peer.resetAndDestroy();
      yield* join(copying);
    });

    await expect(failed).rejects.toMatchObject({ cause: expect.any(IoError) });
  });
});
