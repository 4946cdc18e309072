import { type Async, millis, sleep, tryJoin } from 'async-lessons';
import { debug, log, outcome } from '../common.ts';

function* fail(name: string, n: number): Async<void> {
  yield* sleep(millis(n));
  log(name, 'fails');
  throw new Error(name);
}

function text(result: { value: unknown } | { error: unknown }): string {
  return 'value' in result ? `Ok(${debug(result.value)})` : `Err(${debug((result.error as Error).message)})`;
}

export function* main(): Async<void> {
  const two = yield* outcome(tryJoin(fail('a', 10), fail('b', 10)));
  log('main', `second poll: ${text(two)}`);
  const three = yield* outcome(
    tryJoin(
      fail('a', 10),
      fail('b', 10),
      (function* (): Async<void> {
        yield* sleep(millis(5));
      })(),
    ),
  );
  log('main', `third poll of three: ${text(three)}`);
}
