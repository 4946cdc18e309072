import { type Async, join } from 'async-lessons';
import { debug, log } from '../common.ts';

export function* main(): Async<void> {
  const r = yield* join(
    (function* (): Async<number> {
      log('a', 'run');
      return 1;
    })(),
    (function* (): Async<string> {
      log('b', 'run');
      return 'two';
    })(),
    (function* (): Async<number> {
      log('c', 'run');
      return 3.5;
    })(),
  );
  log('main', `(${r.map(debug).join(', ')})`);
}
