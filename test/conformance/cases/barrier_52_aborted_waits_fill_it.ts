import { type Async, Barrier, millis, sleep, spawn, timeout } from 'async-lessons';
import { log, outcome, timedOut, traced } from '../common.ts';

export function* main(): Async<void> {
  const b = new Barrier(3);
  const arrive = (name: string) =>
    spawn(
      traced(
        name,
        (function* (): Async<void> {
          const r = yield* b.wait();
          log(name, `leader=${r.isLeader()}`);
        })(),
      ),
    );
  const a1 = arrive('a1');
  const a2 = arrive('a2');
  yield* sleep(millis(5));
  a1.abort();
  a2.abort();
  yield* sleep(millis(5));
  yield* arrive('a3');
  const a4 = arrive('a4');
  const r = yield* outcome(timeout(millis(10), b.wait()));
  log('main', `timed out=${timedOut(r)}`);
  const a5 = arrive('a5');
  yield* a5;
  yield* a4;
}
