/**
 * The works with what JavaScript and Node bring: promises, async functions, timers, streams.
 *
 * There is no channel with a limit but an object stream, and no mutex: its line is a chain of
 * promises, as people write it.
 *
 * @module
 */
import { PassThrough } from 'node:stream';
import { resumes } from '../works.js';

async function yields(count) {
  for (let i = 0; i < count; i++) await undefined;
  return count;
}

async function switches(n) {
  const a = yields(n / 2);
  const b = yields(n / 2);
  return (await a) + (await b);
}

async function answer(i) {
  return i;
}

async function spawns(n) {
  const promises = [];
  for (let i = 0; i < n; i++) promises.push(answer(i));
  let sum = 0;
  for (const promise of promises) sum += await promise;
  return sum;
}

async function produce(stream, n) {
  for (let i = 0; i < n; i++) {
    if (!stream.write(i)) await new Promise((resolve) => stream.once('drain', resolve));
  }
  stream.end();
}

async function messages(n) {
  const stream = new PassThrough({ objectMode: true, highWaterMark: 32 });
  produce(stream, n);
  let sum = 0;
  for await (const value of stream) sum += value;
  return sum;
}

class Lock {
  #last = Promise.resolve();

  /** Answers what gives the lock back. */
  async lock() {
    const before = this.#last;
    let release;
    this.#last = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return release;
  }
}

async function increment(lock, box) {
  const release = await lock.lock();
  box.value += 1;
  release();
}

async function line(n) {
  const lock = new Lock();
  const box = { value: 0 };
  const release = await lock.lock();
  const promises = [];
  for (let i = 0; i < n; i++) promises.push(increment(lock, box));
  await undefined;
  release();
  for (const promise of promises) await promise;
  return box.value;
}

async function nap(ms, count) {
  count.asleep += 1;
  await new Promise((resolve) => setTimeout(resolve, ms));
}

async function sleepers(n) {
  const count = { asleep: 0 };
  const promises = [];
  for (let i = 0; i < n; i++) promises.push(nap(2000, count));
  for (const promise of promises) await promise;
  return count.asleep;
}

async function asleep(n, meter) {
  const count = { asleep: 0 };
  meter.empty();
  for (let i = 0; i < n; i++) nap(600_000, count);
  meter.full();
  return count.asleep;
}

async function nest(depth, times) {
  if (depth === 1) return yields(times);
  return await nest(depth - 1, times);
}

function armAndCancel(n, meter) {
  meter?.start();
  const timers = new Array(n);
  for (let i = 0; i < n; i++) timers[i] = setTimeout(() => {}, 60_000 + ((i * 7919) % 100_000));
  meter?.stop();
  for (let i = 0; i < n; i++) clearTimeout(timers[n & 1 ? i : (i * 7) % n]);
  for (let i = 0; i < n; i++) clearTimeout(timers[i]);
  return n;
}

export const programs = {
  switch: switches,
  spawn: spawns,
  mpsc: messages,
  mutex: line,
  sleepers,
  asleep,
  depth: (depth) => nest(depth, resumes(depth)),
  cancel: (n) => armAndCancel(n),
  arm: armAndCancel,
};
