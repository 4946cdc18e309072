import { Context, Pending, type Poll, TokioOrder, Waker } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import type { WakeSource } from '../../../src/runtime/context.ts';
import { Executor } from '../../../src/runtime/executor.ts';
import { NodeHost } from '../../../src/runtime/host/node.ts';
import { IoFuture, type Readiness, ReadinessOf } from '../../../src/runtime/net/readiness.ts';
import { Resource, type ResourceKind } from '../../../src/runtime/resource.ts';
import { Ticket } from '../../../src/runtime/sync/wait-line.ts';
import { VirtualClock } from '../../../src/runtime/time/clock.ts';
import { byHand } from '../../support/hand-poll.ts';

class Line extends Resource {
  override get kind(): ResourceKind {
    return 'socket';
  }
}

/** Something that futures wait for, and the executor that counts them. */
function line() {
  const executor = new Executor({
    host: new NodeHost(),
    clock: new VirtualClock(),
    choices: new TokioOrder(1),
    tracer: undefined,
    print: () => {},
    warn: () => {},
  });
  const source = new Line();
  const readiness = new ReadinessOf(source, executor);
  let answer: Poll<string> = Pending;
  let abandoned = 0;
  const future = () =>
    new IoFuture(
      'read()',
      readiness,
      () => answer,
      () => {
        abandoned += 1;
      },
    );
  return {
    executor,
    source,
    readiness,
    future,
    wait: () => byHand(future()),
    becomes(value: Poll<string>) {
      answer = value;
    },
    abandoned: () => abandoned,
  };
}

/** Somebody waits there, until he is called. */
function waits(readiness: Readiness, called: (by?: WakeSource) => void): void {
  class Bell extends Waker {
    override wake(by?: WakeSource): void {
      called(by);
    }
  }
  const bell = new Bell();
  readiness.wait(new Ticket(bell), new Context(bell));
}

describe('Readiness', () => {
  it('wakes everybody who waits, the longest waiting first', () => {
    const { readiness, executor } = line();
    const woken: string[] = [];
    for (const name of ['A', 'B', 'C']) waits(readiness, () => void woken.push(name));

    readiness.wakeAll();

    expect(woken).toEqual(['A', 'B', 'C']);
    expect(executor.io).toBe(0);
  });

  it('says to whom it wakes what woke it', () => {
    const { readiness, source } = line();
    const by: unknown[] = [];
    waits(readiness, (reason) => void by.push(reason));

    readiness.wakeAll();

    expect(by).toEqual([source]);
  });

  it('wakes nobody twice', () => {
    const { readiness, wait } = line();
    const waiter = wait();
    waiter.poll();

    readiness.wakeAll();
    readiness.wakeAll();

    expect(waiter.wakes).toBe(1);
  });

  it.each([1, 2])('lets %i who are woken wait again, for the next time', (count) => {
    const { readiness, executor } = line();
    for (let i = 0; i < count; i++) waits(readiness, () => waits(readiness, () => {}));

    readiness.wakeAll();

    expect(executor.io).toBe(count);
  });
});

describe('IoFuture', () => {
  it('is lazy: one that nobody polls is not counted', () => {
    const { executor, future } = line();

    future();

    expect(executor.io).toBe(0);
  });

  it('that is ready at once is not counted', () => {
    const { executor, wait, becomes } = line();
    becomes('tea');

    expect(wait().poll()).toBe('tea');
    expect(executor.io).toBe(0);
  });

  it('is counted once while it waits, however often it is polled', () => {
    const { executor, wait } = line();
    const waiter = wait();

    for (let i = 0; i < 3; i++) expect(waiter.poll()).toBe(Pending);

    expect(executor.io).toBe(1);
  });

  it('is counted again if it was woken too early', () => {
    const { executor, readiness, wait } = line();
    const waiter = wait();
    waiter.poll();

    readiness.wakeAll();
    const between = executor.io;
    waiter.poll();

    expect([between, executor.io]).toEqual([0, 1]);
  });

  it('wakes the task that polled last, when it has moved', () => {
    const { readiness, future } = line();
    const moving = future();
    const [before, after] = [byHand(moving), byHand(moving)];
    before.poll();
    after.poll();

    readiness.wakeAll();

    expect([before.wakes, after.wakes]).toEqual([0, 1]);
  });

  it('that answers without having been woken leaves the line', () => {
    const { executor, readiness, wait, becomes } = line();
    const waiter = wait();
    waiter.poll();
    becomes('tea');

    expect(waiter.poll()).toBe('tea');
    readiness.wakeAll();
    expect([executor.io, waiter.wakes]).toEqual([0, 0]);
  });

  it('that throws leaves the line', () => {
    const { executor, readiness } = line();
    let fails = false;
    const waiter = byHand(
      new IoFuture('read()', readiness, () => {
        if (fails) throw new Error('broken');
        return Pending;
      }),
    );
    waiter.poll();
    fails = true;

    expect(() => waiter.poll()).toThrow('broken');
    readiness.wakeAll();
    expect([executor.io, waiter.wakes]).toEqual([0, 0]);
  });

  it('names what it does, and what it waits for', () => {
    const { future, source } = line();

    expect([future().label, future().awaited]).toEqual(['read()', source]);
  });

  describe('when dropped', () => {
    it('while it waits, leaves the line and gives up, once', () => {
      const { executor, readiness, wait, abandoned } = line();
      const waiter = wait();
      waiter.poll();

      waiter.drop();
      waiter.drop();

      readiness.wakeAll();
      expect([executor.io, waiter.wakes, abandoned()]).toEqual([0, 0, 1]);
    });

    it('before its first poll, gives up', () => {
      const { executor, wait, abandoned } = line();

      wait().drop();

      expect([executor.io, abandoned()]).toEqual([0, 1]);
    });

    it('after it was woken, is not counted off twice', () => {
      const { executor, readiness, wait } = line();
      const waiter = wait();
      waiter.poll();
      readiness.wakeAll();

      waiter.drop();

      expect(executor.io).toBe(0);
    });

    it('after it has answered, leaves alone what it answered', () => {
      const { wait, becomes, abandoned } = line();
      const waiter = wait();
      becomes('tea');
      waiter.poll();

      waiter.drop();

      expect(abandoned()).toBe(0);
    });
  });
});
