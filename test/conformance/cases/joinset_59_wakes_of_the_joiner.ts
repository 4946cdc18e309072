import { type Async, broadcast, JoinSet, millis, sleep, spawn } from 'async-lessons';
import { log, traced } from '../common.ts';

function* member(name: string, receiver: broadcast.Receiver<void>): Async<string> {
  using rx = receiver;
  yield* rx.recv();
  log(name, 'ends');
  return name;
}

export function* main(): Async<void> {
  const [tx, rx] = broadcast.channel<void>(1);
  rx[Symbol.dispose]();
  const set = new JoinSet<string>();
  for (const name of ['A', 'B', 'C']) set.spawn(member(name, tx.subscribe()));
  const h = spawn(
    traced(
      'joiner',
      (function* (): Async<void> {
        using members = set;
        for (;;) {
          const r = yield* traced('join_next', members.joinNext());
          if (r === undefined) break;
          log('joiner', r.value);
        }
      })(),
    ),
  );
  yield* sleep(millis(5));
  tx.send();
  yield* h;
}
