import { type Async, millis, mpsc, sleep, spawn } from 'async-lessons';
import { log, vec } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(8);
  // In Rust it appends to a list, and answers how many.
  let buf: number[] = [];
  const recvMany = function* (limit: number): Async<number> {
    const batch = yield* rx.recvMany(limit);
    buf.push(...batch);
    return batch.length;
  };
  for (let i = 0; i < 5; i++) yield* tx.send(i);
  log('main', `${yield* recvMany(3)} ${vec(buf)}`);
  log('main', `${yield* recvMany(0)} ${vec(buf)}`);
  log('main', `${yield* recvMany(10)} ${vec(buf)}`);
  buf = [];
  spawn(
    (function* (): Async<void> {
      using sender = tx;
      yield* sleep(millis(5));
      yield* sender.send(5);
      yield* sender.send(6);
      yield* sleep(millis(5));
      yield* sender.send(7);
    })(),
  );
  for (;;) {
    const n = yield* recvMany(10);
    log('main', `${n} ${vec(buf)}`);
    if (n === 0) break;
  }
}
