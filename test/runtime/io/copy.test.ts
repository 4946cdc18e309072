import {
  type Async,
  type AsyncRead,
  copy,
  copyBidirectional,
  DeadlockError,
  duplex,
  Pending,
  PolledAfterCompletionError,
  sleep,
  spawn,
  TURN_BUDGET,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { hasBudget, refill, restore } from '../../../src/runtime/budget.ts';
import { Basket, Pieces, text } from '../../support/bytes.ts';
import { Gate } from '../../support/gate.ts';
import { byHand, ready } from '../../support/hand-poll.ts';
import { run } from '../../support/run.ts';

/** Always has so many more bytes, and never lets go of the thread. */
class Greedy implements AsyncRead {
  reads = 0;
  left: number;

  constructor(left = Number.POSITIVE_INFINITY) {
    this.left = left;
  }

  *read(buffer: Uint8Array): Async<number> {
    this.reads += 1;
    const length = Math.min(this.left, buffer.length);
    this.left -= length;
    return length;
  }
}

class Broken extends Basket {
  override *writeAll(): Async<void> {
    throw new Error('broken writer');
  }
}

describe('copy', () => {
  it('asks to be polled again also where no executor runs', () => {
    const copying = byHand(copy(new Greedy(), new Basket()));

    expect(copying.poll()).toBe(Pending);
    expect(copying.wakes).toBe(1);
  });

  it('writes all that is read, up to the end, and answers how many bytes', () => {
    const basket = new Basket();

    expect(ready(copy(new Pieces('one ', 'two ', '☕'), basket))).toBe(11);
    expect(basket.text).toBe('one two ☕');
  });

  it('of nothing writes nothing', () => {
    const basket = new Basket();

    expect([ready(copy(new Pieces(), basket)), basket.sizes]).toEqual([0, []]);
  });

  it('does not shut the writer down', () => {
    const basket = new Basket();
    ready(copy(new Pieces('tea'), basket));

    expect(basket.ended).toBe(false);
  });

  it('moves 8 KiB at a time', () => {
    const basket = new Basket();
    ready(copy(new Greedy(20_000), basket));

    expect(basket.sizes).toEqual([8192, 8192, 3616]);
  });

  it('writes what is there, although more may come', () => {
    const gate = new Gate();
    const basket = new Basket();
    const copying = byHand(copy(new Pieces('one ', gate, 'two'), basket));
    const first = [copying.poll(), basket.text];
    gate.open();

    expect([first, copying.wakes, copying.poll(), basket.text]).toEqual([[Pending, 'one '], 1, 7, 'one two']);
  });

  it('reads no more than 8 KiB ahead of a writer that waits', () => {
    const source = new Greedy();
    const basket = new Basket();
    basket.gate = new Gate();
    const copying = byHand(copy(source, basket));
    for (let i = 0; i < 3; i++) copying.poll();

    expect(source.reads).toBe(1);
  });

  it('reads ahead what comes while the writer waits, and writes it in order', () => {
    const gates = [new Gate(), new Gate()] as const;
    const basket = new Basket();
    basket.gate = new Gate();
    const source = new Pieces('a', gates[0], 'b', gates[1], 'c');
    const copying = byHand(copy(source, basket));
    copying.poll();
    gates[0].open();
    copying.poll();
    const early = basket.text;
    basket.gate.open();
    copying.poll();
    const then = basket.text;
    gates[1].open();

    expect([early, then, copying.poll(), basket.text, basket.sizes]).toEqual(['', 'ab', 3, 'abc', [1, 1, 1]]);
  });

  it('uses the whole buffer again once all is written', () => {
    const gate = new Gate();
    const basket = new Basket();
    basket.gate = new Gate();
    const source = new Pieces('x'.repeat(8000), gate, 'y'.repeat(8192));
    const copying = byHand(copy(source, basket));
    copying.poll();
    basket.gate.open();
    copying.poll();
    gate.open();
    ready(copying);

    expect([basket.sizes, source.drops]).toEqual([[8000, 8192], 1]);
  });

  it('throws what the reader throws, also while the writer waits, which is dropped', () => {
    const gate = new Gate();
    class Breaks extends Pieces {
      override *read(buffer: Uint8Array): Async<number> {
        if (this.reads > 0) yield* gate;
        if (this.reads > 0) throw new Error('broken reader');
        return yield* super.read(buffer);
      }
    }
    const basket = new Basket();
    basket.gate = new Gate();
    const copying = byHand(copy(new Breaks('tea'), basket));
    copying.poll();
    gate.open();

    expect(() => copying.poll()).toThrow('broken reader');
    expect(basket.drops).toBe(1);
  });

  it('throws what the writer throws', () => {
    expect(() => byHand(copy(new Pieces('tea'), new Broken())).poll()).toThrow('broken writer');
  });

  it('dropped drops the read and the write, once', () => {
    const source = new Pieces('tea', new Gate());
    const basket = new Basket();
    basket.gate = new Gate();
    const copying = byHand(copy(source, basket));
    copying.poll();
    copying.drop();
    copying.drop();

    expect([source.drops, basket.drops]).toEqual([1, 1]);
  });

  it('cannot be awaited again', () => {
    const copying = copy(new Pieces('tea'), new Basket());
    ready(copying);

    expect(() => byHand(copying).poll()).toThrow(PolledAfterCompletionError);
  });

  it('lets others run, also if reader and writer never do', async () => {
    const source = new Greedy();
    const reads = await run(function* () {
      spawn(copy(source, { writeAll: function* () {}, shutdown: function* () {} }));
      yield* yieldNow();
      const first = source.reads;
      yield* yieldNow();
      return [first, source.reads];
    });

    expect(reads).toEqual([TURN_BUDGET, 2 * TURN_BUDGET]);
  });

  it('costs nothing as long as it comes to nothing', () => {
    const copying = byHand(copy(new Pieces(new Gate()), new Basket()));
    const before = refill(1);
    for (let i = 0; i < 3; i++) copying.poll();
    const isLeft = hasBudget();
    restore(before);

    expect(isLeft).toBe(true);
  });

  it('that can never end is reported with what it waits for', async () => {
    const stuck = run(function* () {
      const [, from] = duplex(8);
      yield* copy(from, new Basket());
    });

    await expect(stuck).rejects.toThrow(DeadlockError);
    await expect(stuck).rejects.toThrow(/main waits for read\(8192 bytes\) on a pipe/);
  });

  it('says what it waits for: the writer, if it has something to write', () => {
    const [a, from] = duplex(8);
    const [to] = duplex(2);
    const copying = copy(from, to);
    byHand(copying).poll();
    const idle = copying.awaited;
    ready(a.writeAll('teapot'));
    byHand(copying).poll();

    expect([copying.label, idle, copying.awaited]).toMatchObject([
      'copy()',
      { detail: 'duplex, first end to second, 8 bytes' },
      { detail: 'duplex, first end to second, 2 bytes' },
    ]);
  });
});

describe('copyBidirectional', () => {
  /** A client and a server, and what copies between them. */
  function proxied(size = 64) {
    const [client, a] = duplex(size);
    const [b, server] = duplex(size);
    return { client, a, b, server, copying: byHand(copyBidirectional(a, b)) };
  }

  it('carries both ways, and shuts down each side when the other ends', () => {
    const { client, server, copying } = proxied();
    ready(client.writeAll('question'));
    ready(client.shutdown());
    copying.poll();
    expect(ready(server.readToString())).toBe('question');

    ready(server.writeAll('answer'));
    ready(server.shutdown());

    expect(copying.poll()).toEqual([8, 6]);
    expect(ready(client.readToString())).toBe('answer');
  });

  it('goes on in one direction when the other has ended', () => {
    const { client, server, copying } = proxied();
    ready(server.shutdown());
    copying.poll();
    ready(client.writeAll('still'));

    expect([copying.poll(), text(ready(client.readToEnd())), ready(server.readExact(new Uint8Array(5)))]).toEqual([
      Pending,
      '',
      5,
    ]);
  });

  it('is not held up by one direction that waits', async () => {
    const [counts, heard] = await run(function* () {
      const { client, a, b, server } = proxied(4);
      const copying = spawn(copyBidirectional(a, b));
      spawn(client.writeAll('x'.repeat(100)));
      yield* sleep(1);
      yield* server.writeAll('y'.repeat(50));
      yield* server.shutdown();
      const back = yield* client.readToString();
      yield* client.shutdown();
      const there = yield* server.readToString();
      return [yield* copying, [there.length, back.length]];
    });

    expect([counts, heard]).toEqual([
      [100, 50],
      [100, 50],
    ]);
  });

  it('gives up both ways when one fails', () => {
    const source = new Pieces(new Gate());
    const a = Object.assign(source, { writeAll: new Broken().writeAll, shutdown: new Basket().shutdown });
    const b = Object.assign(new Pieces('tea'), new Basket(), {
      writeAll: Basket.prototype.writeAll,
      shutdown: Basket.prototype.shutdown,
    });
    const copying = byHand(copyBidirectional(a, b));

    expect(() => copying.poll()).toThrow('broken writer');
    expect(source.drops).toBe(1);
    expect(() => copying.poll()).toThrow(PolledAfterCompletionError);
  });

  it('dropped drops both ways', () => {
    const sources = [new Pieces(new Gate()), new Pieces(new Gate())] as const;
    const [a, b] = sources.map((source) =>
      Object.assign(source, { writeAll: Basket.prototype.writeAll, shutdown: Basket.prototype.shutdown }),
    ) as never as [Parameters<typeof copyBidirectional>[0], Parameters<typeof copyBidirectional>[1]];
    const copying = byHand(copyBidirectional(a, b));
    copying.poll();
    copying.drop();
    copying.drop();

    expect(sources.map(({ drops }) => drops)).toEqual([1, 1]);
  });
});
