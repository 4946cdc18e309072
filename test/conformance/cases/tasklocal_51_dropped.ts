import { type Async, dropFuture, millis, secs, select, sleep, spawn, TaskLocal, yieldNow } from 'async-lessons';
import { log, outcome } from '../common.ts';

const USER = new TaskLocal<string>('USER');

class Says implements Disposable {
  readonly #label: string;

  constructor(label: string) {
    this.#label = label;
  }

  [Symbol.dispose](): void {
    log(this.#label, `dropped by ${USER.tryGet() ?? 'nobody'}`);
  }
}

function* waits(label: string): Async<void> {
  using _s = new Says(label);
  yield* sleep(secs(100));
}

// Differs: a generator that never ran has not reached its `using`, so that dropping it drops nothing.
export function* main(): Async<void> {
  const h = spawn(USER.scope('anna', waits('aborted')));
  yield* yieldNow();
  h.abort();
  yield* outcome(h);
  yield* USER.scope(
    'ben',
    (function* (): Async<void> {
      const { branch } = yield* select(
        { loser: USER.scope('ben inside', waits('loser')), timer: sleep(millis(5)) },
        { biased: true },
      );
      if (branch === 'timer') log('main', `timer, ${USER.get()}`);
    })(),
  );
  const done = yield* USER.scope(
    'chris',
    (function* (): Async<Says> {
      return new Says('output');
    })(),
  );
  done[Symbol.dispose]();
  const s = new Says('never polled');
  dropFuture(
    USER.scope(
      'dora',
      (function* (): Async<void> {
        using _s = s;
      })(),
    ),
  );
  spawn(USER.scope('emil', waits('at the end')));
  yield* sleep(millis(5));
  log('main', 'end');
}
