import { type Async, mpsc, spawn, yieldNow } from 'async-lessons';
import { log, option, outcome, traced } from '../common.ts';

function* receive(rx: mpsc.Receiver<number>): Async<void> {
  for (let v = yield* rx.recv(); v !== undefined; v = yield* rx.recv()) log('rx', `got ${v}`);
}

function* bounded(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(2);
  const weak = tx.downgrade();
  const h = spawn(traced('rx', receive(rx)));
  yield* yieldNow();
  const strong = weak.upgrade() as mpsc.Sender<number>;
  tx[Symbol.dispose]();
  yield* yieldNow();
  log('main', `sent ${'value' in (yield* outcome(strong.send(1)))}`);
  strong[Symbol.dispose]();
  log('main', `upgrade ${weak.upgrade() === undefined}`);
  yield* h;
}

function* unbounded(): Async<void> {
  const [tx, rx] = mpsc.unboundedChannel<number>();
  const weak = tx.downgrade();
  const strong = weak.upgrade() as mpsc.UnboundedSender<number>;
  tx[Symbol.dispose]();
  strong.send(2);
  strong[Symbol.dispose]();
  log('main', `upgrade ${weak.upgrade() === undefined}`);
  log('main', `${option(yield* rx.recv())} ${option(yield* rx.recv())}`);
}

export function* main(): Async<void> {
  yield* bounded();
  yield* unbounded();
}
