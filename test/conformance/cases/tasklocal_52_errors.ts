import { type Async, spawn, TaskLocal } from 'async-lessons';
import { caught, errorText, joinError, log, pollOnce, selfWake } from '../common.ts';

const NUMBER = new TaskLocal<number>('NUMBER');

export function* main(): Async<void> {
  log('main', errorText(caught(() => NUMBER.get())));
  const h = spawn(
    (function* (): Async<number> {
      return NUMBER.get();
    })(),
  );
  log('main', `panics ${(yield* joinError(h)).isPanic()}`);
  const f = NUMBER.scope(
    1,
    (function* (): Async<number> {
      log('scoped', `${NUMBER.get()}`);
      yield* selfWake();
      log('scoped', `${NUMBER.get()}`);
      return NUMBER.get() + 1;
    })(),
  );
  log('main', `ready=${(yield* pollOnce(f)) !== 'pending'}`);
  log('main', `set between polls ${NUMBER.tryGet() !== undefined}`);
  const sum = NUMBER.scope(
    5,
    (function* (): Async<number> {
      return (yield* f) + NUMBER.get();
    })(),
  );
  log('main', `${yield* sum}`);
}
