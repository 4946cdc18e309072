import {
  type Async,
  branch,
  CancellationToken,
  Elapsed,
  JoinSet,
  millis,
  mpsc,
  oneshot,
  RecvError,
  Semaphore,
  SendError,
  select,
  sleep,
  spawn,
  timeout,
} from 'async-lessons';
import { isSome, log, outcome } from '../common.ts';

type Job = [n: number, reply: oneshot.Sender<number>];

function* worker(slots: Semaphore, [n, reply]: Job): Async<number> {
  using _reply = reply;
  using _slot = yield* slots.acquire();
  log('worker', `${n} starts`);
  yield* sleep(millis(10 * n));
  yield* outcome(answer(reply, n * n));
  return n;
}

function* answer(reply: oneshot.Sender<number>, value: number): Async<void> {
  reply.send(value);
}

function* pool(receiver: mpsc.Receiver<Job>, stop: CancellationToken): Async<void> {
  using rx = receiver;
  const slots = new Semaphore(2);
  using set = new JoinSet<number>();
  for (;;) {
    const winner = yield* select(
      {
        stop: stop.cancelled(),
        done: branch(set.joinNext(), { matches: isSome }),
        job: branch(rx.recv(), { matches: isSome }),
      },
      { biased: true },
    );
    if (winner.branch === 'done') log('pool', `${winner.value.value} done`);
    if (winner.branch === 'job') set.spawn(worker(slots, winner.value));
    if (winner.branch !== 'stop') continue;
    log('pool', `stops with ${set.length} at work`);
    rx.close();
    break;
  }
  for (let job = yield* rx.recv(); job !== undefined; job = yield* rx.recv()) {
    const [n, reply] = job;
    log('pool', `refuses ${n}`);
    reply[Symbol.dispose]();
  }
  for (let r = yield* set.joinNext(); r !== undefined; r = yield* set.joinNext()) log('pool', `${r.value} done`);
}

function* client(sender: mpsc.Sender<Job>, n: number): Async<void> {
  using tx = sender;
  if (n === 5) yield* sleep(millis(25));
  const [reply, answer] = oneshot.channel<number>();
  const accepted = yield* outcome(tx.send([n, reply]));
  if ('error' in accepted) {
    if (!(accepted.error instanceof SendError)) throw accepted.error;
    log('client', `${n}: closed`);
    return;
  }
  try {
    log('client', `${n}: ${yield* timeout(millis(45), answer)}`);
  } catch (error) {
    if (error instanceof Elapsed) log('client', `${n}: timed out`);
    else if (error instanceof RecvError) log('client', `${n}: ${error.message}`);
    else throw error;
  }
}

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<Job>(2);
  const stop = new CancellationToken();
  const pooled = spawn(pool(rx, stop));
  const clients = new JoinSet<void>();
  for (const n of [3, 1, 2, 4, 5]) clients.spawn(client(tx.clone(), n));
  tx[Symbol.dispose]();
  yield* sleep(millis(25));
  stop.cancel();
  log('main', 'stop');
  yield* pooled;
  while ((yield* clients.joinNext()) !== undefined) {}
  log('main', 'end');
}
