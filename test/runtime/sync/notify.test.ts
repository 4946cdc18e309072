import { Notify, Pending, select, sleep, spawn, yieldNow } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { byHand, type HandPolled, ready } from '../../support/hand-poll.ts';
import { pollsOf, run } from '../../support/run.ts';

/** So many that have polled once, and stand in line. */
function line(notify: Notify, count: number): HandPolled<void>[] {
  return Array.from({ length: count }, () => {
    const wait = byHand(notify.notified());
    expect(wait.poll()).toBe(Pending);
    return wait;
  });
}

function woken(waits: readonly HandPolled<void>[]): string {
  return waits.map(({ wakes }) => wakes).join('');
}

describe('notifyOne', () => {
  it('wakes whoever waits longest', () => {
    const notify = new Notify();
    const waits = line(notify, 3);

    notify.notifyOne();
    expect(woken(waits)).toBe('100');
    notify.notifyOne();
    expect(woken(waits)).toBe('110');
  });

  it('is stored where nobody waits, once', () => {
    const notify = new Notify();

    notify.notifyOne();
    notify.notifyOne();

    ready(notify.notified());
    expect(byHand(notify.notified()).poll()).toBe(Pending);
  });

  it('does not reach a future that was not polled yet', () => {
    const notify = new Notify();
    const [early, late] = [byHand(notify.notified()), byHand(notify.notified())];
    late.poll();

    notify.notifyOne();

    expect(late.wakes).toBe(1);
    expect(early.poll()).toBe(Pending);
  });

  it('reaches a future that was enabled', () => {
    const notify = new Notify();
    const future = notify.notified();

    expect(future.enable()).toBe(false);
    notify.notifyOne();

    expect(future.enable()).toBe(true);
    ready(future);
    expect(byHand(notify.notified()).poll(), 'nothing is stored').toBe(Pending);
  });

  it('wakes the task that polls a future after it was enabled', () => {
    const notify = new Notify();
    const future = notify.notified();
    future.enable();
    const wait = byHand(future);
    wait.poll();

    notify.notifyOne();

    expect(wait.wakes).toBe(1);
  });

  it('may come between a wake and the poll: the next one in line gets it', () => {
    const notify = new Notify();
    const waits = line(notify, 2);

    notify.notifyOne();
    notify.notifyOne();

    expect(woken(waits)).toBe('11');
    notify.notifyOne();
    ready(notify.notified());
  });
});

describe('notifyLast', () => {
  it('wakes whoever came last', () => {
    const notify = new Notify();
    const waits = line(notify, 3);

    notify.notifyLast();
    notify.notifyLast();

    expect(woken(waits)).toBe('011');
  });

  it('is stored where nobody waits', () => {
    const notify = new Notify();
    notify.notifyLast();

    ready(notify.notified());
  });

  it('is passed on to the last one, if its waiter is gone', () => {
    const notify = new Notify();
    const waits = line(notify, 3);

    notify.notifyLast();
    waits[2]?.drop();

    expect(woken(waits)).toBe('011');
  });
});

describe('notifyWaiters', () => {
  it('wakes everybody, first come first', async () => {
    const order: string[] = [];
    await run(function* () {
      const notify = new Notify();
      const tasks = ['a', 'b', 'c'].map((name) =>
        spawn(
          (function* () {
            yield* notify.notified();
            order.push(name);
          })(),
        ),
      );
      yield* yieldNow();
      notify.notifyWaiters();
      for (const task of tasks) yield* task;
    });

    expect(order).toEqual(['a', 'b', 'c']);
  });

  it('reaches futures that were made before it and not polled yet', () => {
    const notify = new Notify();
    const future = notify.notified();

    notify.notifyWaiters();

    ready(future);
    expect(byHand(notify.notified()).poll()).toBe(Pending);
  });

  it('stores nothing, and leaves alone what is stored', () => {
    const notify = new Notify();
    notify.notifyWaiters();
    expect(byHand(notify.notified()).poll()).toBe(Pending);

    const other = new Notify();
    other.notifyOne();
    other.notifyWaiters();
    ready(other.notified());
  });

  it('uses up no stored notification for a future that it has reached', () => {
    const notify = new Notify();
    const future = notify.notified();
    notify.notifyOne();
    notify.notifyWaiters();

    ready(future);
    ready(notify.notified());
  });

  it('reaches who was woken by it before anybody else is told', () => {
    const notify = new Notify();
    const [first, second] = line(notify, 2);

    notify.notifyWaiters();
    notify.notifyOne();

    expect([first?.wakes, second?.wakes]).toEqual([1, 1]);
    ready(notify.notified());
  });
});

describe('a notified() that is dropped', () => {
  it('while it waits, leaves the line', () => {
    const notify = new Notify();
    const waits = line(notify, 2);

    waits[0]?.drop();
    notify.notifyOne();

    expect(woken(waits)).toBe('01');
  });

  it('after notifyOne has chosen it, passes it on', () => {
    const notify = new Notify();
    const waits = line(notify, 2);

    notify.notifyOne();
    waits[0]?.drop();

    expect(woken(waits)).toBe('11');
    waits[1]?.poll();
    waits[1]?.drop();
    expect(byHand(notify.notified()).poll()).toBe(Pending);
  });

  it('after notifyOne has chosen it, with nobody behind, stores it', () => {
    const notify = new Notify();
    const [wait] = line(notify, 1);

    notify.notifyOne();
    wait?.drop();

    ready(notify.notified());
  });

  it('after notifyWaiters has reached it, passes nothing on', () => {
    const notify = new Notify();
    const [wait] = line(notify, 1);
    notify.notifyWaiters();
    const [next] = line(notify, 1);

    wait?.drop();

    expect(next?.wakes).toBe(0);
  });

  it('twice, does it once', () => {
    const notify = new Notify();
    const waits = line(notify, 3);
    notify.notifyOne();

    waits[0]?.drop();
    waits[0]?.drop();

    expect(woken(waits)).toBe('110');
  });

  it('enabled only, leaves the line', () => {
    const notify = new Notify();
    const future = notify.notified();
    future.enable();
    future[Symbol.dispose]();

    notify.notifyOne();

    ready(notify.notified());
  });
});

describe('notified()', () => {
  it('that was dropped does not pass for notified when it is awaited again', async () => {
    const main = run(function* () {
      const notified = new Notify().notified();
      yield* select({ notified, stop: sleep(1) });
      yield* notified;
    });

    await expect(main).rejects.toThrow('notified() was dropped, and cannot be awaited again');
  });

  it('stays ready', () => {
    const notify = new Notify();
    notify.notifyOne();
    const wait = byHand(notify.notified());

    ready(wait);
    ready(wait);
  });

  it('costs no budget, as in Tokio', async () => {
    const polls = await pollsOf(function* () {
      const notify = new Notify();
      for (let n = 0; n < 1000; n++) {
        notify.notifyOne();
        yield* notify.notified();
      }
    });

    expect(polls).toBe(1);
  });
});
