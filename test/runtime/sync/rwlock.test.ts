import { type Async, GuardDisposedError, Pending, RwLock, sleep, spawn, yieldNow } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { byHand, type HandPolled, ready } from '../../support/hand-poll.ts';
import { run } from '../../support/run.ts';

type Wait = HandPolled<Disposable>;

/** Futures that have polled once, and stand in line: `w` writes, `r` reads. */
function line(lock: RwLock<string>, order: string): Wait[] {
  return [...order].map((kind) => {
    const wait: Wait = byHand<Disposable>(kind === 'w' ? lock.write() : lock.read());
    expect(wait.poll()).toBe(Pending);
    return wait;
  });
}

/** Which of them may go on, as a string of 1 and 0. */
function woken(waits: readonly Wait[]): string {
  return waits.map(({ wakes }) => wakes).join('');
}

function close(guard: Disposable): void {
  guard[Symbol.dispose]();
}

describe('RwLock', () => {
  it('lets readers in together', () => {
    const lock = new RwLock('tea');

    const [one, other] = [ready(lock.read()), ready(lock.read())];

    expect([one.value, other.value]).toEqual(['tea', 'tea']);
  });

  it('keeps everybody out while somebody writes', () => {
    const lock = new RwLock('tea');
    const writer = ready(lock.write());

    expect([lock.tryRead(), lock.tryWrite()]).toEqual([undefined, undefined]);
    close(writer);
    expect(lock.tryRead()?.value).toBe('tea');
  });

  it('keeps a writer out while anybody reads', () => {
    const lock = new RwLock('tea');
    const readers = [ready(lock.read()), ready(lock.read())];
    const writers = line(lock, 'w');

    for (const [i, reader] of readers.entries()) {
      expect(woken(writers)).toBe('0');
      expect(lock.tryWrite(), `after ${i} have left`).toBeUndefined();
      close(reader);
    }

    expect(woken(writers)).toBe('1');
  });

  it('shows readers what a writer has written', () => {
    const lock = new RwLock({ celsius: 20 });
    const writer = ready(lock.write());

    writer.value = { celsius: 100 };
    close(writer);

    expect(ready(lock.read()).value).toEqual({ celsius: 100 });
  });

  it('lets no reader past a writer that waits, not even tryRead', () => {
    const lock = new RwLock('tea');
    const reader = ready(lock.read());
    const waits = line(lock, 'wr');

    expect(lock.tryRead()).toBeUndefined();
    close(reader);

    expect(woken(waits)).toBe('10');
  });

  it('grants readers that stand next to each other together, and stops at the next writer', () => {
    const lock = new RwLock('tea');
    const writer = ready(lock.write());
    const waits = line(lock, 'rrwr');

    close(writer);

    expect(woken(waits)).toBe('1100');
    close(ready(waits[0] as Wait));
    expect(woken(waits)).toBe('1100');
    close(ready(waits[1] as Wait));
    expect(woken(waits)).toBe('1110');
    close(ready(waits[2] as Wait));
    expect(woken(waits)).toBe('1111');
  });

  it('lets the readers behind a writer in when that gives up', () => {
    const lock = new RwLock('tea');
    const reader = ready(lock.read());
    const [writer, next] = line(lock, 'wr') as [Wait, Wait];

    writer.drop();

    expect(next.wakes).toBe(1);
    close(ready(next));
    close(reader);
    expect(lock.tryWrite()).toBeDefined();
  });

  it('passes on what was granted to somebody who is gone', () => {
    const lock = new RwLock('tea');
    const writer = ready(lock.write());
    const [quitter, next] = line(lock, 'ww') as [Wait, Wait];

    close(writer);
    quitter.drop();

    expect(next.wakes).toBe(1);
  });

  it('wakes the task that polled last, when the future has moved', () => {
    const lock = new RwLock('tea');
    const writer = ready(lock.write());
    const read = lock.read();
    const [oldTask, newTask] = [byHand(read), byHand(read)];
    oldTask.poll();
    newTask.poll();

    close(writer);

    expect([oldTask.wakes, newTask.wakes]).toEqual([0, 1]);
  });

  it('hands over in the order of the line, whoever has released', async () => {
    const order: string[] = [];

    await run(function* () {
      const lock = new RwLock(0);
      const visit = (name: string, wait: () => ReturnType<typeof lock.read | typeof lock.write>) =>
        spawn(
          (function* (): Async<void> {
            using _guard = yield* wait() as ReturnType<typeof lock.read>;
            order.push(name);
            yield* sleep(1);
          })(),
        );
      const visits = [
        visit('read 1', () => lock.read()),
        visit('write 1', () => lock.write()),
        visit('read 2', () => lock.read()),
        visit('read 3', () => lock.read()),
        visit('write 2', () => lock.write()),
      ];
      for (const handle of visits) yield* handle;
    });

    expect(order).toEqual(['read 1', 'write 1', 'read 2', 'read 3', 'write 2']);
  });
});

describe('downgrade', () => {
  it('keeps the lock for reading, and lets the first readers in', () => {
    const lock = new RwLock('tea');
    const writer = ready(lock.write());
    const waits = line(lock, 'rrwr');

    const reader = writer.downgrade();

    expect(reader.value).toBe('tea');
    expect(woken(waits)).toBe('1100');
  });

  it('lets no writer in between', () => {
    const lock = new RwLock('tea');
    const writer = ready(lock.write());
    const waits = line(lock, 'w');

    const reader = writer.downgrade();

    expect(woken(waits)).toBe('0');
    close(reader);
    expect(woken(waits)).toBe('1');
  });

  it('uses the writer up: disposing it releases nothing', () => {
    const lock = new RwLock('tea');
    const writer = ready(lock.write());
    writer.downgrade();

    close(writer);

    expect(lock.tryWrite()).toBeUndefined();
    expect(() => writer.value).toThrow(GuardDisposedError);
    expect(() => writer.downgrade()).toThrow(GuardDisposedError);
  });
});

describe('guards', () => {
  it.each(['read', 'write'] as const)('of %s refuse to be used after they were disposed', (kind) => {
    const guard = ready<Disposable & { value: string }>(new RwLock('tea')[kind]());
    close(guard);

    expect(() => guard.value).toThrow(GuardDisposedError);
  });

  it('release once, however often they are disposed', () => {
    const lock = new RwLock('tea');
    const [one, other] = [ready(lock.read()), ready(lock.read())];
    close(one);
    close(one);

    expect(lock.tryWrite()).toBeUndefined();
    close(other);
    expect(lock.tryWrite()).toBeDefined();
  });

  it('are given back when their task is aborted', async () => {
    const written = await run(function* () {
      const lock = new RwLock('tea');
      const holder = spawn(
        (function* (): Async<void> {
          using _guard = yield* lock.write();
          yield* sleep(1000);
        })(),
      );
      yield* yieldNow();
      holder.abort();
      using guard = yield* lock.read();
      return guard.value;
    });

    expect(written).toBe('tea');
  });
});
