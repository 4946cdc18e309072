import { type Async, millis, OnceCell, sleep, spawn } from 'async-lessons';
import { caught, debug, errorText, log, outcome } from '../common.ts';

export function* main(): Async<void> {
  const c = new OnceCell<string>();
  const member = (name: string) =>
    spawn(
      (function* (): Async<void> {
        const v = yield* c.getOrInit(function* (): Async<string> {
          log(name, 'initialising');
          yield* sleep(millis(10));
          return name;
        });
        log(name, `has ${v}`);
      })(),
    );
  const a = member('A');
  const rest = [member('B'), member('C'), member('D')];
  yield* sleep(millis(5));
  a.abort();
  log('main', `aborted A, set=${debug(errorText(caught(() => c.set('x'))))}`);
  yield* outcome(a);
  log('main', `A is gone, set=${debug(errorText(caught(() => c.set('x'))))}`);
  for (const h of rest) yield* h;
}
