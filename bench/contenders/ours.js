/**
 * The works on our runtime, as built into dist/.
 *
 * @module
 */
import { resumes } from '../works.js';

// Another build can be measured with the same programs: the one without the calls of the tracer.
const built = process.env.BENCH_RUNTIME ?? new URL('../../dist/runtime/index.js', import.meta.url).href;
const { Future, Mutex, mpsc, Pending, pollFuture, Runtime, sleep, spawn, yieldNow } = await import(built);

const run = (main) => new Runtime().blockOn(main);

function* yields(count) {
  for (let i = 0; i < count; i++) yield* yieldNow();
  return count;
}

function* switches(n) {
  const a = spawn(yields(n / 2));
  const b = spawn(yields(n / 2));
  return (yield* a) + (yield* b);
}

function* answer(i) {
  return i;
}

function* spawns(n) {
  const handles = [];
  for (let i = 0; i < n; i++) handles.push(spawn(answer(i)));
  let sum = 0;
  for (const handle of handles) sum += yield* handle;
  return sum;
}

function* produce(tx, n) {
  for (let i = 0; i < n; i++) yield* tx.send(i);
  tx[Symbol.dispose]();
}

function* messages(n) {
  const [tx, rx] = mpsc.channel(32);
  spawn(produce(tx, n));
  let sum = 0;
  for (let value = yield* rx.recv(); value !== undefined; value = yield* rx.recv()) sum += value;
  return sum;
}

function* channels(n) {
  const ends = [];
  for (let i = 0; i < n; i++) ends.push(mpsc.channel(1));
  let sum = 0;
  for (let i = 0; i < n; i++) yield* ends[i][0].send(i);
  for (let i = 0; i < n; i++) sum += yield* ends[i][1].recv();
  return sum;
}

function* increment(mutex) {
  const guard = yield* mutex.lock();
  guard.value += 1;
  guard[Symbol.dispose]();
}

function* line(n) {
  const mutex = new Mutex(0);
  const held = yield* mutex.lock();
  const handles = [];
  for (let i = 0; i < n; i++) handles.push(spawn(increment(mutex)));
  yield* yieldNow();
  held[Symbol.dispose]();
  for (const handle of handles) yield* handle;
  const guard = yield* mutex.lock();
  return guard.value;
}

function* nap(ms, count) {
  count.asleep += 1;
  yield* sleep(ms);
}

function* sleepers(n) {
  const count = { asleep: 0 };
  const handles = [];
  for (let i = 0; i < n; i++) handles.push(spawn(nap(2000, count)));
  for (const handle of handles) yield* handle;
  return count.asleep;
}

function* asleep(n, meter) {
  const count = { asleep: 0 };
  meter.empty();
  for (let i = 0; i < n; i++) spawn(nap(600_000, count));
  while (count.asleep < n) yield* yieldNow();
  meter.full();
  return count.asleep;
}

function* nest(depth, times) {
  if (depth === 1) return yield* yields(times);
  return yield* nest(depth - 1, times);
}

/** As a task, not as main: that one has a slot of its own. */
function* inTask(work) {
  return yield* spawn(work());
}

/** Polls every sleep once, which arms its timer, and drops them all in another order. */
class ArmAndCancel extends Future {
  constructor(n, meter) {
    super();
    this.n = n;
    this.meter = meter;
  }

  poll(cx) {
    const { n, meter } = this;
    meter?.start();
    const sleeps = new Array(n);
    for (let i = 0; i < n; i++) {
      sleeps[i] = sleep(60_000 + ((i * 7919) % 100_000));
      if (pollFuture(sleeps[i], cx) !== Pending) return -1;
    }
    meter?.stop();
    for (let i = 0; i < n; i++) sleeps[n & 1 ? i : (i * 7) % n].drop();
    for (let i = 0; i < n; i++) sleeps[i].drop();
    return n;
  }
}

export const programs = {
  switch: (n) => run(switches(n)),
  spawn: (n) => run(spawns(n)),
  mpsc: (n) => run(messages(n)),
  channels: (n) => run(channels(n)),
  mutex: (n) => run(line(n)),
  sleepers: (n) => run(sleepers(n)),
  asleep: (n, meter) => run(asleep(n, meter)),
  depth: (depth) => run(inTask(() => nest(depth, resumes(depth)))),
  cancel: (n) => run(new ArmAndCancel(n)),
  arm: (n, meter) => run(new ArmAndCancel(n, meter)),
};
