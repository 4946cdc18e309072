import { type Async, Elapsed, Mutex, millis, sleep, spawn, timeout } from 'async-lessons';
import { log, outcome } from '../common.ts';

function* attempt(name: string, m: Mutex<number>, inner: number, outer: number): Async<void> {
  try {
    const r = yield* timeout(millis(outer), outcome(timeout(millis(inner), m.lock())));
    if ('error' in r) {
      log(name, 'inner elapsed');
    } else {
      using g = r.value;
      g.value += 1;
      log(name, `locked, ${g.value}`);
    }
  } catch (error) {
    if (!(error instanceof Elapsed)) throw error;
    log(name, 'outer elapsed');
  }
}

export function* main(): Async<void> {
  const m = new Mutex(0);
  const held = yield* m.lock();
  const hs = [
    spawn(attempt('inner-10-outer-20', m, 10, 20)),
    spawn(attempt('inner-20-outer-10', m, 20, 10)),
    spawn(attempt('inner-10-outer-10', m, 10, 10)),
    spawn(attempt('inner-30-outer-15', m, 30, 15)),
    spawn(attempt('inner-0-outer-0', m, 0, 0)),
    spawn(attempt('inner-40-outer-50', m, 40, 50)),
  ];
  yield* sleep(millis(15));
  log('main', 'unlocks');
  held[Symbol.dispose]();
  for (const h of hs) yield* h;
  using g = yield* m.lock();
  log('main', `value ${g.value}`);
}
