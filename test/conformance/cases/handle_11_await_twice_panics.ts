import { type Async, ref, spawn } from 'async-lessons';
import { debug, joinError, log, panicText } from '../common.ts';

export function* main(): Async<void> {
  const outer = spawn(
    (function* (): Async<void> {
      const h = spawn(
        (function* (): Async<number> {
          return 3;
        })(),
      );
      const v = yield* ref(h);
      log('outer', `first await ${v}`);
      yield* ref(h);
      log('outer', 'unreachable');
    })(),
  );
  const e = yield* joinError(outer);
  log('main', `is_panic=${e.isPanic()} ${debug(panicText(e))}`);
}
