import { type Async, spawn, TcpStream, UsedAfterMoveError } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { aMoment, connected, online, outcomeOf, plainServer, readText, visited } from '../../support/sockets.ts';

describe('the halves of a TcpStream', () => {
  it('read and write in two tasks', async () => {
    const heard = await online(function* () {
      const [client, server] = yield* connected();
      const [reader, writer] = client.split();
      const reading = spawn(reader.readToString());
      spawn(
        (function* (): Async<void> {
          using half = writer;
          yield* half.writeAll('question');
        })(),
      );
      const question = yield* server.readToString();
      yield* server.writeAll('answer');
      yield* server.shutdown();
      return [question, yield* reading];
    });

    expect(heard).toEqual(['question', 'answer']);
  });

  it('dropped both close the connection', async () => {
    const heard = await online(function* () {
      const [client, server] = yield* connected();
      const [reader, writer] = client.split();
      reader[Symbol.dispose]();
      yield* writer.writeAll('last');
      const last = yield* readText(server);
      writer[Symbol.dispose]();
      const end = yield* readText(server);
      for (;;) {
        const code = yield* outcomeOf(server.writeAll('anybody?'));
        if (code !== undefined) return [last, end, code];
        yield* aMoment();
      }
    });

    expect(heard.slice(0, 2)).toEqual(['last', '']);
    expect(['EPIPE', 'ECONNRESET']).toContain(heard[2]);
  });

  it('are one stream again after reunite, with the same ends', async () => {
    const [before, after, heard] = await online(function* () {
      const [client, server] = yield* connected();
      const [reader, writer] = client.split();
      const whole = reader.reunite(writer);
      yield* whole.writeAll('whole');
      return [
        `${client.localAddress} ${client.peerAddress}`,
        `${whole.localAddress} ${whole.peerAddress}`,
        yield* readText(server),
      ];
    });

    expect([after, heard]).toEqual([before, 'whole']);
  });

  it('leave a stream that is refused', async () => {
    const failed = online(function* () {
      const [client] = yield* connected();
      client.split();
      yield* client.writeAll('x');
    });

    await expect(failed).rejects.toThrow(UsedAfterMoveError);
  });

  it('that were forgotten are closed at the end of the run', async () => {
    const { address, visitors } = await plainServer();
    await online(function* () {
      const stream = yield* TcpStream.connect(address);
      stream.split();
      yield* aMoment();
    });
    await new Promise((resolve) => setTimeout(resolve, 20));

    expect(visitors.map(({ destroyed, readableEnded }) => destroyed || readableEnded)).toEqual([true]);
  });

  it('dropped after the peer has reset do no harm', async () => {
    const code = await online(function* () {
      const { stream, peer } = yield* visited();
      const [reader, writer] = stream.split();
      peer.resetAndDestroy();
      const outcome = yield* outcomeOf(reader.read(new Uint8Array(8)));
      writer[Symbol.dispose]();
      reader[Symbol.dispose]();
      yield* aMoment();
      return outcome;
    });

    expect(code).toBe('ECONNRESET');
  });
});
