import { type Async, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const h = spawn(
    (function* (): Async<void> {
      log('task', 'run');
    })(),
  );
  log('main', `spawned finished=${h.isFinished()}`);
  const watcher = spawn(
    (function* (): Async<void> {
      log('watcher', `task finished=${h.isFinished()}`);
    })(),
  );
  yield* watcher;
  log('main', `finished=${h.isFinished()}`);
  yield* h;
  log('main', 'joined');
}
