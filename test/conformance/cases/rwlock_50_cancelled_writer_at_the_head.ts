import { type Async, millis, RwLock, sleep, spawn } from 'async-lessons';
import { log, outcome } from '../common.ts';

export function* main(): Async<void> {
  const l = new RwLock(0);
  const visit = (name: string, writes: boolean, hold: number) =>
    spawn(
      (function* (): Async<void> {
        if (writes) {
          using g = yield* l.write();
          g.value += 1;
          log(name, 'in');
          yield* sleep(millis(hold));
          log(name, 'out');
        } else {
          using g = yield* l.read();
          log(name, `in, value ${g.value}`);
          yield* sleep(millis(hold));
          log(name, 'out');
        }
      })(),
    );
  const r1 = visit('r1', false, 30);
  const w2 = visit('w2', true, 5);
  const hs = [r1, w2, visit('r3', false, 10), visit('r4', false, 40), visit('w5', true, 5), visit('r6', false, 5)];
  yield* sleep(millis(5));
  w2.abort();
  log('main', 'aborted w2');
  for (const h of hs) yield* outcome(h);
}
