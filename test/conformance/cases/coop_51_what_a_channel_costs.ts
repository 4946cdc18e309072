import { type Async, broadcast, JoinSet, millis, mpsc, oneshot, sleep, spawn, watch } from 'async-lessons';
import { polls, ready } from '../common.ts';

/** 300 times the same. */
function* often(run: (i: number) => Async<unknown>): Async<void> {
  for (let i = 0; i < 300; i++) yield* run(i);
}

export function* main(): Async<void> {
  {
    const [tx, rx] = mpsc.channel<number>(300);
    yield* polls(
      'mpsc send',
      often(function* (i) {
        yield* tx.send(i);
      }),
    );
    yield* polls(
      'mpsc recv',
      often(function* () {
        yield* rx.recv();
      }),
    );
    yield* polls(
      'mpsc reserve',
      often(function* () {
        using _p = yield* tx.reserve();
      }),
    );
    rx.close();
    yield* polls(
      'mpsc closed',
      often(function* () {
        yield* tx.closed();
      }),
    );
    yield* polls(
      'mpsc recv of a closed one',
      often(function* () {
        yield* rx.recv();
      }),
    );
  }
  {
    const [tx, rx] = mpsc.unboundedChannel<number>();
    yield* polls(
      'unbounded recv',
      often(function* (i) {
        tx.send(i);
        yield* rx.recv();
      }),
    );
  }
  yield* polls(
    'oneshot',
    often(function* (i) {
      const [tx, rx] = oneshot.channel<number>();
      tx.send(i);
      yield* rx;
    }),
  );
  yield* polls(
    'oneshot closed',
    often(function* () {
      const [tx, rx] = oneshot.channel<void>();
      rx[Symbol.dispose]();
      yield* tx.closed();
    }),
  );
  {
    const [tx, rx] = broadcast.channel<number>(1);
    yield* polls(
      'broadcast recv',
      often(function* (i) {
        tx.send(i);
        yield* rx.recv();
      }),
    );
  }
  {
    const [tx, rx] = watch.channel(0);
    yield* polls(
      'watch changed',
      often(function* (i) {
        tx.send(i);
        yield* rx.changed();
      }),
    );
  }
  const handles = Array.from({ length: 300 }, () => spawn(ready()));
  yield* sleep(millis(1));
  yield* polls(
    'join handle',
    (function* (): Async<void> {
      for (const h of handles) yield* h;
    })(),
  );
  const set = new JoinSet<void>();
  for (let i = 0; i < 300; i++) set.spawn(ready());
  yield* sleep(millis(1));
  yield* polls(
    'join set',
    (function* (): Async<void> {
      while ((yield* set.joinNext()) !== undefined) {}
    })(),
  );
}
