/**
 * A wait that nobody is left to end.
 *
 * @module
 */
import type { DiagnosisPage } from './diagnosis.ts';

/** See `means`. */
export const nobodyLeft: DiagnosisPage = {
  name: 'nobody-left',
  summary: 'a task waits for something that nobody is left to do',
  remedy: 'Make sure that somebody does it, also where a task ends early, throws, or is aborted.',
  page: {
    means: `A notification that nobody will send, a barrier that too few will reach, permits that were forgotten, a token that nobody
will cancel: the wait is in order, but everybody who could have ended it is gone, or waits as well. Also \`pending()\`,
which waits for ever on purpose.`,
    doesIt: `import { type Async, Barrier, join, spawn } from 'async-lessons';

const start = new Barrier(3);

function* run(): Async<void> {
  yield* start.wait();
}

export function* main(): Async<void> {
  yield* join(spawn(run(), { name: 'ada' }), spawn(run(), { name: 'bob' })); // There is no third one.
}
`,
    doesNot: `import { type Async, Barrier, join, spawn } from 'async-lessons';

const start = new Barrier(3);

function* run(): Async<void> {
  yield* start.wait();
}

export function* main(): Async<void> {
  yield* join(spawn(run(), { name: 'ada' }), spawn(run(), { name: 'bob' }), start.wait());
}
`,
    fix: `Find out who was meant to do it, and where that task has ended: \`--why-chain\` tells how each came to its last poll. Where
the one who notifies may come first, use \`notifyOne\`, which is remembered, or ask for \`notified()\` before you look
whether there is something to do. A \`timeout\` makes an error of a wait that would last for ever.`,
  },
};
