/**
 * A future that was made and never polled.
 *
 * @module
 */
import type { RuntimeEvent } from '../../runtime/events.ts';
import { type Finding, Findings, type Lint, type Watch } from './lint.ts';

class Watching implements Watch {
  readonly #findings = new Findings();

  fold(event: RuntimeEvent): void {
    if (event.kind !== 'future.unawaited') return;
    const { op, location } = event;
    const text = `${op} was made and never awaited, so it did nothing.`;
    this.#findings.add({ lint: NAME, task: null, resource: null, location, text });
  }

  findings(): Finding[] {
    return this.#findings.list();
  }
}

const NAME = 'unawaited-future';

/** The tracer tells of every one at the end of a run. */
export const unawaitedFuture: Lint = {
  name: NAME,
  summary: 'a future was made and never awaited: a forgotten yield*',
  page: {
    means: `A future is a recipe: nothing happens until somebody awaits it. A \`sleep(1000)\` without \`yield*\` before it
sleeps for no time at all. The place is where it was made.

Only the runtime's own futures and those that extend \`Future\` are known. A forgotten call of a \`function*\` makes an
object that the runtime never gets to see.`,
    doesIt: `import { type Async, println, sleep } from 'async-lessons';

export function* main(): Async<void> {
  sleep(10); // Sleeps not at all.
  println('done already');
}
`,
    doesNot: `import { type Async, println, sleep } from 'async-lessons';

export function* main(): Async<void> {
  yield* sleep(10);
  println('done after 10 ms');
}
`,
    fix: 'Write `yield*` before it, or hand it to `spawn`, `join` or `select`. If you do not need it, do not make it.',
  },
  create: () => new Watching(),
};
