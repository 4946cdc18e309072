import { type Async, millis, secs, sleep, spawn } from 'async-lessons';
import { log, OnDrop } from '../common.ts';

// Differs: tasks are dropped in the order of their spawning. Tokio 1.24.2 does so too; 1.53.1 keeps
// them in four lists, by their number, and drops one list after the other.
export function* main(): Async<void> {
  for (let i = 1; i <= 10; i++) {
    spawn(
      (function* (): Async<void> {
        using _g = new OnDrop(`${i}`);
        yield* sleep(secs(100));
      })(),
    );
  }
  yield* sleep(millis(5));
  log('main', 'returns');
}
