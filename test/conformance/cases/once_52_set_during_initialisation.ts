import { type Async, millis, OnceCell, SetError, sleep, spawn } from 'async-lessons';
import { caught, log } from '../common.ts';

export function* main(): Async<void> {
  const cell = new OnceCell<number>();
  const h = spawn(
    (function* (): Async<void> {
      const v = yield* cell.getOrInit(function* (): Async<number> {
        yield* sleep(millis(10));
        return 1;
      });
      log('task', `has ${v}`);
    })(),
  );
  yield* sleep(millis(5));
  log('main', `get ${cell.get() !== undefined}`);
  const during = caught(() => cell.set(2));
  if (during instanceof SetError) log('main', `${during.message} initializing=${during.isInitializing()}`);
  else log('main', 'set');
  yield* h;
  const after = caught(() => cell.set(3));
  if (after instanceof SetError) log('main', `${after.message} already=${after.isAlreadyInitialized()}`);
  else log('main', 'set');
  log('main', `holds ${cell.get()}`);
  const other = new OnceCell<number>();
  log('main', `set ok=${caught(() => other.set(4)) === undefined}`);
  const five = function* (): Async<number> {
    return 5;
  };
  log('main', `holds ${yield* other.getOrInit(five)}`);
}
