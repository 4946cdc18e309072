import { type Async, millis, sleep, tryJoin } from 'async-lessons';
import { debug, log, OnDrop, outcome } from '../common.ts';

export function* main(): Async<void> {
  const r = yield* outcome(
    tryJoin(
      (function* (): Async<number> {
        using _local = new OnDrop('a-local');
        yield* sleep(millis(30));
        log('a', 'never');
        return 1;
      })(),
      (function* (): Async<number> {
        yield* sleep(millis(10));
        log('b', 'fails');
        throw new Error('b failed');
      })(),
      (function* (): Async<number> {
        using _local = new OnDrop('c-local');
        yield* sleep(millis(5));
        log('c', 'ok');
        return 3;
      })(),
    ),
  );
  log('main', 'value' in r ? `Ok((${r.value.join(', ')}))` : `Err(${debug((r.error as Error).message)})`);
  yield* sleep(millis(50));
  log('main', 'end');
}
