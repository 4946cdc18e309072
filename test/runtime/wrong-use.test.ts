/** What is said of options that are out of range, and of what was dropped: the call, what it expects, what it got. */
import {
  advance,
  Barrier,
  branch,
  broadcast,
  CancellationToken,
  cooperative,
  type Future,
  FuturesUnordered,
  interval,
  JoinSet,
  Mutex,
  mpsc,
  now,
  OnceCell,
  Pending,
  pending,
  ref,
  Semaphore,
  sleep,
  sleepUntil,
  spawn,
  TaskLocal,
  TaskTracker,
  timeout,
  timeoutAt,
  unconstrained,
  watch,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { byHand, ready } from '../support/hand-poll.ts';
import { run } from '../support/run.ts';

const wrong = -1 as never;

function dropped<T extends Disposable>(end: T): T {
  end[Symbol.dispose]();
  return end;
}

describe('an option that is out of range', () => {
  it.each<[string, () => unknown]>([
    ['mpsc.channel() expects a capacity of 1 or more, and got -1', () => mpsc.channel(wrong)],
    ['recvMany() expects a limit of 0 or more, and got -1', () => mpsc.channel(1)[1].recvMany(wrong)],
    ['reserveMany() expects a count of 0 or more, and got -1', () => mpsc.channel(1)[0].reserveMany(wrong)],
    ['tryReserveMany() expects a count of 0 or more, and got -1', () => mpsc.channel(1)[0].tryReserveMany(wrong)],
    ['broadcast.channel() expects a capacity from 1 to ', () => broadcast.channel(wrong)],
    ['new Barrier() expects a whole number of tasks from 0 on, and got -1', () => new Barrier(wrong)],
    ['new Semaphore() expects a whole number of permits from 0 on, and got -1', () => new Semaphore(wrong)],
    ['acquireMany() expects a whole number', () => new Semaphore(1).acquireMany(wrong)],
    ['tryAcquireMany() expects a whole number', () => new Semaphore(1).tryAcquireMany(wrong)],
    ['addPermits() expects a whole number', () => new Semaphore(1).addPermits(wrong)],
    ['addPermits() expects a whole number', () => new Semaphore(1).addPermits(Number.MAX_SAFE_INTEGER)],
    ['forgetPermits() expects a whole number', () => new Semaphore(1).forgetPermits(wrong)],
    ['split() expects a whole number', () => new Semaphore(1).tryAcquire().split(wrong)],
    ['merge() expects another permit of the same semaphore', () => new Semaphore(1).tryAcquire().merge(wrong)],
  ])('is refused: %s', (text, act) => {
    expect(act).toThrow(text);
  });
});

describe('a duration that is none', () => {
  it.each<[string, () => unknown]>([
    ['sleep()', () => sleep(wrong)],
    ['sleepUntil()', () => sleepUntil(wrong)],
    ['reset()', () => sleep(1).reset(wrong)],
    ['timeout()', () => timeout(wrong, pending())],
    ['timeoutAt()', () => timeoutAt(wrong, pending())],
    ['interval()', () => interval(wrong)],
    ['interval()', () => interval(1, { start: wrong })],
    ['resetAfter()', () => interval(1).resetAfter(wrong)],
    ['resetAt()', () => interval(1).resetAt(wrong)],
    ['advance()', () => ready(advance(wrong))],
    ['interval() expects a period of more than 0 ms, and got 0', () => interval(0)],
    ['missedTicks expects "burst", "delay" or "skip"', () => interval(1, { missedTicks: wrong })],
  ])('is refused by %s', (name, act) =>
    run(function* () {
      expect(act).toThrow(name);
    }),
  );
});

describe('what needs a runtime', () => {
  it.each<[string, () => unknown]>([
    ['sleep(5ms)', () => sleep(5)],
    ['sleep(…)', () => sleep('soon' as never)],
    ['sleepUntil()', () => sleepUntil(5)],
    ['now()', () => now()],
    ['timeout()', () => timeout(5, pending())],
    ['timeoutAt()', () => timeoutAt(5, pending())],
    ['interval()', () => interval(5)],
    ['advance()', () => ready(advance(5))],
    ['spawn()', () => spawn(pending())],
    ['TaskTracker.spawn()', () => new TaskTracker().spawn(pending())],
    ['JoinSet.spawn()', () => new JoinSet().spawn(pending())],
    ['JoinSet.spawnBlocking()', () => new JoinSet().spawnBlocking(() => 1)],
  ])('says so where none runs: %s', (name, act) => {
    expect(act).toThrow(name);
  });

  it('and a virtual clock says so on a real one', async () => {
    const main = run(() => advance(5) as never, { clock: 'real' });

    await expect(main).rejects.toThrow('advance() expects a runtime with `clock: \'virtual\'`, and got "a real clock"');
  });
});

describe('what cannot be awaited', () => {
  it.each<[string, () => unknown]>([
    ['ref()', () => ref(wrong)],
    ['branch()', () => branch(wrong)],
    ['FuturesUnordered.push()', () => new FuturesUnordered([wrong])],
    ['getOrInit()', () => ready(new OnceCell().getOrInit(() => wrong))],
    ['trackFuture()', () => new TaskTracker().trackFuture(wrong)],
    ['unconstrained()', () => unconstrained(wrong)],
    ['cooperative()', () => cooperative(wrong)],
    ['TaskLocal.scope()', () => new TaskLocal('USER').scope('ann', wrong)],
    ['runUntilCancelled()', () => new CancellationToken().runUntilCancelled(wrong)],
  ])('is refused by %s', (name, act) => {
    expect(act).toThrow(name);
  });
});

describe('what is no function', () => {
  it.each<[string, () => unknown]>([
    ['getOrInit() expects a function that makes a future, not its call', () => new OnceCell().getOrInit(wrong)],
    ['waitFor() expects a function that looks at a value, and got -1', () => watch.channel(1)[1].waitFor(wrong)],
  ])('is refused: %s', (text, act) => {
    expect(act).toThrow(text);
  });
});

describe('a receiver where two wait at once', () => {
  it.each<[string, string, () => [Future<unknown>, Future<unknown>, () => void]]>([
    [
      'recv and recv',
      'resubscribe()',
      () => {
        const [tx, rx] = broadcast.channel(1);
        return [rx.recv(), rx.recv(), () => tx.send(1)];
      },
    ],
    [
      'changed and changed',
      'clone()',
      () => {
        const [tx, rx] = watch.channel(1);
        return [rx.changed(), rx.changed(), () => tx.send(2)];
      },
    ],
    [
      'changed and waitFor',
      'clone()',
      () => {
        const [tx, rx] = watch.channel(1);
        return [rx.changed(), rx.waitFor((n) => n > 1), () => tx.send(2)];
      },
    ],
  ])('refuses the second, and serves the first: %s', (_, instead, make) => {
    const [one, other, send] = make();
    const first = byHand(one);
    first.poll();

    expect(() => byHand(other).poll()).toThrow(
      `somebody waits at this receiver already, and only one can at a time: give each task its own, by \`${instead}\``,
    );
    first.poll();
    send();
    expect(first.wakes).toBe(1);
    ready(first);
  });

  it('may be waited at by one after the other: given up, answered, or called', () => {
    const [tx, rx] = watch.channel(1);
    const [one, two, three] = [byHand(rx.changed()), byHand(rx.changed()), byHand(rx.changed())];
    one.poll();
    one.drop();
    two.poll();
    tx.send(2);
    three.poll(); // It takes the change of two, which has not asked again so far.
    expect(two.poll()).toBe(Pending);
  });
});

describe('what was dropped', () => {
  it.each<[string, () => unknown]>([
    ['sender', () => dropped(mpsc.channel(1)[0]).trySend(1)],
    ['sender', () => dropped(mpsc.channel(1)[0].downgrade()).upgrade()],
    ['receiver', () => dropped(mpsc.channel(1)[1]).recv()],
    ['receiver', () => dropped(mpsc.channel(1)[1]).recvMany(1)],
    ['receiver', () => dropped(mpsc.channel(1)[1]).tryRecv()],
    ['permit', () => dropped(ready(mpsc.channel(1)[0].reserve())).send(1)],
    ['sender', () => dropped(broadcast.channel(1)[0]).send(1)],
    ['sender', () => dropped(broadcast.channel(1)[0].downgrade()).upgrade()],
    ['receiver', () => dropped(broadcast.channel(1)[1]).recv()],
    ['sender', () => dropped(watch.channel(1)[0]).send(1)],
    ['receiver', () => dropped(watch.channel(1)[1]).borrow()],
    ['receiver', () => dropped(watch.channel(1)[1]).changed()],
  ])('cannot be used any more: a %s', (what, act) => {
    expect(act).toThrow(`this ${what} was dropped, and cannot be used any more`);
  });

  it.each<[string, () => [Disposable, Future<unknown>]]>([
    [
      'recv',
      () => {
        const [, rx] = broadcast.channel(1);
        return [rx, rx.recv()];
      },
    ],
    [
      'changed',
      () => {
        const [, rx] = watch.channel(1);
        return [rx, rx.changed()];
      },
    ],
    [
      'waitFor',
      () => {
        const [, rx] = watch.channel(1);
        return [rx, ref(rx.waitFor(() => true))];
      },
    ],
  ])('cannot be used any more by a %s that it had made before', (_, make) => {
    const [rx, wait] = make();
    dropped(rx);

    expect(() => ready(wait)).toThrow('this receiver was dropped');
  });

  it('cannot be used any more: a guard', () => {
    const guard = dropped(ready(new Mutex(0).lock()));

    expect(() => guard.value).toThrow('this guard has given its lock back');
  });
});
