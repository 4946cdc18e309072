import { type Async, Semaphore, spawn, yieldNow } from 'async-lessons';
import { log, unwrap } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(5);
  const p = yield* s.acquireMany(3);
  log('main', `forgot ${s.forgetPermits(4)}`);
  log('main', `available=${s.availablePermits} held=${p.numPermits}`);
  log('main', `split 4: ${p.split(4) !== undefined}`);
  const q = unwrap(p.split(2));
  log('main', `held=${p.numPermits} split=${q.numPermits}`);
  q[Symbol.dispose]();
  log('main', `available=${s.availablePermits}`);
  const rest = unwrap(p.split(1));
  log('main', `held=${p.numPermits} rest=${rest.numPermits}`);
  p[Symbol.dispose]();
  log('main', `available=${s.availablePermits}`);
  rest[Symbol.dispose]();
  log('main', `available=${s.availablePermits}`);
  const w = spawn(
    (function* (): Async<void> {
      using _p = yield* s.acquireMany(4);
      log('waiter', 'has 4');
    })(),
  );
  yield* yieldNow();
  log('main', `forgot ${s.forgetPermits(2)} while a waiter collects`);
  s.addPermits(1);
  yield* w;
}
