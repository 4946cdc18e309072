import { type Async, branch, millis, mpsc, select, sleep, spawn, watch } from 'async-lessons';
import { caught, errorText, isSome, log, outcome } from '../common.ts';

function* worker(receiver: mpsc.Receiver<number>, setting: watch.Receiver<number>): Async<void> {
  using rx = receiver;
  using reload = setting;
  let open = true;
  let factor = reload.borrowAndUpdate();
  for (;;) {
    const winner = yield* select(
      {
        changed: branch(outcome(reload.changed()), { if: open }),
        work: branch(rx.recv(), { matches: isSome }),
      },
      { biased: true, else: () => undefined },
    );
    if (winner.branch === 'else') break;
    if (winner.branch === 'work') {
      log('worker', `${winner.value * factor}`);
      yield* sleep(millis(5));
    } else if ('error' in winner.value) {
      open = false;
      log('worker', errorText(winner.value));
    } else {
      factor = reload.borrowAndUpdate();
      log('worker', `factor ${factor}`);
    }
  }
  log('worker', 'end');
}

export function* main(): Async<void> {
  const [set, setting] = watch.channel(1);
  const [tx, rx] = mpsc.channel<number>(4);
  const w = spawn(worker(rx, setting.clone()));
  for (let v = 1; v <= 3; v++) yield* tx.send(v);
  yield* sleep(millis(2));
  set.send(10);
  set.send(20);
  yield* sleep(millis(10));
  set[Symbol.dispose]();
  yield* tx.send(4);
  tx[Symbol.dispose]();
  yield* w;
  log('main', `setting ${setting.borrow()} changed ${caught(() => setting.hasChanged()) === undefined}`);
}
