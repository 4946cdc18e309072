/**
 * A full channel whose receiver waits for its sender.
 *
 * @module
 */
import type { DiagnosisPage } from './diagnosis.ts';

/** See `means`. */
export const fullChannel: DiagnosisPage = {
  name: 'full-channel',
  summary: 'a sender waits for room, and whoever receives waits for the sender',
  remedy: 'Let somebody receive while you send, or make room for all that is sent before anybody receives.',
  page: {
    means: `A bounded channel makes its senders wait when it is full: that is backpressure, and it is what the bound is for. But if
the receiver waits for the sender meanwhile, for its end or for an answer, nobody makes room. Found in a circle of waits
in which one waits for room in a channel, and the next one is who receives from it.`,
    doesIt: `import { type Async, mpsc, println, spawn } from 'async-lessons';

function* produce(tx: mpsc.Sender<number>): Async<void> {
  using sender = tx;
  for (const n of [1, 2, 3]) yield* sender.send(n);
}

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(1);
  const producer = spawn(produce(tx), { name: 'producer' });
  println(\`first: \${yield* rx.recv()}\`);
  yield* producer; // It waits for room, and we wait for it.
  println(\`second: \${yield* rx.recv()}\`);
}
`,
    doesNot: `import { type Async, mpsc, println, spawn } from 'async-lessons';

function* produce(tx: mpsc.Sender<number>): Async<void> {
  using sender = tx;
  for (const n of [1, 2, 3]) yield* sender.send(n);
}

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(1);
  const producer = spawn(produce(tx), { name: 'producer' });
  for (let n = yield* rx.recv(); n !== undefined; n = yield* rx.recv()) println(\`received: \${n}\`);
  yield* producer; // All is received, so it has ended.
}
`,
    fix: `Receive first, and join the sender when the channel is closed. If one task must do both, send from a task of its own. A
larger capacity helps only if it holds everything that is ever sent before somebody receives. For answers use another
channel, or a \`oneshot\` that travels with the question.`,
  },
};
