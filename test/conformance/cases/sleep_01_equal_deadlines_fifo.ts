import { type Async, type JoinHandle, millis, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const hs: JoinHandle<void>[] = [];
  for (let i = 0; i < 6; i++) {
    hs.push(
      spawn(
        (function* (): Async<void> {
          yield* sleep(millis(10));
          log('task', `${i}`);
        })(),
      ),
    );
  }
  for (const h of hs) yield* h;
  log('main', 'end');
}
