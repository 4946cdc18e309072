import { type Async, type JoinHandle, millis, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const hs: JoinHandle<void>[] = [];
  const order: number[] = [];
  for (let i = 0; i < 70; i++) {
    hs.push(
      spawn(
        (function* (): Async<void> {
          yield* sleep(millis(25));
          order.push(i);
        })(),
      ),
    );
  }
  for (const h of hs) yield* h;
  log('main', `[${order.join(', ')}]`);
  log('main', `in order=${order.every((value, i) => i === 0 || (order[i - 1] as number) < value)}`);
}
