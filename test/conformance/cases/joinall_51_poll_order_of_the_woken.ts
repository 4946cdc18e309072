import { type Async, joinAll, oneshot, spawn, yieldNow } from 'async-lessons';
import { log, unwrap, vec } from '../common.ts';

function* future(i: number, rx: oneshot.Receiver<number>): Async<number> {
  const v = yield* rx;
  log('future', `${i} has ${v}`);
  return v;
}

export function* main(): Async<void> {
  const senders = new Map<number, oneshot.Sender<number>>();
  const futures: Async<number>[] = [];
  for (let i = 0; i < 33; i++) {
    const [tx, rx] = oneshot.channel<number>();
    senders.set(i, tx);
    futures.push(future(i, rx));
  }
  const h = spawn(
    (function* (): Async<void> {
      const out = yield* joinAll(futures);
      log('task', out.join(' '));
    })(),
  );
  yield* yieldNow();
  for (const burst of [
    [32, 0, 5],
    [7, 6, 31],
  ]) {
    for (const i of burst) {
      unwrap(senders.get(i)).send(i * 10);
      senders.delete(i);
    }
    log('main', `sent to ${vec(burst)}`);
    yield* yieldNow();
  }
  for (const tx of [...senders.values()].toReversed()) tx.send(1);
  yield* h;
}
