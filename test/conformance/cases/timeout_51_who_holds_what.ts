import { type Async, Mutex, millis, mpsc, sleep, spawn, timeout } from 'async-lessons';
import { log, option, outcome, timedOut } from '../common.ts';

/** `rx.try_recv().ok()` */
function tryRecvOk(rx: mpsc.Receiver<number>): number | undefined {
  return rx.isEmpty() ? undefined : rx.tryRecv();
}

export function* main(): Async<void> {
  const m = new Mutex(0);
  const [tx, rx] = mpsc.channel<number>(1);
  yield* tx.send(0);
  const hs = [
    spawn(
      (function* (): Async<void> {
        using _g = yield* m.lock();
        yield* sleep(millis(10));
        log('holder', 'unlocks');
      })(),
    ),
  ];
  for (const limit of [10, 11, 9]) {
    hs.push(
      spawn(
        (function* (): Async<void> {
          const work = (function* (): Async<void> {
            using g = yield* m.lock();
            g.value += 1;
            yield* sleep(millis(1));
            g.value += 10;
          })();
          const r = yield* outcome(timeout(millis(limit), work));
          log(`lock-${limit}`, `ok=${!timedOut(r)}`);
        })(),
      ),
    );
  }
  for (const limit of [10, 20]) {
    const clone = tx.clone();
    hs.push(
      spawn(
        (function* (): Async<void> {
          using tx = clone;
          const r = yield* outcome(timeout(millis(limit), tx.send(limit)));
          log(`send-${limit}`, `ok=${!timedOut(r)}`);
        })(),
      ),
    );
  }
  yield* sleep(millis(10));
  log('main', `receives ${option(tryRecvOk(rx))}`);
  for (const h of hs) yield* h;
  {
    using g = yield* m.lock();
    log('main', `value ${g.value}`);
  }
  log('main', `receives ${option(tryRecvOk(rx))}`);
  log('main', `receives ${option(tryRecvOk(rx))}`);
}
