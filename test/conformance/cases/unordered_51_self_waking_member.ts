import { type Async, FuturesUnordered, spawn } from 'async-lessons';
import { log, selfWake } from '../common.ts';

function* busy(name: string, n: number): Async<string> {
  for (let i = 0; i < n; i++) {
    log(name, `round ${i}`);
    yield* selfWake();
  }
  return name;
}

export function* main(): Async<void> {
  spawn(
    (function* (): Async<void> {
      for (let i = 0; i < 6; i++) {
        log('other', `${i}`);
        yield* selfWake();
      }
    })(),
  );
  const h = spawn(
    (function* (): Async<void> {
      const set = new FuturesUnordered<string>();
      set.push(busy('A', 3));
      set.push(busy('B', 1));
      set.push(busy('C', 3));
      for (let next = yield* set.next(); next !== undefined; next = yield* set.next()) log('task', next.value);
    })(),
  );
  yield* h;
}
