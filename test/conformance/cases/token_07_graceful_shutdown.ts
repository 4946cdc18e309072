import { type Async, CancellationToken, millis, mpsc, sleep, spawn } from 'async-lessons';
import { log, option } from '../common.ts';

export function* main(): Async<void> {
  const t = new CancellationToken();
  const [done, allDone] = mpsc.channel<void>(1);
  const worker = (name: string, cleanup: number, done: mpsc.Sender<void>) =>
    spawn(
      (function* (): Async<void> {
        using _done = done;
        const n = t.isCancelled();
        yield* t.cancelled();
        yield* sleep(millis(cleanup));
        log(name, `cleaned up (was ${n})`);
      })(),
    );
  worker('w1', 5, done.clone());
  worker('w2', 20, done.clone());
  done[Symbol.dispose]();
  yield* sleep(millis(10));
  log('main', 'cancel');
  t.cancel();
  const r = yield* allDone.recv();
  log('main', `all workers gone ${option(r)}`);
}
