/**
 * A task that had the thread for too long.
 *
 * @module
 */
import type { Location, RuntimeEvent, TaskRef } from '../../runtime/events.ts';
import { span } from '../text.ts';
import { type Finding, type Lint, nameOf, placeOf, type Watch } from './lint.ts';

/**
 * From here on a poll is too long, in real ms.
 *
 * Much shorter, and a full garbage collection or a busy machine is taken for the program's fault.
 * Much longer, and nobody learns why a server answers in fits and starts. Python's asyncio warns at
 * the same length. tokio-console waits for a second, and looks at first polls only.
 */
export const LONG_POLL_MS = 100;

/** So many tasks that do it are remembered. */
const MOST_TASKS = 1000;

/** Where a task came from into the poll in progress. */
interface Before {
  readonly words: string;
  readonly location: Location | null;
}

/** The long polls of one task. */
interface Long {
  readonly task: TaskRef;
  polls: number;
  busy: number;
  location: Location | null;
  where: string;
}

class Watching implements Watch {
  readonly #before = new Map<number, Before>();
  readonly #long = new Map<number, Long>();

  fold(event: RuntimeEvent): void {
    switch (event.kind) {
      case 'task.poll-ended': {
        if (event.busy > LONG_POLL_MS) this.#note(event);
        const [wait] = event.awaits;
        if (wait !== undefined)
          this.#before.set(event.task.id, { words: nameOf(wait), location: placeOf(event.awaits) });
        break;
      }
      case 'task.completed':
      case 'task.cancelled':
        this.#before.delete(event.task.id);
        break;
    }
  }

  #note({ task, busy, awaits }: Extract<RuntimeEvent, { kind: 'task.poll-ended' }>): void {
    let long = this.#long.get(task.id);
    if (long === undefined) {
      if (this.#long.size >= MOST_TASKS) return;
      long = { task, polls: 0, busy: 0, location: null, where: '' };
      this.#long.set(task.id, long);
    }
    long.polls += 1;
    if (busy <= long.busy) return;
    const before = this.#before.get(task.id);
    const [after] = awaits;
    const from = before === undefined ? 'from its beginning' : `after ${before.words}`;
    const to = after === undefined ? 'to its end' : `until ${nameOf(after)}`;
    long.busy = busy;
    long.where = `${from} ${to}`;
    long.location = before?.location ?? placeOf(awaits);
  }

  findings(): Finding[] {
    return [...this.#long.values()].map(({ task, polls, busy, location, where }) => ({
      lint: NAME,
      task,
      resource: null,
      location,
      text:
        `${task.name} had the thread for ${span(busy)} without a break, ${where}` +
        `${polls === 1 ? '' : `, the longest of ${polls} such polls`}: nobody else could run.`,
    }));
  }
}

const NAME = 'never-yielded';

/** See {@link LONG_POLL_MS}. */
export const neverYielded: Lint = {
  name: NAME,
  summary: 'a task kept the thread to itself for more than 100 ms',
  page: {
    means: `Tasks share one thread, and take turns only where they await. A task that computes, or calls something that
blocks, for more than ${LONG_POLL_MS} ms between two awaits holds up everybody: timers fire late, sockets wait, Ctrl-C
does nothing. The place is the await before the long stretch, or the first one after it.
Time is measured on the real clock and includes whoever looks on. On the virtual clock work takes no time, so there
this is never found.`,
    doesIt: `import { type Async, sleep, spawn } from 'async-lessons';

function* digest(): Async<void> {
  yield* sleep(10);
  const end = performance.now() + 150;
  while (performance.now() < end); // Nobody else runs meanwhile.
}

export function* main(): Async<void> {
  const work = spawn(digest(), { name: 'digest' });
  yield* sleep(20); // Fires late.
  yield* work;
}
`,
    doesNot: `import { type Async, sleep, spawn, yieldNow } from 'async-lessons';

function* digest(): Async<void> {
  yield* sleep(10);
  for (let piece = 0; piece < 30; piece++) {
    const end = performance.now() + 5;
    while (performance.now() < end);
    yield* yieldNow(); // Whoever is ready gets a turn.
  }
}

export function* main(): Async<void> {
  const work = spawn(digest(), { name: 'digest' });
  yield* sleep(20);
  yield* work;
}
`,
    fix: `Do the work in pieces, with \`yield* yieldNow()\` between them, or in a loop with \`yield* consumeBudget()\`.
Better still, give it to another thread: \`spawnBlocking\`. And never call what blocks, such as \`readFileSync\` on a slow disk.`,
  },
  create: () => new Watching(),
};
