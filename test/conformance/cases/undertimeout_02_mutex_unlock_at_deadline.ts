import { type Async, type JoinHandle, Mutex, type MutexGuard, millis, sleep, spawn, timeout } from 'async-lessons';
import { log, outcome } from '../common.ts';

function isFree(m: Mutex<void>): boolean {
  using guard = m.tryLock();
  return guard !== undefined;
}

function* run(label: string, holderFirst: boolean): Async<void> {
  const m = new Mutex<void>(undefined);
  const g = yield* m.lock();
  const holder = (function* (): Async<void> {
    using _g = g;
    yield* sleep(millis(10));
  })();
  const waiter = (function* (): Async<void> {
    const result = yield* outcome<MutexGuard<void>>(timeout(millis(10), m.lock()));
    const locked = 'value' in result;
    if (locked) result.value[Symbol.dispose]();
    log(label, `locked=${locked} free now=${isFree(m)}`);
  })();
  let a: JoinHandle<void>;
  let b: JoinHandle<void>;
  if (holderFirst) {
    a = spawn(holder);
    b = spawn(waiter);
  } else {
    b = spawn(waiter);
    a = spawn(holder);
  }
  yield* a;
  yield* b;
}

export function* main(): Async<void> {
  yield* run('holder-first', true);
  yield* run('waiter-first', false);
}
