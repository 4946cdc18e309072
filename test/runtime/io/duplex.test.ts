import {
  type Async,
  Context,
  DeadlockError,
  type DuplexStream,
  duplex,
  Elapsed,
  type Future,
  InvalidOptionError,
  IoError,
  join,
  Pending,
  PolledAfterCompletionError,
  pollFuture,
  type RuntimeEvent,
  select,
  sleep,
  spawn,
  timeout,
  Waker,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { refill, restore } from '../../../src/runtime/budget.ts';
import { text } from '../../support/bytes.ts';
import { byHand, CountingWaker, ready } from '../../support/hand-poll.ts';
import { pollsOf, run } from '../../support/run.ts';

/** One read, as text. */
function* readText(stream: DuplexStream, size = 64): Async<string> {
  const buffer = new Uint8Array(size);
  return text(buffer.subarray(0, yield* stream.read(buffer)));
}

const brokenPipe = expect.objectContaining({ message: 'broken pipe', code: 'BrokenPipe', kind: 'BrokenPipe' });

describe('duplex', () => {
  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses room for %s bytes', (maxBytes) => {
    expect(() => duplex(maxBytes)).toThrow(InvalidOptionError);
  });

  it('carries bytes both ways, and does not mix them', () => {
    const [a, b] = duplex(64);
    ready(a.writeAll('there'));
    ready(b.writeAll('back'));

    expect([ready(readText(a)), ready(readText(b))]).toEqual(['back', 'there']);
  });

  it('has room for so many bytes in each direction', () => {
    const [a, b] = duplex(3);

    expect([byHand(a.writeAll('abc')).poll(), byHand(b.writeAll('abc')).poll()]).toEqual([undefined, undefined]);
    expect([byHand(a.writeAll('d')).poll(), byHand(b.writeAll('d')).poll()]).toEqual([Pending, Pending]);
  });

  it('allocates no room before it is needed', () => {
    const [a, b] = duplex(Number.MAX_SAFE_INTEGER);
    ready(a.writeAll('tea'));

    expect(ready(readText(b))).toBe('tea');
  });

  it('works where no runtime runs', () => {
    const [a, b] = duplex(8);
    const reading = byHand(readText(b));

    expect(reading.poll()).toBe(Pending);
    ready(a.writeAll('tea'));
    expect([reading.wakes, reading.poll()]).toEqual([1, 'tea']);
  });
});

describe('read', () => {
  it('takes what is there and fits in, and leaves the rest', () => {
    const [a, b] = duplex(64);
    ready(a.writeAll('teapot'));

    expect([ready(readText(b, 4)), ready(readText(b, 4))]).toEqual(['teap', 'ot']);
  });

  it('of nothing is ready at once', () => {
    const [, b] = duplex(8);

    expect(byHand(b.read(new Uint8Array(0))).poll()).toBe(0);
  });

  it('wakes the writer that waits, which then writes what fits', () => {
    const [a, b] = duplex(2);
    const writing = byHand(a.writeAll('abcde'));
    writing.poll();

    const first = [ready(readText(b)), writing.wakes, writing.poll()];
    const second = [ready(readText(b)), writing.wakes, writing.poll()];

    expect([first, second, ready(readText(b))]).toEqual([['ab', 1, Pending], ['cd', 2, undefined], 'e']);
  });

  it('wakes nobody where nobody waits', () => {
    const [a, b] = duplex(4);
    const writing = byHand(a.writeAll('abcdef'));
    writing.poll();

    ready(readText(b, 1));
    ready(readText(b, 1));

    expect(writing.wakes).toBe(1);
  });

  it('of nothing wakes nobody', () => {
    const [a, b] = duplex(1);
    const writing = byHand(a.writeAll('ab'));
    writing.poll();
    ready(b.read(new Uint8Array(0)));

    expect(writing.wakes).toBe(0);
  });

  it('wakes the task that polled last, when the write has moved', () => {
    const [a, b] = duplex(1);
    const moving = a.writeAll('ab');
    const [before, after] = [byHand(moving), byHand(moving)];
    before.poll();
    after.poll();

    ready(readText(b, 1));

    expect([before.wakes, after.wakes]).toEqual([0, 1]);
  });

  it('dropped while it waits takes nothing, and is not woken', () => {
    const [a, b] = duplex(8);
    const reading = byHand(readText(b));
    reading.poll();
    reading.drop();
    ready(a.writeAll('tea'));

    expect([reading.wakes, ready(readText(b))]).toEqual([0, 'tea']);
  });

  it('that is woken although others have taken it all waits on', () => {
    const [a, b] = duplex(8);
    const [one, two] = [byHand(readText(b)), byHand(readText(b))];
    one.poll();
    two.poll();
    ready(a.writeAll('tea'));

    expect([one.poll(), two.poll()]).toEqual(['tea', Pending]);
    ready(a.writeAll('pot'));
    expect([two.wakes, two.poll()]).toEqual([2, 'pot']);
  });

  it('cannot be awaited again', () => {
    const [, b] = duplex(8);
    const reading = b.read(new Uint8Array(0));
    ready(reading);

    expect(() => byHand(reading).poll()).toThrow(PolledAfterCompletionError);
  });
});

describe('writeAll', () => {
  it('writes what fits, and waits with the rest', () => {
    const [a, b] = duplex(4);

    expect(byHand(a.writeAll('teapot')).poll()).toBe(Pending);
    expect(ready(readText(b))).toBe('teap');
  });

  it('wakes the reader once, however much it writes', () => {
    const [a, b] = duplex(64);
    const reading = byHand(b.read(new Uint8Array(8)));
    reading.poll();

    ready(a.writeAll('a'));
    ready(a.writeAll('b'));

    expect(reading.wakes).toBe(1);
  });

  it('is lazy: as long as nobody polls it, nothing is written', () => {
    const [a, b] = duplex(64);
    a.writeAll('tea');

    expect(byHand(readText(b)).poll()).toBe(Pending);
  });

  it('of nothing is ready at once, also where nothing can be written', () => {
    const [a] = duplex(1);
    ready(a.writeAll('x'));
    const full = byHand(a.writeAll('')).poll();
    a[Symbol.dispose]();

    expect([full, byHand(a.writeAll('')).poll()]).toEqual([undefined, undefined]);
  });

  it('keeps no hold of what it was given: the bytes may be used again', () => {
    const [a, b] = duplex(8);
    const data = Uint8Array.of(1, 2, 3);
    ready(a.writeAll(data));
    data.fill(9);

    ready(a.shutdown());

    expect([...ready(b.readToEnd())]).toEqual([1, 2, 3]);
  });

  it('dropped while it waits has written a part, and lets the next one write', () => {
    const [a, b] = duplex(2);
    const lost = byHand(a.writeAll('abcd'));
    const next = byHand(a.writeAll('xy'));
    lost.poll();
    next.poll();

    lost.drop();

    expect([next.wakes, ready(readText(b)), next.poll(), ready(readText(b))]).toEqual([1, 'ab', undefined, 'xy']);
  });

  it('of two tasks at once arrives whole, in the order of their first polls', async () => {
    const heard = await run(function* () {
      const [a, b] = duplex(3);
      const writers = ['aaaaaaa', 'bbbbb', 'cc'].map((part) => spawn(a.writeAll(part)));
      spawn(a.shutdown());
      yield* yieldNow();
      const all = yield* b.readToString();
      yield* join(...writers);
      return all;
    });

    expect(heard).toBe('aaaaaaabbbbbcc');
  });

  it('cannot get ahead of who waits already', () => {
    const [a, b] = duplex(2);
    const waiting = byHand(a.writeAll('abc'));
    waiting.poll();
    ready(readText(b));
    const newcomer = byHand(a.writeAll('x'));

    expect(newcomer.poll()).toBe(Pending);
    expect(waiting.poll()).toBe(undefined);
    expect([newcomer.wakes, newcomer.poll(), ready(readText(b))]).toEqual([1, undefined, 'cx']);
  });
});

describe('shutdown', () => {
  it('lets the other end read what is left, and then the end, again and again', () => {
    const [a, b] = duplex(8);
    ready(a.writeAll('tea'));
    ready(a.shutdown());

    expect([ready(readText(b)), ready(readText(b)), ready(readText(b))]).toEqual(['tea', '', '']);
  });

  it('wakes the reader that waits', () => {
    const [a, b] = duplex(8);
    const reading = byHand(readText(b));
    reading.poll();

    ready(a.shutdown());

    expect([reading.wakes, reading.poll()]).toEqual([1, '']);
  });

  it('ends one direction: the other end can still be heard', () => {
    const [a, b] = duplex(8);
    ready(a.shutdown());
    ready(b.writeAll('late tea'));

    expect(ready(readText(a))).toBe('late tea');
  });

  it('can be said twice', () => {
    const [a] = duplex(8);
    ready(a.shutdown());

    expect(byHand(a.shutdown()).poll()).toBeUndefined();
  });

  it('refuses what is written afterwards', () => {
    const [a] = duplex(8);
    ready(a.shutdown());
    const writing = byHand(a.writeAll('tea'));

    expect(() => writing.poll()).toThrow(IoError);
    expect(() => ready(a.writeAll('tea'))).toThrow(brokenPipe);
  });

  it('comes after what is being written already, and before what is not', () => {
    const [a, b] = duplex(2);
    const before = byHand(a.writeAll('abc'));
    before.poll();
    const ending = byHand(a.shutdown());
    const early = ending.poll();

    expect(() => ready(a.writeAll('x'))).toThrow(brokenPipe);
    expect([early, ready(readText(b)), before.poll(), ending.wakes, ending.poll()]).toEqual([
      Pending,
      'ab',
      undefined,
      1,
      undefined,
    ]);
    expect([ready(readText(b)), ready(readText(b))]).toEqual(['c', '']);
  });

  it('dropped while it waits is announced all the same', () => {
    const [a, b] = duplex(2);
    const writing = byHand(a.writeAll('abc'));
    const ending = byHand(a.shutdown());
    writing.poll();
    ending.poll();
    ending.drop();
    ready(readText(b));
    writing.poll();

    expect([ending.wakes, ready(readText(b)), ready(readText(b))]).toEqual([0, 'c', '']);
  });

  it('comes as soon as the write before it is given up', () => {
    const [a, b] = duplex(2);
    const writing = byHand(a.writeAll('abc'));
    const ending = byHand(a.shutdown());
    writing.poll();
    ending.poll();

    writing.drop();

    expect([ending.wakes, ending.poll(), ready(readText(b)), ready(readText(b))]).toEqual([1, undefined, 'ab', '']);
  });
});

describe('a disposed end', () => {
  it('lets the other read what is left, and then the end', () => {
    const [a, b] = duplex(8);
    ready(a.writeAll('tea'));
    a[Symbol.dispose]();
    a[Symbol.dispose]();

    expect([ready(readText(b)), ready(readText(b))]).toEqual(['tea', '']);
  });

  it('wakes the reader of the other, and its writers, who hear that the pipe is broken', () => {
    const [a, b] = duplex(1);
    const reading = byHand(readText(a));
    const writers = [byHand(a.writeAll('xx')), byHand(a.writeAll('y'))];
    for (const waiting of [reading, ...writers]) waiting.poll();

    b[Symbol.dispose]();

    expect([reading, ...writers].map(({ wakes }) => wakes)).toEqual([1, 1, 1]);
    expect(reading.poll()).toBe('');
    for (const writer of writers) expect(() => writer.poll()).toThrow(brokenPipe);
    expect(() => ready(a.writeAll('z'))).toThrow(brokenPipe);
  });

  it('cannot be used by who waits for it, or comes later', () => {
    const [a] = duplex(1);
    const reading = byHand(readText(a));
    const writing = byHand(a.writeAll('xx'));
    reading.poll();
    writing.poll();

    a[Symbol.dispose]();

    expect([reading.wakes, writing.wakes]).toEqual([1, 1]);
    for (const work of [reading, writing, byHand(readText(a)), byHand(a.writeAll('z'))]) {
      expect(() => work.poll()).toThrow(brokenPipe);
    }
  });

  it('of whom the other has shut down can be disposed as well', () => {
    const [a, b] = duplex(8);
    ready(b.shutdown());
    a[Symbol.dispose]();

    expect(() => ready(a.read(new Uint8Array(1)))).toThrow(brokenPipe);
    expect(() => ready(b.writeAll('x'))).toThrow(brokenPipe);
  });
});

describe('a wait for a pipe', () => {
  it('is woken by the end of it, also when another writer gives up meanwhile', () => {
    const [a, b] = duplex(1);
    const waker = new CountingWaker();
    const writes = ['one', 'two', 'three'].map((data) => a.writeAll(data));
    class GivesUp extends Waker {
      override wake(): void {
        writes[0]?.drop();
      }
    }
    pollFuture(writes[0] as Future<void>, new Context(new GivesUp()));
    for (const write of writes.slice(1)) pollFuture(write, new Context(waker));

    b[Symbol.dispose]();

    expect(waker.wakes).toBeGreaterThanOrEqual(2);
  });

  it('loses nothing in a select that another branch wins', async () => {
    const heard = await run(function* () {
      const [a, b] = duplex(8);
      const { branch } = yield* select({ read: b.read(new Uint8Array(8)), other: sleep(1) });
      yield* a.writeAll('tea');
      return [branch, yield* readText(b)];
    });

    expect(heard).toEqual(['other', 'tea']);
  });

  it('can be given up in time', async () => {
    const outcome = run(function* () {
      const [, b] = duplex(8);
      yield* timeout(10, b.read(new Uint8Array(8)));
    });

    await expect(outcome).rejects.toThrow(Elapsed);
  });

  it('lets others run although there is always something to read, and always room', async () => {
    const polls = await pollsOf(function* () {
      const [a, b] = duplex(8);
      for (let i = 0; i < 640; i++) {
        yield* a.writeAll('x');
        yield* b.read(new Uint8Array(1));
      }
    });

    expect(polls).toBe(10);
  });

  it('of a writer that was stopped for others goes on without a reader', async () => {
    const polls = await pollsOf(function* () {
      const [a] = duplex(1000);
      for (let i = 0; i < 200; i++) yield* a.writeAll('x');
    });

    expect(polls).toBe(2);
  });

  it('of a writer that was stopped for others is not woken twice', () => {
    const [a, b] = duplex(4);
    const before = refill(1);
    const writing = byHand(join(a.writeAll('x'), a.writeAll('y')));
    writing.poll();
    restore(before);

    ready(readText(b));

    expect(writing.wakes).toBe(0);
  });

  it('that can never end is reported with what it waits for', async () => {
    const stuck = run(function* () {
      const [a, b] = duplex(2);
      spawn(b.read(new Uint8Array(16)), { name: 'reader' });
      yield* a.read(new Uint8Array(4));
    });

    await expect(stuck).rejects.toThrow(DeadlockError);
    await expect(stuck).rejects.toThrow(/main waits for read\(4 bytes\) on a pipe at .*duplex\.test\.ts/);
    await expect(stuck).rejects.toThrow(/reader waits for read\(16 bytes\) on a pipe/);
  });

  it('is told of with its pipe, and what happens to that', async () => {
    const told: string[] = [];
    const observer = (event: RuntimeEvent) => {
      if (event.kind === 'resource.created') told.push(`${event.resource.name}: ${event.detail}`);
      if (event.kind === 'task.poll-ended')
        told.push(...event.awaits.map(({ op, resource }) => `${op} ${resource?.name}`));
      if (event.kind === 'task.woken' && 'resource' in event.by) told.push(`wakes through ${event.by.resource?.name}`);
      if (event.kind !== 'resource.op') return;
      told.push(
        `${event.op}${event.op === 'readable' ? ` ${event.bytes}` : ''}${event.op === 'closed' ? ` ${event.by}` : ''}`,
      );
    };
    await run(
      function* () {
        const [a, b] = duplex(4);
        const writer = spawn(a.writeAll('teapot'));
        yield* b.readExact(new Uint8Array(6));
        yield* writer;
        a[Symbol.dispose]();
      },
      { observer },
    );

    expect(told).toMatchInlineSnapshot(`
      [
        "pipe 1: duplex, first end to second, 4 bytes",
        "pipe 2: duplex, second end to first, 4 bytes",
        "read(6 bytes) pipe 1",
        "readable 4",
        "wakes through pipe 1",
        "writeAll(6 bytes) pipe 1",
        "writable",
        "wakes through pipe 1",
        "read(2 bytes) pipe 1",
        "readable 2",
        "wakes through pipe 1",
        "closed senders",
        "closed receiver",
      ]
    `);
  });
});
