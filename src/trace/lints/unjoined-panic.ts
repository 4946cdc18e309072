/**
 * A task that panicked, and nobody was waiting for it.
 *
 * The events tell who waits for a task while it runs, and whom its end wakes. They do not tell of a
 * handle that is asked after the end: that is answered within a poll. So a task that somebody asks
 * later is found as well, and the sentence says no more than what was seen.
 *
 * @module
 */
import type { Location, RuntimeEvent, TaskRef } from '../../runtime/events.ts';
import { safeLine } from '../text.ts';
import { type Finding, Findings, type Lint, type Watch } from './lint.ts';

/** A panic whose joiner, if there is one, is about to be woken. */
interface Panic {
  readonly task: TaskRef;
  readonly error: string;
  readonly location: Location | null;
}

class Watching implements Watch {
  readonly #findings = new Findings();
  /** Where the tasks that live were spawned. */
  readonly #spawned = new Map<number, Location | null>();
  /** Whom each waiting task waits for, if it waits for tasks. */
  readonly #joins = new Map<number, readonly number[]>();
  /** The latest panic, until the next event shows whether its end woke a set that had it. */
  #panic: Panic | undefined = undefined;

  fold(event: RuntimeEvent): void {
    this.#settle(event);
    switch (event.kind) {
      case 'task.spawned':
        this.#spawned.set(event.task.id, event.location);
        break;
      case 'task.poll-started':
        this.#joins.delete(event.task.id);
        break;
      case 'task.poll-ended': {
        const joined = event.awaits.flatMap(({ task }) => (task === null ? [] : [task.id]));
        if (joined.length > 0) this.#joins.set(event.task.id, joined);
        break;
      }
      case 'task.completed':
        if (event.outcome === 'panicked' && event.task.id !== 0 && !this.#isAwaited(event.task)) {
          const location = this.#spawned.get(event.task.id) ?? null;
          this.#panic = { task: event.task, error: event.error ?? 'no message', location };
        }
        this.#over(event.task);
        break;
      case 'task.cancelled':
        this.#over(event.task);
        break;
    }
  }

  /** The end of a member wakes whoever asks its set, and does so at once. */
  #settle(event: RuntimeEvent): void {
    const panic = this.#panic;
    if (panic === undefined) return;
    this.#panic = undefined;
    const by = event.kind === 'task.woken' && event.by.kind === 'task' ? event.by : undefined;
    // A handle that was lent wakes its last joiner, too, although that may wait for something else by now.
    const isInSet = by?.task.id === panic.task.id && by.resource?.kind === 'joinset';
    if (!isInSet) this.#findings.add(found(panic));
  }

  #isAwaited({ id }: TaskRef): boolean {
    return [...this.#joins.values()].some((joined) => joined.includes(id));
  }

  #over({ id }: TaskRef): void {
    this.#joins.delete(id);
    this.#spawned.delete(id);
  }

  findings(): Finding[] {
    return [...this.#findings.list(), ...(this.#panic === undefined ? [] : [found(this.#panic)])];
  }
}

function found({ task, error, location }: Panic): Finding {
  const text = `${task.name} panicked (${safeLine(error)}) while nobody waited for its end.`;
  return { lint: NAME, task, resource: null, location, text };
}

const NAME = 'unjoined-panic';

/** A spawned task threw, and no task waited for it then. */
export const unjoinedPanic: Lint = {
  name: NAME,
  summary: 'a spawned task threw, and nobody waited for its end',
  page: {
    means: `An error in a spawned task does not reach whoever spawned it: it waits in the handle until somebody joins the
task. If nobody does, a part of the program is missing and the rest runs on as if all were well. The place is where
the task was spawned.

The events of a run show who waits for a task when it ends, not who asks its handle later. So a handle that is
awaited only after its task has thrown is reported, too: it may have taken long until somebody heard of the error.`,
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
