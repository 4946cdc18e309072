import assert from 'node:assert/strict';
import { type Async, broadcast, millis, sleep, spawn } from 'async-lessons';
import { nowOrNever, outcome, traced } from '../common.ts';

function* recv(): Async<void> {
  const [tx, rx] = broadcast.channel<number>(1);
  for (let i = 0; i < 300; i++) {
    tx.send(i);
    yield* rx.recv();
  }
}

function* lagged(): Async<void> {
  const [tx, rx] = broadcast.channel<number>(1);
  for (let i = 0; i < 300; i++) {
    tx.send(i);
    tx.send(i);
    assert('error' in (yield* outcome(rx.recv())));
    rx.tryRecv();
  }
}

function* closed(): Async<void> {
  const [tx, rx] = broadcast.channel<number>(1);
  tx[Symbol.dispose]();
  for (let i = 0; i < 300; i++) assert('error' in (yield* outcome(rx.recv())));
}

function* waiting(): Async<void> {
  const [, rx] = broadcast.channel<number>(1);
  for (let i = 0; i < 300; i++) assert.equal(nowOrNever(rx.recv()), undefined);
}

export function* main(): Async<void> {
  spawn(traced('recv', recv()));
  spawn(traced('lagged', lagged()));
  spawn(traced('closed', closed()));
  spawn(traced('pending', waiting()));
  yield* sleep(millis(5));
}
