import { type Async, type JoinHandle, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const handles: JoinHandle<void>[] = [];
  for (let i = 0; i < 6; i++) {
    handles.push(
      spawn(
        (function* (): Async<void> {
          log('task', `${i}`);
        })(),
      ),
    );
  }
  log('main', 'spawned all');
  for (const handle of handles) yield* handle;
  log('main', 'end');
}
