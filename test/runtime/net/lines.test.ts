import { type Async, BufReader, Elapsed, millis, spawn, timeout } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { aMoment, connected, online, outcomeOf, readText, visited } from '../../support/sockets.ts';

describe('lines of a stranger', () => {
  it('come however they are sent: a byte at a time', async () => {
    const lines = await online(function* () {
      const { stream, peer } = yield* visited();
      using reader = new BufReader(stream);
      spawn(
        (function* (): Async<void> {
          for (const byte of Buffer.from('☕ for two\r\nand milk')) {
            peer.write(Uint8Array.of(byte));
            yield* aMoment();
          }
          peer.end();
        })(),
      );
      return [yield* reader.readLine(), yield* reader.readLine(), yield* reader.readLine()];
    });

    expect(lines).toEqual(['☕ for two', 'and milk', undefined]);
  });

  it('are all there although each wait for one is given up', async () => {
    const line = await online(function* () {
      const { stream, peer } = yield* visited();
      const reader = new BufReader(stream);
      spawn(
        (function* (): Async<void> {
          for (const part of ['pa', 'tien', 'ce\n']) {
            peer.write(part);
            yield* aMoment();
          }
        })(),
      );
      for (;;) {
        try {
          return yield* timeout(millis(5), reader.readLine());
        } catch (error) {
          if (!(error instanceof Elapsed)) throw error;
        }
      }
    });

    expect(line).toBe('patience');
  });

  it('that never end are refused, and the stream can be closed', async () => {
    const [code, rest] = await online(function* () {
      const { stream, peer } = yield* visited();
      peer.write(Buffer.alloc(3 * 1024 * 1024, 'x'));
      using reader = new BufReader(stream);
      const first = yield* outcomeOf(reader.readLine());
      peer.write('\nhonest\n');
      return [first, yield* reader.readLine()];
    });

    expect([code, rest]).toEqual(['MaxLineLengthExceeded', 'honest']);
  });

  it('who resets in the middle of one fail', async () => {
    const outcomes = await online(function* () {
      const { stream, peer } = yield* visited();
      const reader = new BufReader(stream);
      peer.write('whole\nhal');
      const first = yield* reader.readLine();
      peer.resetAndDestroy();
      return [first, yield* outcomeOf(reader.readLine()), yield* outcomeOf(reader.readLine())];
    });

    expect(outcomes).toEqual(['whole', 'ECONNRESET', 'ECONNRESET']);
  });

  it('who says no more can still be answered', async () => {
    const [lines, answer] = await online(function* () {
      const [client, server] = yield* connected();
      yield* client.writeAll('last words');
      yield* client.shutdown();
      const [reader, writer] = server.split();
      const lines = new BufReader(reader).lines();
      const heard = [yield* lines.nextLine(), yield* lines.nextLine()];
      yield* writer.writeAll('late tea');
      return [heard, yield* readText(client)];
    });

    expect([lines, answer]).toEqual([['last words', undefined], 'late tea']);
  });

  it('who sends garbage fail, and the next line comes', async () => {
    const lines = await online(function* () {
      const { stream, peer } = yield* visited();
      peer.end(Buffer.from([0xff, 0xfe, 0x0a, 0x6f, 0x6b]));
      const reader = new BufReader(stream);
      return [yield* outcomeOf(reader.readLine()), yield* reader.readLine()];
    });

    expect(lines).toEqual(['InvalidData', 'ok']);
  });
});

describe('readExact of a TcpStream', () => {
  it('waits for all, and says when the peer ends early', async () => {
    const [length, error] = await online(function* () {
      const { stream, peer } = yield* visited();
      peer.write('te');
      const reading = spawn(stream.readExact(new Uint8Array(3)));
      yield* aMoment();
      peer.end('apo');
      const first = yield* reading;
      return [first, yield* outcomeOf(stream.readExact(new Uint8Array(3)))];
    });

    expect([length, error]).toEqual([3, 'UnexpectedEof']);
  });
});
