/**
 * A receiver whose senders will never send, and are never dropped.
 *
 * @module
 */
import type { DiagnosisPage } from './diagnosis.ts';

/** See `means`. */
export const unclosedChannel: DiagnosisPage = {
  name: 'unclosed-channel',
  summary: 'a receiver waits, and an idle sender is never dropped',
  remedy:
    'Drop the sender when you are done with it: `using sender = tx` in whoever sends. Main drops its own after the last clone.',
  page: {
    means: `A receiver hears of the end when the last sender is dropped. A sender that somebody still has, although nobody will ever
send through it again, keeps the channel open, and \`recv()\` waits. In Rust a value is dropped at the end of its scope;
here that takes a \`using\`. Found where a task waits for a message, and what keeps the channel open is a sender that was
never dropped, or the task's own.`,
    doesIt: `import { type Async, mpsc, println, spawn } from 'async-lessons';

function* produce(tx: mpsc.Sender<string>): Async<void> {
  yield* tx.send('tea'); // tx is not dropped at the end.
}

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<string>(8);
  spawn(produce(tx), { name: 'producer' });
  for (let cup = yield* rx.recv(); cup !== undefined; cup = yield* rx.recv()) println(cup);
}
`,
    doesNot: `import { type Async, mpsc, println, spawn } from 'async-lessons';

function* produce(tx: mpsc.Sender<string>): Async<void> {
  using sender = tx; // Dropped at the end: the channel closes.
  yield* sender.send('tea');
}

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<string>(8);
  spawn(produce(tx), { name: 'producer' });
  for (let cup = yield* rx.recv(); cup !== undefined; cup = yield* rx.recv()) println(cup);
}
`,
    fix: `Write \`using sender = tx\` in every task that sends. Where main makes clones, it keeps the first one: drop that, too, when
the last clone is made, or give the original to one of the tasks and clones to the others.`,
  },
};
