/**
 * What does a thread cost, and a call on one that is there?
 *
 * The answer stands in src/runtime/host/threads.ts, at MOST_THREADS. Run it after a build:
 *
 *     node bench/worker-start.js
 */
import { MOST_THREADS, Runtime, spawnBlocking } from '../dist/runtime/index.js';

const CALLS = 1000;

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** Each waits for all the others, so that each needs a thread of its own. */
function meet(count, all) {
  Atomics.add(count, 0, 1);
  Atomics.notify(count, 0);
  while (Atomics.load(count, 0) < all) Atomics.wait(count, 0, Atomics.load(count, 0), 10);
}

function* starts() {
  const times = [];
  const before = process.memoryUsage().rss;
  const count = new Int32Array(new SharedArrayBuffer(4));
  const handles = [];
  for (let i = 0; i < MOST_THREADS; i++) {
    const start = performance.now();
    handles.push(spawnBlocking(meet, count, MOST_THREADS));
    while (Atomics.load(count, 0) <= i) Atomics.wait(count, 0, i, 100);
    times.push(performance.now() - start);
  }
  for (const handle of handles) yield* handle;
  return { start: median(times), each: (process.memoryUsage().rss - before) / MOST_THREADS };
}

function* calls() {
  const times = [];
  for (let i = 0; i < CALLS; i++) {
    const start = performance.now();
    yield* spawnBlocking((n) => n, i);
    times.push(performance.now() - start);
  }
  return median(times);
}

const { start, each } = await new Runtime().blockOn(starts());
console.log(`a new thread: ${start.toFixed(1)} ms, ${(each / 2 ** 20).toFixed(1)} MB`);
console.log(`a call on an idle one: ${(await new Runtime().blockOn(calls())).toFixed(3)} ms`);
