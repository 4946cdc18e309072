/**
 * A circle of locks.
 *
 * @module
 */
import type { DiagnosisPage } from './diagnosis.ts';

/** See `means`. */
export const lockCycle: DiagnosisPage = {
  name: 'lock-cycle',
  summary: 'tasks hold locks, and each waits for one that another of them holds',
  remedy: 'Take the locks in the same order everywhere, or give one back before you wait for the other.',
  page: {
    means: `Two philosophers with two forks: each holds one and waits for the other's. No lock is ever given back, for whoever
would give it back waits. Such a program may work a thousand times: it takes tasks that have each got their first lock
at the same time. Found where the tasks of a circle each hold a lock that the one before waits for.`,
    doesIt: `import { type Async, join, Mutex, millis, sleep, spawn } from 'async-lessons';

const left = new Mutex('left fork');
const right = new Mutex('right fork');

function* dine(first: Mutex<string>, second: Mutex<string>): Async<void> {
  using one = yield* first.lock();
  yield* sleep(millis(1));
  using other = yield* second.lock();
  void [one, other];
}

export function* main(): Async<void> {
  yield* join(spawn(dine(left, right), { name: 'ada' }), spawn(dine(right, left), { name: 'bob' }));
}
`,
    doesNot: `import { type Async, join, Mutex, millis, sleep, spawn } from 'async-lessons';

const left = new Mutex('left fork');
const right = new Mutex('right fork');

function* dine(): Async<void> {
  using one = yield* left.lock(); // Everybody takes this one first.
  yield* sleep(millis(1));
  using other = yield* right.lock();
  void [one, other];
}

export function* main(): Async<void> {
  yield* join(spawn(dine(), { name: 'ada' }), spawn(dine(), { name: 'bob' }));
}
`,
    fix: `Give the locks an order, and take them in that order everywhere. Or put what they guard behind one lock. Or take the
second with \`tryLock\`, and give the first one back if it is not free. A \`timeout\` around the wait makes an error of the
standstill, but does not prevent it.`,
  },
};
