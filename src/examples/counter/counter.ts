/**
 * Counter: ten tasks share one number.
 *
 * You will see: between reading the counter and writing it each task lets go of the thread. The
 * mutex makes the others wait in line meanwhile, so no addition is lost.
 *
 * Try: take the lock away. Ten tasks add one each: what is the final count, and why?
 *
 * Your own copy: `npx async-lessons run counter.ts`, or `await new Runtime().blockOn(main())` at its end.
 */
import { type Async, Mutex, println, sleep, spawn, yieldNow } from 'async-lessons';

interface Counter {
  value: number;
}

function* addOne(counter: Counter): Async<void> {
  const before = counter.value;
  yield* yieldNow(); // Anybody may run here.
  counter.value = before + 1;
}

function* addOneLocked(counter: Mutex<number>): Async<void> {
  using guard = yield* counter.lock();
  yield* addOne(guard);
}

export function* main({
  tasks = 10,
  lock = true,
  wait,
}: {
  tasks?: number;
  lock?: boolean;
  wait?: number;
} = {}): Async<void> {
  const mutex = new Mutex(0);
  const unguarded = { value: 0 };
  const adders = Array.from({ length: tasks }, (_, n) =>
    spawn(lock ? addOneLocked(mutex) : addOne(unguarded), { name: `adder ${n + 1}` }),
  );

  if (wait === undefined) for (const adder of adders) yield* adder;
  else yield* sleep(wait); // And hope that they are done by then.

  using total = lock ? yield* mutex.lock() : undefined;
  println(`Final count: ${(total ?? unguarded).value}`);
}
