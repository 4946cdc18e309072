import { type Async, Mutex, millis, sleep, spawn } from 'async-lessons';
import { log, outcome, panicText } from '../common.ts';

export function* main(): Async<void> {
  const m = new Mutex(0);
  const hs = ['A', 'B', 'C'].map((name) =>
    spawn(
      (function* (): Async<void> {
        using g = yield* m.lock();
        log(name, `finds ${g.value}`);
        g.value += 1;
        yield* sleep(millis(5));
        if (name !== 'C') throw new Error(`${name} fails`);
        g.value += 10;
      })(),
    ),
  );
  for (const h of hs) {
    const r = yield* outcome(h);
    log('main', 'error' in r ? panicText(r.error) : 'ok');
  }
  using g = yield* m.lock();
  log('main', `value ${g.value}`);
}
