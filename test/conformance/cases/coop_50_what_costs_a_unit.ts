import {
  type Async,
  advance,
  Barrier,
  CancellationToken,
  interval,
  Mutex,
  millis,
  Notify,
  OnceCell,
  RwLock,
  Semaphore,
  sleep,
  timeout,
} from 'async-lessons';
import { polls, ready } from '../common.ts';

/** 300 times the same. */
function* often(run: () => Async<unknown>): Async<void> {
  for (let i = 0; i < 300; i++) yield* run();
}

export function* main(): Async<void> {
  const s = new Semaphore(1);
  yield* polls(
    'semaphore',
    often(function* () {
      using _p = yield* s.acquire();
    }),
  );
  const m = new Mutex(undefined);
  yield* polls(
    'mutex',
    often(function* () {
      using _g = yield* m.lock();
    }),
  );
  const l = new RwLock(undefined);
  yield* polls(
    'rwlock read',
    often(function* () {
      using _g = yield* l.read();
    }),
  );
  yield* polls(
    'rwlock write',
    often(function* () {
      using _g = yield* l.write();
    }),
  );
  const n = new Notify();
  yield* polls(
    'notify',
    often(function* () {
      n.notifyOne();
      yield* n.notified();
    }),
  );
  const b = new Barrier(1);
  yield* polls(
    'barrier',
    often(function* () {
      yield* b.wait();
    }),
  );
  const c = new OnceCell<void>();
  yield* polls(
    'once',
    often(function* () {
      yield* c.getOrInit(ready);
    }),
  );
  const t = new CancellationToken();
  t.cancel();
  yield* polls(
    'token',
    often(function* () {
      yield* t.cancelled();
    }),
  );
  yield* polls(
    'sleep',
    often(function* () {
      yield* sleep(millis(0));
    }),
  );
  using i = interval(millis(1));
  yield* advance(millis(10_000));
  yield* polls(
    'interval',
    often(function* () {
      yield* i.tick();
    }),
  );
  yield* polls(
    'timeout',
    often(function* () {
      yield* timeout(millis(10), ready());
    }),
  );
}
