import { type Async, type Future, join, Semaphore, spawn, yieldNow } from 'async-lessons';
import { traced } from '../common.ts';

function hungry(name: string, n: number): Future<void> {
  return traced(
    name,
    (function* (): Async<void> {
      const s = new Semaphore(1);
      for (let i = 0; i < n; i++) (yield* s.acquire())[Symbol.dispose]();
    })(),
  );
}

export function* main(): Async<void> {
  yield* hungry('first 100', 100);
  yield* hungry('second 100', 100);
  yield* yieldNow();
  const h = spawn(hungry('spawned 100', 100));
  yield* join(hungry('joined 50', 50), hungry('joined 70', 70), hungry('joined 20', 20));
  yield* h;
}
