import assert from 'node:assert/strict';
import { type Async, mpsc, spawn, yieldNow } from 'async-lessons';
import { traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.unboundedChannel<number>();
  for (let i = 0; i < 200; i++) tx.send(i);
  yield* spawn(
    traced(
      'rx',
      (function* (): Async<void> {
        using receiver = rx;
        for (let i = 0; i < 100; i++) assert.notEqual(yield* receiver.recv(), undefined);
        yield* yieldNow();
        for (let i = 0; i < 100; i++) assert.notEqual(yield* receiver.recv(), undefined);
      })(),
    ),
  );
}
