import { Context, Future, OutsideRuntimeError, Pending, type Poll, type Waker } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { current, currentExecutor } from '../../src/runtime/context.ts';
import { byHand, CountingWaker } from '../support/hand-poll.ts';
import { run } from '../support/run.ts';

/** Answers what it sees in the context of its first poll. */
class Look<T> extends Future<T> {
  readonly #see: (cx: Context) => T;

  constructor(see: (cx: Context) => T) {
    super();
    this.#see = see;
  }

  override poll(cx: Context): Poll<T> {
    return this.#see(cx);
  }
}

describe('Context', () => {
  it('made outside a task knows no task and no executor', () => {
    const context = new Context(new CountingWaker());

    expect([context.task, context.executor]).toEqual([undefined, undefined]);
  });

  it('made outside a task hands out its waker all the same', () => {
    const waker = new CountingWaker();

    expect(new Context(waker).waker).toBe(waker);
  });

  it('made inside a task keeps the task, and wakes whom you choose', async () => {
    const waker = new CountingWaker();

    const [outer, inner] = await run(function* () {
      return yield* new Look((cx) => [cx, new Context(waker)] as const);
    });

    expect(inner.task).toBe(outer.task);
    expect(inner.executor).toBe(outer.executor);
    expect(inner.waker).toBe(waker);
  });

  it('knows that its waker was taken: the task may be woken from anywhere', async () => {
    const task = await run(function* () {
      return yield* new Look((cx) => {
        cx.waker;
        return cx.task;
      });
    });

    expect(task?.wakerEscaped).toBe(true);
  });

  it('does not count what the own leaves of the runtime take', async () => {
    const task = await run(function* () {
      return yield* new Look((cx) => {
        cx.leafWaker;
        return cx.task;
      });
    });

    expect(task?.wakerEscaped).toBe(false);
  });

  it('names the same task and waker at every poll, so that one that was kept still wakes', async () => {
    const seen: Context[] = [];
    class ThreePolls extends Future<void> {
      override poll(cx: Context): Poll<void> {
        seen.push(cx);
        if (seen.length === 3) return undefined;
        // The second poll is asked for through the context of the first.
        seen[0]?.waker.wake();
        return Pending;
      }
    }

    await run(function* () {
      yield* new ThreePolls();
    });

    const [first, ...others] = seen;
    for (const cx of others) expect([cx.task, cx.waker]).toEqual([first?.task, first?.waker]);
    expect(first?.waker).toBe(first?.task);
  });

  it('is current while its task runs, and not after', async () => {
    const inside = await run(function* () {
      return yield* new Look((cx) => cx === current);
    });

    expect(inside).toBe(true);
    expect(current).toBeUndefined();
  });

  it('is no longer current after a poll that threw', () => {
    const broken = byHand(
      (function* () {
        throw new Error('spilled');
      })(),
    );

    expect(() => broken.poll()).toThrow('spilled');
    expect(current).toBeUndefined();
  });
});

describe('currentExecutor', () => {
  it('names what needs a runtime, and how to get one', () => {
    expect(() => currentExecutor('spawn()')).toThrow(OutsideRuntimeError);
    expect(() => currentExecutor('spawn()')).toThrow(
      'spawn() needs a running runtime: call it inside a task, for example in main() of `await new Runtime().blockOn(main())`',
    );
  });
});

describe('Waker', () => {
  it('may be woken after its task has ended, and nothing happens', async () => {
    let kept: Waker | undefined;
    await run(function* () {
      yield* new Look((cx) => {
        kept = cx.waker;
      });
    });

    expect(() => kept?.wake()).not.toThrow();
  });
});
