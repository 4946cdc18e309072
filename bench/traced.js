/**
 * One measurement of tracing, in a process of its own: `node traced.js <off|heard|recorded> <rounds>`.
 *
 * Tasks that send, lock, sleep and give up, some functions deep, on a virtual clock: the same work
 * with nobody observing, with an observer that only counts, and with the recorder of `--save`.
 *
 * @module
 */
import { Meter } from './meter.js';

const built = process.env.BENCH_RUNTIME ?? new URL('../dist/runtime/index.js', import.meta.url).href;
const { Mutex, mpsc, Runtime, sleep, spawn, timeout } = await import(built);
const { Recorder } = await import('../dist/trace/recorder.js');

const TASKS = 20;

function* work(tx, lock, rounds) {
  for (let i = 0; i < rounds; i++) yield* oneRound(tx, lock);
  tx[Symbol.dispose]();
}

function* oneRound(tx, lock) {
  yield* tx.send('tea');
  yield* increment(lock);
  try {
    yield* timeout(1, sleep(2));
  } catch {
    // It is to take too long.
  }
}

function* increment(lock) {
  const guard = yield* lock.lock();
  guard.value += 1;
  yield* sleep(1);
  guard[Symbol.dispose]();
}

function* main(rounds) {
  const [tx, rx] = mpsc.channel(4);
  const lock = new Mutex(0);
  for (let i = 0; i < TASKS; i++) spawn(work(tx.clone(), lock, rounds), { name: `worker ${i}` });
  tx[Symbol.dispose]();
  let received = 0;
  while ((yield* rx.recv()) !== undefined) received += 1;
  return received;
}

async function run(mode, rounds) {
  const recorder = new Recorder(Number.MAX_SAFE_INTEGER);
  let events = 0;
  const observers = {
    off: undefined,
    heard: () => {
      events += 1;
    },
    recorded: (event) => {
      events += 1;
      recorder.fold(event);
    },
  };
  const meter = new Meter();
  meter.empty();
  meter.start();
  const received = await new Runtime({ clock: 'virtual', seed: 1, observer: observers[mode] }).blockOn(main(rounds));
  meter.stop();
  meter.full();
  if (received !== TASKS * rounds) throw new Error(`${received} messages were received`);
  // It is alive while it is weighed.
  return { events, first: recorder.since, ...meter.reading() };
}

const [, , mode, rounds] = process.argv;
await run(mode, 200);
console.log(JSON.stringify(await run(mode, Number(rounds))));
