import { type Async, spawn, watch, yieldNow } from 'async-lessons';
import { log, nowOrNever, outcome, traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = watch.channel(0);
  log('main', `at once ${yield* rx.waitFor((v) => v === 0)}`);
  const other = rx.clone();
  const task = (function* (): Async<void> {
    const asked: number[] = [];
    const v = yield* rx.waitFor((n) => {
      asked.push(n);
      return n >= 80;
    });
    log('waiter', `got ${v} asked [${asked.join(', ')}] has_changed Ok(${rx.hasChanged()})`);
    log('waiter', `closed ${'error' in (yield* outcome(rx.waitFor((n) => n === 1000)))}`);
    log('waiter', `last ${yield* rx.waitFor((n) => n === 90)}`);
  })();
  const waiter = spawn(traced('waiter', task));
  yield* yieldNow();
  for (const n of [20, 60, 80]) {
    tx.send(n);
    if (n !== 20) yield* yieldNow();
  }
  tx.send(90);
  log('main', `other ${nowOrNever(other.waitFor((n) => n === 1)) !== undefined}`);
  log('main', `other has_changed Ok(${other.hasChanged()})`);
  tx[Symbol.dispose]();
  yield* waiter;
}
