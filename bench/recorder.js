/**
 * How much memory and how many bytes of a file does an event take?
 *
 * The answer stands in src/trace/recorder.ts, at DEFAULT_LIMIT. Run it after a build:
 *
 *     node --expose-gc bench/recorder.js
 */
import { Mutex, mpsc, Runtime, sleep, spawn, timeout } from '../dist/runtime/index.js';
import { chromeTrace } from '../dist/trace/files/chrome.js';
import { jsonlLines } from '../dist/trace/files/jsonl.js';
import { Recorder } from '../dist/trace/recorder.js';

const EVENTS = 200_000;
const TASKS = 20;

/** Tasks that send, sleep, lock and give up, some functions deep, so that stacks have something to tell. */
function* work(tx, lock) {
  for (;;) {
    yield* oneRound(tx, lock);
  }
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

function* main() {
  const [tx, rx] = mpsc.channel(4);
  const lock = new Mutex(0);
  for (let i = 0; i < TASKS; i++) spawn(work(tx.clone(), lock), { name: `worker ${i}` });
  while (left > 0) yield* rx.recv();
}

let left = EVENTS;
const recorder = new Recorder(EVENTS);
gc();
const before = process.memoryUsage().heapUsed;
const start = performance.now();
await new Runtime({
  clock: 'virtual',
  seed: 1,
  observer: (event) => {
    left -= 1;
    recorder.fold(event);
  },
}).blockOn(main());
const took = performance.now() - start;
gc();
const memory = process.memoryUsage().heapUsed - before;

let lines = 0;
for (const line of jsonlLines(recorder, { package: '0', lesson: null })) lines += Buffer.byteLength(line);
let chrome = 0;
for (const piece of chromeTrace(recorder.events(), { title: '', folder: '' })) chrome += Buffer.byteLength(piece);

const each = (sum) => `${Math.round(sum / EVENTS)} bytes an event`;
console.log(`${EVENTS} events in ${(took / 1000).toFixed(1)} s`);
console.log(`memory:      ${each(memory)}`);
console.log(`.jsonl:      ${each(lines)}`);
console.log(`.trace.json: ${each(chrome)}`);
