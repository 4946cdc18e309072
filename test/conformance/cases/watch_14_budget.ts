import assert from 'node:assert/strict';
import { type Async, millis, sleep, spawn, watch } from 'async-lessons';
import { nowOrNever, traced } from '../common.ts';

function* changed(): Async<void> {
  const [tx, rx] = watch.channel(0);
  for (let i = 0; i < 300; i++) {
    tx.send(i);
    yield* rx.changed();
  }
}

function* waitFor(): Async<void> {
  const [tx, rx] = watch.channel(0);
  for (let i = 0; i < 300; i++) {
    tx.send(i);
    yield* rx.waitFor((v) => v === i);
  }
}

function* closed(): Async<void> {
  const [tx, rx] = watch.channel(0);
  rx[Symbol.dispose]();
  for (let i = 0; i < 300; i++) yield* tx.closed();
}

function* waiting(): Async<void> {
  const [, rx] = watch.channel(0);
  function* isChanged(): Async<true> {
    yield* rx.changed();
    return true;
  }
  for (let i = 0; i < 300; i++) assert.equal(nowOrNever(isChanged()), undefined);
}

export function* main(): Async<void> {
  spawn(traced('changed', changed()));
  spawn(traced('wait_for', waitFor()));
  spawn(traced('closed', closed()));
  spawn(traced('pending', waiting()));
  yield* sleep(millis(5));
}
