import { type Async, type JoinHandle, millis, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  let x = 12345n;
  const hs: JoinHandle<void>[] = [];
  for (let i = 0; i < 60; i++) {
    x = (x * 1103515245n + 12345n) % 2147483648n;
    const d = Number(((x >> 8n) % 40n) * 7n);
    hs.push(
      spawn(
        (function* (): Async<void> {
          yield* sleep(millis(d));
          log('timer', `#${i} d=${d}`);
        })(),
      ),
    );
  }
  for (const h of hs) yield* h;
  log('main', 'end');
}
