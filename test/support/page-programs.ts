/** Programs whose pages are looked at. */
import {
  type Async,
  type Mutex,
  mpsc,
  Mutex as OwnMutex,
  println,
  select,
  sleep,
  spawn,
  yieldNow,
} from 'async-lessons';

function* serve(lock: Mutex<number>, tx: mpsc.Sender<string>, n: number): Async<void> {
  using sender = tx;
  for (let round = 0; round < 3; round++) {
    yield* sleep(100 * (n + 1));
    using guard = yield* lock.lock();
    guard.value += 1;
    yield* yieldNow();
    yield* sender.send(`cup ${n}.${round}`);
  }
}

/** Three waiters share a lock and a small channel; a race has a loser. */
export function* kitchen(): Async<void> {
  const lock = new OwnMutex(0);
  const [tx, rx] = mpsc.channel<string>(2);
  for (let n = 0; n < 3; n++) spawn(serve(lock, tx.clone(), n), { name: `waiter ${n}` });
  tx[Symbol.dispose]();
  yield* select({ quick: sleep(50), slow: sleep(5000) });
  for (let cup = yield* rx.recv(); cup !== undefined; cup = yield* rx.recv()) {
    println(`Served ${cup}.`);
    yield* sleep(150);
  }
}

function* transfer(from: Mutex<number>, to: Mutex<number>): Async<void> {
  using one = yield* from.lock();
  yield* sleep(10);
  using other = yield* to.lock();
  other.value += one.value;
}

/** Two tasks wait for each other's lock. */
export function* deadlock(): Async<void> {
  const [red, blue] = [new OwnMutex(1), new OwnMutex(2)];
  const one = spawn(transfer(red, blue), { name: 'red to blue' });
  const two = spawn(transfer(blue, red), { name: 'blue to red' });
  yield* one;
  yield* two;
}

/** Many workers, many rounds: some `workers × rounds × 20` events. */
export function crowd(workers: number, rounds: number): () => Async<void> {
  function* work(lock: Mutex<number>, tx: mpsc.Sender<number>, n: number): Async<void> {
    using sender = tx;
    for (let round = 0; round < rounds; round++) {
      yield* sleep(10 + ((n * 7 + round * 13) % 90));
      {
        using guard = yield* lock.lock();
        guard.value += 1;
        yield* yieldNow();
      }
      yield* sender.send(n);
    }
  }
  return function* main(): Async<void> {
    const lock = new OwnMutex(0);
    const [tx, rx] = mpsc.channel<number>(8);
    for (let n = 0; n < workers; n++) spawn(work(lock, tx.clone(), n), { name: `worker ${n}` });
    tx[Symbol.dispose]();
    while ((yield* rx.recv()) !== undefined);
  };
}
