import { type Async, millis, RwLock, sleep, spawn } from 'async-lessons';
import { log, vec } from '../common.ts';

export function* main(): Async<void> {
  const l = new RwLock<string[]>([]);
  const w0 = yield* l.write();
  const queue: [string, boolean][] = [
    ['R1', false],
    ['W1', true],
    ['R2', false],
    ['W2', true],
    ['R3', false],
  ];
  const hs = queue.map(([name, write]) =>
    spawn(
      (function* (): Async<void> {
        if (write) {
          using g = yield* l.write();
          log(name, 'granted');
          g.value.push(name);
          yield* sleep(millis(10));
        } else {
          using g = yield* l.read();
          log(name, `granted, sees ${vec(g.value)}`);
          yield* sleep(millis(10));
        }
        log(name, 'releasing');
      })(),
    ),
  );
  yield* sleep(millis(1));
  w0[Symbol.dispose]();
  for (const h of hs) yield* h;
}
