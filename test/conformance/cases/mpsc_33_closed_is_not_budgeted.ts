import { type Async, mpsc, oneshot, spawn } from 'async-lessons';
import { traced } from '../common.ts';

function* often(tx: mpsc.Sender<number> | oneshot.Sender<number>): Async<void> {
  for (let i = 0; i < 300; i++) yield* tx.closed();
}

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(1);
  rx[Symbol.dispose]();
  yield* spawn(traced('mpsc', often(tx)));
  const [sender, receiver] = oneshot.channel<number>();
  receiver[Symbol.dispose]();
  yield* spawn(traced('oneshot', often(sender)));
}
