/**
 * The works on Effect 4.
 *
 * @module
 */
import * as Effect from 'effect/Effect';
import * as Fiber from 'effect/Fiber';
import * as Queue from 'effect/Queue';
import * as Semaphore from 'effect/Semaphore';
import { resumes } from '../works.js';

const yields = (count) =>
  Effect.gen(function* () {
    for (let i = 0; i < count; i++) yield* Effect.yieldNow;
    return count;
  });

const switches = (n) =>
  Effect.gen(function* () {
    const a = yield* Effect.forkChild(yields(n / 2));
    const b = yield* Effect.forkChild(yields(n / 2));
    return (yield* Fiber.join(a)) + (yield* Fiber.join(b));
  });

const spawns = (n) =>
  Effect.gen(function* () {
    const fibers = [];
    for (let i = 0; i < n; i++) fibers.push(yield* Effect.forkChild(Effect.sync(() => i)));
    let sum = 0;
    for (const fiber of fibers) sum += yield* Fiber.join(fiber);
    return sum;
  });

const produce = (queue, n) =>
  Effect.gen(function* () {
    for (let i = 0; i < n; i++) yield* Queue.offer(queue, i);
  });

const messages = (n) =>
  Effect.gen(function* () {
    const queue = yield* Queue.bounded(32);
    yield* Effect.forkChild(produce(queue, n));
    let sum = 0;
    for (let i = 0; i < n; i++) sum += yield* Queue.take(queue);
    return sum;
  });

const channels = (n) =>
  Effect.gen(function* () {
    const queues = [];
    for (let i = 0; i < n; i++) queues.push(yield* Queue.bounded(1));
    let sum = 0;
    for (let i = 0; i < n; i++) yield* Queue.offer(queues[i], i);
    for (let i = 0; i < n; i++) sum += yield* Queue.take(queues[i]);
    return sum;
  });

const line = (n) =>
  Effect.gen(function* () {
    const lock = Semaphore.makeUnsafe(1);
    let value = 0;
    yield* lock.take(1);
    const fibers = [];
    const increment = lock.withPermits(1)(
      Effect.sync(() => {
        value += 1;
      }),
    );
    for (let i = 0; i < n; i++) fibers.push(yield* Effect.forkChild(increment));
    yield* Effect.yieldNow;
    yield* lock.release(1);
    for (const fiber of fibers) yield* Fiber.join(fiber);
    return value;
  });

const nap = (ms, count) =>
  Effect.gen(function* () {
    count.asleep += 1;
    yield* Effect.sleep(ms);
  });

const sleepers = (n) =>
  Effect.gen(function* () {
    const count = { asleep: 0 };
    const fibers = [];
    for (let i = 0; i < n; i++) fibers.push(yield* Effect.forkChild(nap(2000, count)));
    for (const fiber of fibers) yield* Fiber.join(fiber);
    return count.asleep;
  });

const asleep = (n, meter) =>
  Effect.gen(function* () {
    const count = { asleep: 0 };
    meter.empty();
    for (let i = 0; i < n; i++) yield* Effect.forkChild(nap(600_000, count));
    while (count.asleep < n) yield* Effect.yieldNow;
    meter.full();
    return count.asleep;
  });

const nest = (depth, times) =>
  Effect.gen(function* () {
    if (depth === 1) return yield* yields(times);
    return yield* nest(depth - 1, times);
  });

const run = (effect) => Effect.runPromise(effect);

export const programs = {
  switch: (n) => run(switches(n)),
  spawn: (n) => run(spawns(n)),
  mpsc: (n) => run(messages(n)),
  channels: (n) => run(channels(n)),
  mutex: (n) => run(line(n)),
  sleepers: (n) => run(sleepers(n)),
  asleep: (n, meter) => run(asleep(n, meter)),
  depth: (depth) => run(Effect.flatMap(Effect.forkChild(nest(depth, resumes(depth))), Fiber.join)),
};
