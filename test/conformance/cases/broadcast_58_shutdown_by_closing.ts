import { type Async, broadcast, millis, mpsc, select, sleep, spawn } from 'async-lessons';
import { errorText, log, outcome } from '../common.ts';

function* worker(
  name: string,
  work: number,
  receiver: broadcast.Receiver<void>,
  sender: mpsc.Sender<void>,
): Async<void> {
  using stopped = receiver;
  using _done = sender;
  for (;;) {
    const winner = yield* select({ stop: outcome(stopped.recv()), time: sleep(millis(1)) }, { biased: true });
    if (winner.branch === 'stop') {
      log(name, `stop ok=${'value' in winner.value}`);
      break;
    }
    yield* sleep(millis(work));
    log(name, 'worked');
  }
  yield* sleep(millis(1));
  log(name, 'cleaned up');
}

export function* main(): Async<void> {
  const [stop, unused] = broadcast.channel<void>(1);
  unused[Symbol.dispose]();
  const [done, allDone] = mpsc.channel<void>(1);
  spawn(worker('quick', 3, stop.subscribe(), done.clone()));
  spawn(worker('slow', 20, stop.subscribe(), done.clone()));
  done[Symbol.dispose]();
  yield* sleep(millis(10));
  log('main', `stop, ${stop.send()} listen`);
  const late = stop.subscribe();
  stop[Symbol.dispose]();
  log('late', errorText(yield* outcome(late.recv())));
  log('main', `all done ${(yield* allDone.recv()) === undefined}`);
}
