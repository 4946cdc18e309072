import assert from 'node:assert/strict';
import { type Async, millis, mpsc, sleep, spawn } from 'async-lessons';
import { log, nowOrNever, traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.unboundedChannel<number>();
  const h = spawn(
    traced(
      'task',
      (function* (): Async<void> {
        using receiver = rx;
        for (let i = 0; i < 1000; i++) assert.equal(nowOrNever(receiver.recv()), undefined);
        for (let i = 0; i < 128; i++) yield* sleep(millis(0));
        log('task', '128 ready sleeps later');
        yield* sleep(millis(0));
        log('task', '129th sleep');
        tx[Symbol.dispose]();
      })(),
    ),
  );
  yield* h;
}
