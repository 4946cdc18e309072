/**
 * Tasks that wait for one another.
 *
 * @module
 */
import type { DiagnosisPage } from './diagnosis.ts';

/** See `means`. */
export const waitCycle: DiagnosisPage = {
  name: 'wait-cycle',
  summary: 'tasks wait for one another: for an end, a message, a lock',
  remedy: 'Look at the circle and take one arrow out: let one of them go on without the other.',
  page: {
    means: `Every task of a circle waits for something that only the next one can do: end, send, give a lock back. None of them can
take the first step. Found where such a circle is not made of locks alone, and no full channel is in it: those have
names of their own.`,
    doesIt: `import { type Async, mpsc, println, spawn } from 'async-lessons';

function* answer(questions: mpsc.Receiver<string>): Async<number> {
  let count = 0;
  for (let q = yield* questions.recv(); q !== undefined; q = yield* questions.recv()) count += 1;
  return count;
}

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<string>(8);
  using questions = tx;
  const answers = spawn(answer(rx), { name: 'answers' });
  yield* questions.send('Is it tea time?');
  println(\`\${yield* answers} answered\`); // It waits for more: questions is still alive.
}
`,
    doesNot: `import { type Async, mpsc, println, spawn } from 'async-lessons';

function* answer(questions: mpsc.Receiver<string>): Async<number> {
  let count = 0;
  for (let q = yield* questions.recv(); q !== undefined; q = yield* questions.recv()) count += 1;
  return count;
}

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<string>(8);
  const answers = spawn(answer(rx), { name: 'answers' });
  {
    using questions = tx;
    yield* questions.send('Is it tea time?');
  } // Dropped here: the channel closes, and the other task ends.
  println(\`\${yield* answers} answered\`);
}
`,
    fix: `Read the circle as a list of promises: each task promises the next one something, after it has got what it waits for. One
of them has to keep its promise first: drop the sender before the join, send before receiving, or give the lock back
before waiting.`,
  },
};
