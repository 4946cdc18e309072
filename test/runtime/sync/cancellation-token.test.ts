import {
  type Async,
  CancellationToken,
  Elapsed,
  Pending,
  PolledAfterCompletionError,
  pending,
  sleep,
  spawn,
  timeout,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { areGone } from '../../support/garbage.ts';
import { Gate } from '../../support/gate.ts';
import { byHand, ready } from '../../support/hand-poll.ts';
import { pollsOf, run } from '../../support/run.ts';

describe('CancellationToken', () => {
  it('wakes everybody who waits for it, once', () => {
    const token = new CancellationToken();
    const waits = [byHand(token.cancelled()), byHand(token.cancelled())];
    for (const wait of waits) expect(wait.poll()).toBe(Pending);

    token.cancel();
    token.cancel();

    expect(waits.map(({ wakes }) => wakes)).toEqual([1, 1]);
    for (const wait of waits) ready(wait);
  });

  it('is cancelled for good: who comes later does not wait', () => {
    const token = new CancellationToken();
    token.cancel();

    ready(token.cancelled());
    expect(token.isCancelled()).toBe(true);
  });

  it('wakes nobody who has given up', () => {
    const token = new CancellationToken();
    const [quitter, other] = [byHand(token.cancelled()), byHand(token.cancelled())];
    quitter.poll();
    other.poll();

    quitter.drop();
    token.cancel();

    expect([quitter.wakes, other.wakes]).toEqual([0, 1]);
  });

  it('wakes the task that polled last, when the future has moved', () => {
    const token = new CancellationToken();
    const future = token.cancelled();
    const [oldTask, newTask] = [byHand(future), byHand(future)];
    oldTask.poll();
    newTask.poll();

    token.cancel();

    expect([oldTask.wakes, newTask.wakes]).toEqual([0, 1]);
  });

  it('costs no budget, as in Tokio', async () => {
    const polls = await pollsOf(function* () {
      const token = new CancellationToken();
      token.cancel();
      for (let n = 0; n < 1000; n++) yield* token.cancelled();
    });

    expect(polls).toBe(1);
  });
});

describe('child tokens', () => {
  it('are cancelled with their parent, down to the last descendant', () => {
    const root = new CancellationToken();
    const child = root.childToken();
    const grandchild = child.childToken();
    const leaf = grandchild.childToken();

    root.cancel();

    expect([child, grandchild, leaf].map((token) => token.isCancelled())).toEqual([true, true, true]);
  });

  it('cancel neither their parent nor their siblings', () => {
    const root = new CancellationToken();
    const [one, other] = [root.childToken(), root.childToken()];

    one.cancel();

    expect([root, one, other].map((token) => token.isCancelled())).toEqual([false, true, false]);
  });

  it('of a cancelled token are born cancelled', () => {
    const root = new CancellationToken();
    root.cancel();

    expect(root.childToken().isCancelled()).toBe(true);
  });

  it('are woken before their parent, the latest first, leaves of a child before the child', async () => {
    const order: string[] = [];
    await run(function* () {
      const root = new CancellationToken();
      const a = root.childToken();
      const b = root.childToken();
      const [a1, a2] = [a.childToken(), a.childToken()];
      const a21 = a2.childToken();
      const tasks = Object.entries({ root, a, b, a1, a2, a21 }).map(([name, token]) =>
        spawn(
          (function* () {
            yield* token.cancelled();
            order.push(name);
          })(),
        ),
      );
      yield* yieldNow();
      root.cancel();
      for (const task of tasks) yield* task;
    });

    expect(order).toEqual(['b', 'a1', 'a', 'a21', 'a2', 'root']);
  });

  it('are woken once, also if they were cancelled before their parent', () => {
    const root = new CancellationToken();
    const child = root.childToken();
    const wait = byHand(child.cancelled());
    wait.poll();

    child.cancel();
    root.cancel();

    expect(wait.wakes).toBe(1);
  });

  it('live as long as somebody waits for them, whoever has forgotten the token', async () => {
    await run(function* () {
      const root = new CancellationToken();
      const waits = Array.from({ length: 100 }, () => spawn(root.childToken().childToken().cancelled()));
      yield* sleep(1);
      root.cancel();
      for (const wait of waits) yield* wait;
    });
  });

  it('all are reached, however many there are', () => {
    const root = new CancellationToken();
    const children = Array.from({ length: 1000 }, () => root.childToken());

    root.cancel();

    expect(children.every((child) => child.isCancelled())).toBe(true);
  });

  it('hang as deep as they like', () => {
    const root = new CancellationToken();
    let leaf = root;
    for (let depth = 0; depth < 100_000; depth++) leaf = leaf.childToken();

    root.cancel();

    expect(leaf.isCancelled()).toBe(true);
  });
});

describe('dropGuard', () => {
  it('cancels when its block is left, however', () => {
    const token = new CancellationToken();

    expect(() => {
      using _stop = token.dropGuard();
      throw new Error('left');
    }).toThrow('left');
    expect(token.isCancelled()).toBe(true);
  });

  it('cancels when its task is aborted', async () => {
    await run(function* () {
      const token = new CancellationToken();
      const task = spawn(
        (function* () {
          using _stop = token.dropGuard();
          yield* pending();
        })(),
      );
      yield* yieldNow();
      task.abort();
      yield* token.cancelled();
    });
  });

  it('does nothing once it is disarmed', () => {
    const token = new CancellationToken();
    const guard = token.dropGuard();

    expect(guard.disarm()).toBe(token);
    guard[Symbol.dispose]();

    expect(token.isCancelled()).toBe(false);
    expect(guard.disarm()).toBeUndefined();
  });
});

describe('runUntilCancelled', () => {
  function* dish(name: string, log: string[], ms: number): Async<string> {
    try {
      log.push(`${name} begins`);
      yield* sleep(ms);
      return name;
    } finally {
      log.push(`${name} ends`);
    }
  }

  it('answers the value of a future that is quicker', async () => {
    await run(function* () {
      const token = new CancellationToken();

      expect(yield* token.runUntilCancelled(dish('tea', [], 5))).toEqual({ value: 'tea' });
    });
  });

  it('drops a future that is slower', async () => {
    await run(function* () {
      const token = new CancellationToken();
      const log: string[] = [];
      const task = spawn(token.runUntilCancelled(dish('tea', log, 50)));
      yield* sleep(5);
      token.cancel();

      expect(yield* task).toBeUndefined();
      expect(log).toEqual(['tea begins', 'tea ends']);
    });
  });

  it('does not begin what is cancelled already', () => {
    const token = new CancellationToken();
    token.cancel();
    const log: string[] = [];

    expect(ready(token.runUntilCancelled(dish('tea', log, 5)))).toBeUndefined();
    expect(log).toEqual([]);
  });

  it('lets the future win that is ready in the same poll', () => {
    const token = new CancellationToken();
    const other = new CancellationToken();
    const wait = byHand(token.runUntilCancelled(other.cancelled()));
    wait.poll();

    token.cancel();
    other.cancel();

    expect(ready(wait)).toEqual({ value: undefined });
  });

  it('passes on what the future throws, and waits for the token no more', () => {
    const token = new CancellationToken();
    const stop = new CancellationToken();
    const wait = byHand(
      token.runUntilCancelled(
        (function* () {
          yield* stop.cancelled();
          throw new Error('burnt');
        })(),
      ),
    );
    wait.poll();
    stop.cancel();

    expect(() => wait.poll()).toThrow('burnt');
    const { wakes } = wait;
    token.cancel();
    expect(wait.wakes).toBe(wakes);
    expect(() => wait.poll()).toThrow(PolledAfterCompletionError);
  });

  it('when it loses a timeout, drops the future and leaves the line', async () => {
    await run(function* () {
      const token = new CancellationToken();
      const log: string[] = [];
      try {
        yield* timeout(5, token.runUntilCancelled(dish('tea', log, 50)));
      } catch (error) {
        expect(error).toBeInstanceOf(Elapsed);
      }
      expect(log).toEqual(['tea begins', 'tea ends']);
      token.cancel();
    });
  });
});

describe('runUntilCancelled', () => {
  it('does not drop a future that has answered, and cannot be polled again', () => {
    const gate = new Gate<string>();
    gate.open('tea');
    const wait = byHand(new CancellationToken().runUntilCancelled(gate));
    wait.poll();

    wait.drop();

    expect(gate.drops).toBe(0);
    expect(() => wait.poll()).toThrow(PolledAfterCompletionError);
  });

  it('drops its future once', () => {
    const gate = new Gate();
    const wait = byHand(new CancellationToken().runUntilCancelled(gate));
    wait.poll();

    wait.drop();
    wait.drop();

    expect(gate.drops).toBe(1);
  });
});

describe('a parent', () => {
  /** What a token is inside: what its parent may hold. */
  function inner(token: CancellationToken): WeakRef<object> {
    return new WeakRef(token.cancelled().awaited as object);
  }

  it('does not hold a child that nobody waits for any more, nor the child of one', async () => {
    const parent = new CancellationToken();
    const refs = (() => {
      const child = parent.childToken();
      const grandchild = child.childToken();
      const wait = byHand(grandchild.cancelled());
      wait.poll();
      wait.drop();
      return [inner(child), inner(grandchild)];
    })();

    expect(await areGone(refs)).toEqual([true, true]);
    expect(parent.isCancelled()).toBe(false);
  });

  it('does not hold a child that was cancelled', async () => {
    const parent = new CancellationToken();
    const refs = (() => {
      const child = parent.childToken();
      byHand(child.cancelled()).poll();
      child.cancel();
      return [inner(child)];
    })();

    expect(await areGone(refs)).toEqual([true]);
    expect(parent.isCancelled()).toBe(false);
  });

  it('that was cancelled does not hold its children', async () => {
    const parent = new CancellationToken();
    const refs = (() => {
      const child = parent.childToken();
      byHand(child.cancelled()).poll();
      return [inner(child)];
    })();
    parent.cancel();

    expect(await areGone(refs)).toEqual([true]);
    expect(parent.isCancelled()).toBe(true);
  });
});
