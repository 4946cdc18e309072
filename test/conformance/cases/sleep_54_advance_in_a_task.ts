import { type Async, advance, millis, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const sleeper = (name: string, takes: number) =>
    spawn(
      (function* (): Async<void> {
        yield* sleep(millis(takes));
        log(name, 'woke');
      })(),
    );
  const hs = [sleeper('s3', 3), sleeper('s8', 8), sleeper('s13', 13)];
  hs.push(
    spawn(
      (function* (): Async<void> {
        log('task', 'advances by 0');
        yield* advance(millis(0));
        log('task', 'advances by 8');
        yield* advance(millis(8));
        log('task', 'advanced');
        yield* sleep(millis(1));
        log('task', 'slept');
      })(),
    ),
  );
  for (const h of hs) yield* h;
}
