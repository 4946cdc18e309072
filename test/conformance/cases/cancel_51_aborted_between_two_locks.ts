import { type Async, Mutex, type MutexGuard, millis, sleep, spawn } from 'async-lessons';
import { log, OnDrop, outcome } from '../common.ts';

/** The guard that it holds. */
class Held implements Disposable {
  #guard: MutexGuard<undefined> | undefined = undefined;

  replace(next: MutexGuard<undefined>): void {
    this[Symbol.dispose]();
    this.#guard = next;
  }

  [Symbol.dispose](): void {
    this.#guard?.[Symbol.dispose]();
  }
}

export function* main(): Async<void> {
  const locks = [new Mutex(undefined), new Mutex(undefined), new Mutex(undefined)];
  const walk = (name: string, pace: number) =>
    spawn(
      (function* (): Async<void> {
        using _g = new OnDrop(name);
        using held = new Held();
        for (const [i, l] of locks.entries()) {
          const next = yield* l.lock();
          log(name, `at ${i}`);
          held.replace(next);
          yield* sleep(millis(pace));
        }
        log(name, 'through');
      })(),
    );
  const a = walk('A', 20);
  const b = walk('B', 5);
  const c = walk('C', 5);
  yield* sleep(millis(30));
  b.abort();
  log('main', 'aborts B');
  for (const h of [a, b, c]) yield* outcome(h);
}
