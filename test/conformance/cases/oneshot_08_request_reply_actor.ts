import { type Async, type JoinHandle, mpsc, oneshot, spawn, yieldNow } from 'async-lessons';
import { caught, log } from '../common.ts';

type Request = readonly [n: number, reply: oneshot.Sender<number>];

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<Request>(4);
  spawn(
    (function* (receiver): Async<void> {
      using rx = receiver;
      let total = 0;
      for (let request = yield* rx.recv(); request !== undefined; request = yield* rx.recv()) {
        const [n, reply] = request;
        total += n;
        log('actor', `add ${n} -> ${total}`);
        caught(() => reply.send(total));
      }
      log('actor', 'end');
    })(rx),
  );
  const hs: JoinHandle<void>[] = [];
  for (const [name, n] of [
    ['A', 1],
    ['B', 10],
    ['C', 100],
  ] as const) {
    hs.push(
      spawn(
        (function* (sender): Async<void> {
          using tx = sender;
          for (let i = 0; i < 2; i++) {
            const [rtx, rrx] = oneshot.channel<number>();
            yield* tx.send([n, rtx]);
            log(name, `reply ${yield* rrx}`);
          }
        })(tx.clone()),
      ),
    );
  }
  tx[Symbol.dispose]();
  for (const h of hs) yield* h;
  yield* yieldNow();
  log('main', 'end');
}
