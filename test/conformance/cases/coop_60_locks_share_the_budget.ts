import { type Async, Mutex, RwLock, Semaphore, spawn } from 'async-lessons';
import { log, traced } from '../common.ts';

export function* main(): Async<void> {
  yield* spawn(
    traced(
      'task',
      (function* (): Async<void> {
        const l = new RwLock(0);
        const m = new Mutex(0);
        const s = new Semaphore(1);
        for (let i = 0; i < 100; i++) {
          (yield* l.read())[Symbol.dispose]();
          (yield* l.write())[Symbol.dispose]();
          (yield* m.lock())[Symbol.dispose]();
          (yield* s.acquire())[Symbol.dispose]();
          if (i % 10 === 9) log('task', `${i + 1} rounds`);
        }
      })(),
    ),
  );
}
