import { type Async, Mutex, spawn, yieldNow } from 'async-lessons';

/** Takes two locks, one after the other, and lets somebody else run in between. */
export function* both(first: Mutex<unknown>, second: Mutex<unknown>): Async<void> {
  using one = yield* first.lock();
  yield* yieldNow();
  using other = yield* second.lock();
  void [one, other];
}

/** Each takes the fork to the left, then the one to the right. */
export function* philosophers(count: number): Async<void> {
  const forks = Array.from({ length: count }, () => new Mutex('fork'));
  const tasks = forks.map((fork, i) => spawn(both(fork, forks[(i + 1) % count] as Mutex<string>), { name: `p${i}` }));
  for (const task of tasks) yield* task;
}
