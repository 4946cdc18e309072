/**
 * A lock that is awaited by its own holder.
 *
 * @module
 */
import type { DiagnosisPage } from './diagnosis.ts';

/** See `means`. */
export const selfLock: DiagnosisPage = {
  name: 'self-lock',
  summary: 'a task waits for a lock that it holds itself',
  remedy: 'Give the lock back before you wait for it again, or hand the guard on to the function that needs it.',
  page: {
    means: `An async lock does not know who asks: a task that holds it and locks again stands in line behind itself. Often the
second lock hides in a function that is called with the guard still alive. Found where a task waits for a lock that it
acquired and has not given back, also in another branch of its own \`join\` or \`select\`.`,
    doesIt: `import { type Async, Mutex, println } from 'async-lessons';

const cups = new Mutex(['blue', 'red']);

function* count(): Async<number> {
  using shelf = yield* cups.lock();
  return shelf.value.length;
}

export function* main(): Async<void> {
  using shelf = yield* cups.lock();
  shelf.value.push('white');
  println(\`\${yield* count()} cups\`); // shelf is still alive here.
}
`,
    doesNot: `import { type Async, Mutex, println } from 'async-lessons';

const cups = new Mutex(['blue', 'red']);

function* count(): Async<number> {
  using shelf = yield* cups.lock();
  return shelf.value.length;
}

export function* main(): Async<void> {
  {
    using shelf = yield* cups.lock();
    shelf.value.push('white');
  } // Given back here.
  println(\`\${yield* count()} cups\`);
}
`,
    fix: `End the guard's life first: a block of its own around \`using\` does it. Or let the inner function take what is locked as
an argument, so that whoever holds the lock decides.`,
  },
};
