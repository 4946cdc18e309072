import { type Async, millis, now, sleep, spawn } from 'async-lessons';
import { log, pollOnce } from '../common.ts';

function* resetTask(name: string, first: number, to: number): Async<void> {
  using s = sleep(millis(first));
  yield* pollOnce(s);
  s.reset(now() + millis(to));
  yield* s;
  log(name, 'woke');
}

export function* main(): Async<void> {
  const handles = [
    spawn(resetTask('A-reset-10-to-20', 10, 20)),
    spawn(
      (function* (): Async<void> {
        yield* sleep(millis(20));
        log('B-plain-20', 'woke');
      })(),
    ),
    spawn(resetTask('C-reset-30-to-20', 30, 20)),
    spawn(
      (function* (): Async<void> {
        yield* sleep(millis(15));
        yield* sleep(millis(5));
        log('D-15-then-5', 'woke');
      })(),
    ),
  ];
  for (const handle of handles) yield* handle;
  log('main', 'end');
}
