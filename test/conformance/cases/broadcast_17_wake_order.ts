import { type Async, broadcast, millis, sleep, spawn, yieldNow } from 'async-lessons';
import { log, outcome, traced } from '../common.ts';

function* listen(name: string, receiver: broadcast.Receiver<number>): Async<void> {
  using rx = receiver;
  if (name === 'A') yield* yieldNow();
  for (;;) {
    const got = yield* outcome(rx.recv());
    if ('error' in got) return;
    log(name, `got ${got.value}`);
  }
}

export function* main(): Async<void> {
  const [tx, rx] = broadcast.channel<number>(4);
  const hs = ['A', 'B', 'C', 'D'].map((name) => spawn(traced(name, listen(name, rx.resubscribe()))));
  yield* sleep(millis(1));
  hs[2]?.abort();
  tx.send(1);
  tx.send(2);
  yield* yieldNow();
  log('main', `receivers ${tx.receiverCount}`);
  tx[Symbol.dispose]();
  for (const h of hs) yield* outcome(h);
}
