/**
 * What do the things take that our runtime is made of, without any runtime?
 *
 * The answers stand in bench/README.md, where it says why a target is missed:
 *
 *     node bench/floor.js
 *
 * @module
 */
import { median } from './verdict.js';

const SWITCHES = 5_000_000;
const CAPTURES = 100_000;
const ROUNDS = 5;

/** Processor time of one of `count`, in ns, at best: what else the machine does only adds to it. */
async function best(count, work) {
  await work(count / 10);
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    await work(count);
    const { user, system } = process.cpuUsage(before);
    times.push(((user + system) * 1000) / count);
  }
  return `${Math.round(Math.min(...times))} ns (median ${Math.round(median(times))})`;
}

// Two generators that wait for a leaf, and somebody who resumes them in turn.

const PENDING = { done: false, value: undefined };
const READY = { done: true, value: undefined };

class Leaf {
  #asked = false;

  [Symbol.iterator]() {
    return this;
  }

  next() {
    if (this.#asked) return READY;
    this.#asked = true;
    return PENDING;
  }
}

function* waits(times) {
  for (let i = 0; i < times; i++) yield* new Leaf();
}

function resumeAll(count) {
  let ready = [waits(count / 2), waits(count / 2)];
  while (ready.length > 0) ready = ready.filter((generator) => !generator.next().done);
}

async function awaits(times) {
  for (let i = 0; i < times; i++) await undefined;
}

const awaitAll = (count) => Promise.all([awaits(count / 2), awaits(count / 2)]);

// The place where a program stands, a few calls below.

const captureAt = (limit) => (count) => {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = limit;
  function* asks() {
    for (;;) yield new Error();
  }
  function* calls(inner) {
    yield* inner;
  }
  const chain = calls(calls(calls(asks())));
  for (let i = 0; i < count; i++) chain.next();
  Error.stackTraceLimit = before;
};

console.log(`native: a switch by await:              ${await best(SWITCHES, awaitAll)}`);
console.log(`a switch by yield* to a leaf, no more:  ${await best(SWITCHES, resumeAll)}`);
for (const limit of [0, 1, 4, 12]) {
  console.log(
    `a stack of ${String(limit).padStart(2)} frames:                   ${await best(CAPTURES, captureAt(limit))}`,
  );
}
