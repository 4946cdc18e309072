/**
 * The works on Effection 4. It has no yield, no mutex, and no queue with a limit: its queue takes all
 * messages at once.
 *
 * @module
 */
import { createQueue, run, sleep, spawn, until } from 'effection';
import { resumes } from '../works.js';

function* answer(i) {
  return i;
}

function* spawns(n) {
  const tasks = [];
  for (let i = 0; i < n; i++) tasks.push(yield* spawn(() => answer(i)));
  let sum = 0;
  for (const task of tasks) sum += yield* task;
  return sum;
}

function* produce(queue, n) {
  for (let i = 0; i < n; i++) queue.add(i);
  queue.close();
}

function* messages(n) {
  const queue = createQueue();
  yield* spawn(() => produce(queue, n));
  let sum = 0;
  for (let next = yield* queue.next(); !next.done; next = yield* queue.next()) sum += next.value;
  return sum;
}

function* nap(ms, count) {
  count.asleep += 1;
  yield* sleep(ms);
}

function* sleepers(n) {
  const count = { asleep: 0 };
  const tasks = [];
  for (let i = 0; i < n; i++) tasks.push(yield* spawn(() => nap(2000, count)));
  for (const task of tasks) yield* task;
  return count.asleep;
}

function* asleep(n, meter) {
  const count = { asleep: 0 };
  meter.empty();
  for (let i = 0; i < n; i++) yield* spawn(() => nap(600_000, count));
  while (count.asleep < n) yield* sleep(1);
  meter.full();
  return count.asleep;
}

function* resumed(times) {
  for (let i = 0; i < times; i++) yield* until(Promise.resolve());
  return times;
}

function* nest(depth, times) {
  if (depth === 1) return yield* resumed(times);
  return yield* nest(depth - 1, times);
}

export const programs = {
  spawn: (n) => run(() => spawns(n)),
  mpsc: (n) => run(() => messages(n)),
  sleepers: (n) => run(() => sleepers(n)),
  asleep: (n, meter) => run(() => asleep(n, meter)),
  depth: (depth) => run(() => nest(depth, resumes(depth))),
};
