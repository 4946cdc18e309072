/**
 * A task that panicked, and nobody has joined it.
 *
 * The runtime knows it for certain, as it knows who has the handle, and says so at the end. Here it is
 * only brought together with the place where the task was spawned.
 *
 * @module
 */
import type { Location, RuntimeEvent } from '../../runtime/events.ts';
import { safeLine } from '../text.ts';
import { type Finding, Findings, type Lint, type Watch } from './lint.ts';

/** So many tasks that have panicked are remembered with their place; a long run may have many more. */
const MOST_PANICS = 1000;

class Watching implements Watch {
  readonly #findings = new Findings();
  /** Where the tasks that live were spawned, and those that have panicked. */
  readonly #spawned = new Map<number, Location | null>();
  #panics = 0;

  fold(event: RuntimeEvent): void {
    switch (event.kind) {
      case 'task.spawned':
        this.#spawned.set(event.task.id, event.location);
        break;
      case 'task.completed':
        if (event.outcome === 'panicked' && this.#panics < MOST_PANICS) this.#panics += 1;
        else this.#spawned.delete(event.task.id);
        break;
      case 'task.cancelled':
        this.#spawned.delete(event.task.id);
        break;
      case 'task.unjoined': {
        const { task, error } = event;
        const location = this.#spawned.get(task.id) ?? null;
        const text = `${task.name} panicked (${safeLine(error)}), and nobody has joined it.`;
        this.#findings.add({ lint: NAME, task, resource: null, location, text });
        break;
      }
    }
  }

  findings(): Finding[] {
    return this.#findings.list();
  }
}

const NAME = 'unjoined-panic';

/** A spawned task threw, and nobody heard of it. */
export const unjoinedPanic: Lint = {
  name: NAME,
  summary: 'a spawned task threw, and nobody joined it',
  page: {
    means: `An error in a spawned task does not reach whoever spawned it: it waits in the handle until somebody joins the
task. If nobody does, a part of the program is missing and the rest runs on as if all were well. The place is where
the task was spawned.`,
    doesIt: `import { type Async, sleep, spawn } from 'async-lessons';

function* save(): Async<void> {
  yield* sleep(1);
  throw new Error('disk full');
}

export function* main(): Async<void> {
  spawn(save(), { name: 'save' });
  yield* sleep(5); // All is well, it seems.
}
`,
    doesNot: `import { type Async, println, sleep, spawn } from 'async-lessons';

function* save(): Async<void> {
  yield* sleep(1);
  throw new Error('disk full');
}

export function* main(): Async<void> {
  const saving = spawn(save(), { name: 'save' });
  try {
    yield* saving;
  } catch (error) {
    println(String(error));
  }
}
`,
    fix: `Keep the handle and await it, or spawn into a \`JoinSet\` and ask \`joinNext()\` in a loop. A task that may fail
unheard catches its own errors, and says so.`,
  },
  create: () => new Watching(),
};
