import { type Async, FuturesUnordered, millis, sleep, spawn } from 'async-lessons';
import { log, selfWake, traced } from '../common.ts';

function* drain(who: string, set: FuturesUnordered<string>): Async<void> {
  for (let r = yield* set.next(); r !== undefined; r = yield* set.next()) {
    log(who, `${r.value} left=${set.length}`);
  }
}

export function* main(): Async<void> {
  const sleepers = new FuturesUnordered<string>();
  for (const [label, t] of [
    ['a', 30],
    ['b', 10],
    ['c', 20],
    ['d', 10],
  ] as const) {
    sleepers.push(
      traced(
        label,
        (function* () {
          yield* sleep(millis(t));
          return label;
        })(),
      ),
    );
  }
  yield* traced('main', drain('main', sleepers));

  const greedy = new FuturesUnordered<string>();
  for (const [label, n] of [
    ['p', 3],
    ['q', 1],
    ['r', 2],
    ['s', 0],
  ] as const) {
    greedy.push(
      traced(
        label,
        (function* () {
          for (let i = 0; i < n; i++) yield* selfWake();
          return label;
        })(),
      ),
    );
  }
  const neighbour = spawn(
    (function* () {
      for (let i = 0; i < 6; i++) {
        log('neighbour', `${i}`);
        yield* selfWake();
      }
    })(),
  );
  const task = spawn(traced('task', drain('task', greedy)));
  yield* task;
  yield* neighbour;
}
