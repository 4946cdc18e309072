import { type Async, millis, sleep, spawn, watch } from 'async-lessons';
import { log, outcome } from '../common.ts';

function* waitForIsOk(rx: watch.Receiver<number>, name: string, n: number): Async<boolean> {
  const fits = (v: number) => {
    log(name, `looks at ${v}`);
    return v === n;
  };
  return 'value' in (yield* outcome(rx.waitFor(fits)));
}

export function* main(): Async<void> {
  {
    const [tx, rx] = watch.channel(0);
    const other = rx.clone();
    tx.send(1);
    tx[Symbol.dispose]();
    log('main', `ok=${yield* waitForIsOk(rx, 'rx', 1)}`);
    log('main', `ok=${yield* waitForIsOk(rx, 'rx', 1)}`);
    log('main', `ok=${yield* waitForIsOk(other, 'other', 2)}`);
    log('main', `other still has ${other.borrow()}`);
  }
  const [tx, rx] = watch.channel(0);
  const h = spawn(
    (function* (): Async<void> {
      using receiver = rx;
      const ok = yield* waitForIsOk(receiver, 'waiter', 3);
      log('waiter', `ok=${ok}`);
    })(),
  );
  yield* sleep(millis(5));
  tx.send(2);
  tx[Symbol.dispose]();
  yield* h;
}
