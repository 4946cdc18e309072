import assert from 'node:assert/strict';
import { type Async, millis, mpsc, sleep, spawn } from 'async-lessons';
import { log, traced } from '../common.ts';

function* produce(name: string, clone: mpsc.Sender<number>): Async<void> {
  using tx = clone;
  for (let i = 0; i < 2; i++) {
    yield* tx.send(i);
    log(name, `sent ${i}`);
  }
}

function* busy(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(2);
  for (let i = 0; i < 300; i++) {
    tx.trySend(i);
    tx.trySend(i);
    assert.equal((yield* rx.recvMany(2)).length, 2);
  }
}

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(2);
  for (const name of ['A', 'B', 'C']) spawn(traced(name, produce(name, tx.clone())));
  tx[Symbol.dispose]();
  log('main', `none ${(yield* rx.recvMany(0)).length}`);
  for (const limit of [1, 2, 5, 5, 5, 5]) {
    const batch = yield* rx.recvMany(limit);
    log('main', `${batch.length} [${batch.join(', ')}] left ${rx.length}`);
    if (batch.length === 0) break;
    yield* sleep(millis(1));
  }
  yield* spawn(traced('budget', busy()));
}
