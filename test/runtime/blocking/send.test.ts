import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { spawnBlocking, transfer } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { MOST_THREADS } from '../../../src/runtime/host/threads.ts';
import { run } from '../../support/run.ts';

const lengthOf = (bytes: Uint8Array) => bytes.length;

describe('transfer', () => {
  it('moves the buffer behind a view', async () => {
    const bytes = new Uint8Array(8);

    const [here, there] = await run(function* () {
      const length = spawnBlocking(lengthOf, transfer(bytes));
      return [bytes.length, yield* length];
    });

    expect([here, there]).toEqual([0, 8]);
  });

  it('moves a buffer, and those that are listed', async () => {
    const order = { body: new ArrayBuffer(8), rest: new ArrayBuffer(4) };

    const answer = await run(function* () {
      return yield* spawnBlocking(({ body, rest }) => body.byteLength + rest.byteLength, transfer(order, [order.body]));
    });

    expect([answer, order.body.byteLength, order.rest.byteLength]).toEqual([12, 0, 4]);
  });

  it('moves a port', async () => {
    const { port1, port2 } = new MessageChannel();
    const heard = new Promise((resolve) => port1.once('message', resolve));

    await run(function* () {
      yield* spawnBlocking((port: MessagePort) => port.postMessage('hello'), transfer(port2));
    });

    expect(await heard).toBe('hello');
    port1.close();
  });

  it('is for once: what has moved is refused from then on', async () => {
    const bytes = new Uint8Array(8);

    await run(function* () {
      yield* spawnBlocking(lengthOf, transfer(bytes));
      for (const again of [bytes, transfer(bytes), transfer(bytes.buffer) as never]) {
        expect(() => spawnBlocking(lengthOf, again)).toThrow(
          'cannot go to another thread: it is a buffer that has moved; transfer() gave it to another thread',
        );
      }
    });
  });

  it('moves what waits in line, too', async () => {
    const gate = new Int32Array(new SharedArrayBuffer(4));

    const length = await run(function* () {
      for (let i = 0; i < MOST_THREADS; i++) spawnBlocking((gate) => void Atomics.wait(gate, 0, 0, 10_000), gate);
      const length = spawnBlocking(lengthOf, transfer(new Uint8Array(8)));
      Atomics.store(gate, 0, 1);
      Atomics.notify(gate, 0);
      return yield* length;
    });

    expect(length).toBe(8);
  });
});

describe('without transfer', () => {
  it('a buffer is copied', async () => {
    const bytes = new Uint8Array(8);

    await run(function* () {
      yield* spawnBlocking((bytes) => bytes.fill(1), bytes);
    });

    expect(bytes).toEqual(new Uint8Array(8));
  });
});
