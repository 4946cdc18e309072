import { type Async, broadcast, millis, RecvError, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

function* watch(name: string, receiver: broadcast.Receiver<number>): Async<void> {
  using rx = receiver;
  try {
    for (;;) log(name, `saw ${yield* rx.recv()}`);
  } catch (error) {
    if (!(error instanceof RecvError)) throw error;
  }
  log(name, 'closed');
}

export function* main(): Async<void> {
  const [tx, rxMain] = broadcast.channel<number>(8);
  const t = spawn(watch('task', tx.subscribe()));
  const p = spawn(
    (function* (): Async<void> {
      using sender = tx;
      for (let i = 0; i < 3; i++) {
        yield* sleep(millis(10));
        log('producer', `send ${i}`);
        sender.send(i);
      }
    })(),
  );
  yield* watch('main', rxMain);
  yield* t;
  yield* p;
}
