/**
 * A future that holds its place in a line while nobody polls it.
 *
 * @module
 */
import type { DiagnosisPage } from './diagnosis.ts';

/** See `means`. */
export const futurelock: DiagnosisPage = {
  name: 'futurelock',
  summary: 'a lock was granted to a future that nobody polls any more',
  remedy:
    'Drop that future, await it to its end, or spawn it: the executor polls tasks, not futures that you only hold.',
  page: {
    means: `A future makes progress only while somebody polls it. One that was lent to a \`select\` with \`ref\` and lost keeps its
place in line. When its turn comes it is granted the lock, its task is woken, and polls something else: the lock belongs
to a future that nobody polls. Whoever comes next waits for ever, often the same task. Oxide's RFD 609 describes how
this stopped a control plane, and calls it futurelock. Found where a lock, or room in a channel, was granted to a wait,
and its task has been polled since without picking it up.`,
    doesIt: `import { type Async, Mutex, millis, ref, select, sleep, spawn } from 'async-lessons';

const kettle = new Mutex('hot water');

function* holdKettle(): Async<void> {
  using water = yield* kettle.lock();
  yield* sleep(millis(5));
  void water;
}

function* makeTea(): Async<void> {
  using water = yield* kettle.lock();
  void water;
}

export function* main(): Async<void> {
  spawn(holdKettle(), { name: 'ada' });
  yield* sleep(millis(1));
  const tea = makeTea();
  yield* select({ tea: ref(tea), impatience: sleep(millis(1)) }); // tea stands in line now.
  yield* makeTea(); // And so do we, behind it: nobody polls tea.
}
`,
    doesNot: `import { type Async, Mutex, millis, select, sleep, spawn } from 'async-lessons';

const kettle = new Mutex('hot water');

function* holdKettle(): Async<void> {
  using water = yield* kettle.lock();
  yield* sleep(millis(5));
  void water;
}

function* makeTea(): Async<void> {
  using water = yield* kettle.lock();
  void water;
}

export function* main(): Async<void> {
  spawn(holdKettle(), { name: 'ada' });
  yield* sleep(millis(1));
  const tea = spawn(makeTea(), { name: 'tea' }); // A task: the executor polls it.
  yield* select({ tea, impatience: sleep(millis(1)) });
  yield* makeTea();
}
`,
    fix: `Three ways out. Give the future to \`select\` itself, without \`ref\`: the loser is dropped, and leaves the line. Or \`spawn\`
it: a task is polled by the executor whatever you wait for. Or await nothing else while it is unfinished. The same holds
for futures that wait in a \`FuturesUnordered\` while the body of the loop awaits something of its own.`,
  },
};
