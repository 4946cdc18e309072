import { type Async, CancellationToken, millis, select, sleep, spawn } from 'async-lessons';
import { log, traced } from '../common.ts';

export function* main(): Async<void> {
  const first = new CancellationToken();
  const second = new CancellationToken();
  const hs = ['A', 'B'].map((name) =>
    spawn(
      (function* (): Async<void> {
        yield* first.cancelled();
        second.cancel();
        log(name, `cancelled the second, ${second.isCancelled()}`);
      })(),
    ),
  );
  for (const name of ['C', 'D']) {
    hs.push(
      spawn(
        (function* (): Async<void> {
          yield* second.cancelled();
          log(name, 'second cancelled');
        })(),
      ),
    );
  }
  const child = second.childToken();
  hs.push(
    spawn(
      traced(
        'E',
        (function* (): Async<void> {
          const { branch } = yield* select(
            { "second's child": child.cancelled(), first: first.cancelled() },
            { biased: true },
          );
          log('E', branch);
        })(),
      ),
    ),
  );
  yield* sleep(millis(5));
  first.cancel();
  for (const h of hs) yield* h;
}
