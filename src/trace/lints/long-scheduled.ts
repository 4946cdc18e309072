/**
 * A task that was ready and was not polled.
 *
 * @module
 */
import type { RuntimeEvent } from '../../runtime/events.ts';
import { type Life, Lives } from '../lives.ts';
import { span } from '../text.ts';
import { type Finding, Findings, type Lint, type Watch } from './lint.ts';

/** More than this share of its life. With less, the task at least waited longer for what it wanted. */
const SCHEDULED_SHARE = 0.5;

/** And more than this, in real ms: of a task that lives for a millisecond, half a one is nothing. */
export const LONG_SCHEDULED_MS = 100;

class Watching implements Watch {
  readonly #lives = new Lives();
  readonly #ended = new Findings();

  fold(event: RuntimeEvent): void {
    const life = this.#lives.fold(event);
    if (life === undefined) return;
    for (const finding of this.#judge(life)) this.#ended.add(finding);
  }

  findings(): Finding[] {
    return [...this.#ended.list(), ...[...this.#lives.values()].flatMap((life) => this.#judge(life))];
  }

  #judge(life: Life): Finding[] {
    const { now, speed } = this.#lives;
    const total = life.total(now);
    const scheduled = life.scheduled(now);
    if (scheduled / speed <= LONG_SCHEDULED_MS || scheduled <= total * SCHEDULED_SHARE) return [];
    const share = Math.round((100 * scheduled) / total);
    return [
      {
        lint: NAME,
        task: life.ref,
        resource: null,
        location: life.location,
        text: `${life.ref.name} was ready and not polled for ${span(scheduled)}, which is ${share} % of its ${span(total)}.`,
      },
    ];
  }
}

const NAME = 'long-scheduled';

/** See {@link SCHEDULED_SHARE} and {@link LONG_SCHEDULED_MS}. */
export const longScheduled: Lint = {
  name: NAME,
  summary: 'a task spent most of its life ready, waiting for the thread',
  page: {
    means: `A task that is ready stands in the queue until everybody before it had a turn. One that stood there for more
than half of its life, and for more than ${LONG_SCHEDULED_MS} ms, was held up by the others, not by what it waited for. The place is
where it was spawned; who had the thread meanwhile is in the Busy column of --stats.
On the virtual clock nobody waits for the thread, so there this is never found.`,
    doesIt: `import { type Async, joinAll, spawn } from 'async-lessons';

function* cut(): Async<void> {
  const end = performance.now() + 60;
  while (performance.now() < end);
}

export function* main(): Async<void> {
  // All are ready at once. The last one waits for the thread four times as long as it needs it.
  yield* joinAll([1, 2, 3, 4, 5].map((n) => spawn(cut(), { name: \`cut \${n}\` })));
}
`,
    doesNot: `import { type Async, joinAll, sleep, spawn } from 'async-lessons';

function* cut(): Async<void> {
  yield* sleep(20); // Waits for something else than the thread.
  const end = performance.now() + 2;
  while (performance.now() < end);
}

export function* main(): Async<void> {
  yield* joinAll([1, 2, 3, 4, 5].map((n) => spawn(cut(), { name: \`cut \${n}\` })));
}
`,
    fix: `Find who is busy: --stats has the busy time of every task. Give long computations to \`spawnBlocking\`, and let fewer
tasks start at once, with a \`Semaphore\` or a bounded channel.`,
  },
  create: () => new Watching(),
};
