import { type Async, Elapsed, Mutex, millis, sleep, spawn, timeout } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const m1 = new Mutex(undefined);
  const m2 = new Mutex(undefined);
  const lockBoth = (name: string, first: Mutex<undefined>, second: Mutex<undefined>, limit: number) =>
    spawn(
      (function* (): Async<void> {
        let tries = 0;
        for (;;) {
          tries += 1;
          using a = yield* first.lock();
          log(name, 'has its first');
          yield* sleep(millis(5));
          try {
            using _b = yield* timeout(millis(limit), second.lock());
            log(name, `has both after ${tries} tries`);
            yield* sleep(millis(3));
            break;
          } catch (error) {
            if (!(error instanceof Elapsed)) throw error;
            log(name, 'gives way');
          }
          a[Symbol.dispose]();
          yield* sleep(millis(1));
        }
      })(),
    );
  const hs = [lockBoth('A', m1, m2, 20), lockBoth('B', m2, m1, 10)];
  for (const h of hs) yield* h;
}
