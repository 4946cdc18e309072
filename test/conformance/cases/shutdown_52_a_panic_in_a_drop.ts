import { type Async, millis, secs, sleep, spawn } from 'async-lessons';
import { log, OnDrop, outcome, panicText, Then } from '../common.ts';

function panics(name: string): Then {
  return new Then(() => {
    log(name, 'drop panics');
    throw new Error(`in ${name}`);
  });
}

export function* main(): Async<void> {
  for (const name of ['A', 'B', 'C']) {
    spawn(
      (function* (): Async<void> {
        using _after = new OnDrop(name);
        if (name === 'B') {
          using _p = panics("B's");
          yield* sleep(secs(100));
        }
        yield* sleep(secs(100));
      })(),
    );
  }
  const aborted = spawn(
    (function* (): Async<void> {
      using _p = panics("aborted's");
      yield* sleep(secs(100));
    })(),
  );
  yield* sleep(millis(5));
  aborted.abort();
  const r = yield* outcome(aborted);
  log('main', 'error' in r ? `panic ${panicText(r.error)}` : 'ok');
  log('main', 'returns');
}
