import { type Async, type Context, Future, mpsc, Pending, type Poll, spawn, yieldNow } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { FEWEST_WAKES, selfWakes } from '../../../src/trace/lints/self-wakes.ts';
import { found, sentences } from '../../support/lint-runs.ts';

/** Wakes itself so many times. */
class Restless extends Future<void> {
  #left: number;

  constructor(times: number) {
    super();
    this.#left = times;
  }

  override poll(cx: Context): Poll<void> {
    if (this.#left-- === 0) return undefined;
    cx.waker.wake();
    return Pending;
  }
}

/** So many wakes by oneself, and so many by others. */
function* mixed(own: number, others: number): Async<void> {
  const [tx, rx] = mpsc.channel<number>(1);
  const worker = spawn(
    (function* (): Async<void> {
      yield* new Restless(own);
      for (let n = 0; n < others; n++) yield* rx.recv();
    })(),
    { name: 'worker' },
  );
  for (let n = 0; n < own + 1; n++) yield* yieldNow();
  for (let n = 0; n < others; n++) {
    yield* tx.send(n);
    yield* yieldNow();
  }
  yield* worker;
}

describe('self-wakes', () => {
  it('says how many there were, and which part of all', async () => {
    expect(await sentences(selfWakes, () => mixed(8, 4))).toEqual([
      'worker woke itself 8 times, which is 67 % of its 12 wakes.',
    ]);
  });

  it('lets half of them pass', async () => {
    expect(await sentences(selfWakes, () => mixed(6, 6))).toEqual([]);
    expect(await sentences(selfWakes, () => mixed(7, 6))).toHaveLength(1);
  });

  it('says nothing of few', async () => {
    expect(await sentences(selfWakes, () => new Restless(FEWEST_WAKES - 1) as never)).toEqual([]);
    expect(await sentences(selfWakes, () => new Restless(FEWEST_WAKES) as never)).toHaveLength(1);
  });

  it('says nothing of yields: the driver wakes them', async () => {
    const main = function* () {
      for (let n = 0; n < 50; n++) yield* yieldNow();
    };

    expect(await sentences(selfWakes, main)).toEqual([]);
  });

  it('says the place of the wake', async () => {
    const [finding] = await found(selfWakes, () => mixed(20, 0));

    expect(finding?.location?.fn).toContain('poll');
  });

  it('speaks of a task that has not ended, too', () => {
    const watch = selfWakes.create();
    const task = { id: 3, name: 'tea' };
    watch.fold({ at: 0, kind: 'task.spawned', task, parent: null, location: null });
    for (let n = 0; n < 10; n++) {
      watch.fold({ at: n, kind: 'task.woken', task, by: { kind: 'self', resource: null, location: null } });
    }

    expect(watch.findings().map(({ text }) => text)).toEqual([
      'tea woke itself 10 times, which is 100 % of its 10 wakes.',
    ]);
  });
});
