/**
 * A task that nobody could ever wake again.
 *
 * @module
 */
import type { Await, RuntimeEvent } from '../../runtime/events.ts';
import { span } from '../text.ts';
import { type Finding, Findings, type Lint, nameOf, placeOf, type Watch } from './lint.ts';

/** Waits for ever on purpose. */
const FOR_EVER = 'pending()';

/** A task in mid-wait. */
interface Pause {
  readonly since: number;
  readonly awaits: readonly Await[];
}

class Watching implements Watch {
  readonly #pauses = new Map<number, Pause>();
  /** Tasks that were dropped in mid-wait. An abort wakes before it drops: it is the end of the run that does this. */
  readonly #dropped: Finding[] = [];
  readonly #findings = new Findings();

  fold(event: RuntimeEvent): void {
    switch (event.kind) {
      case 'task.poll-ended':
        if (event.outcome === 'pending' && event.awaits.every(isForeign)) {
          this.#pauses.set(event.task.id, { since: event.at, awaits: event.awaits });
        }
        break;
      case 'task.woken':
      case 'task.completed':
        this.#pauses.delete(event.task.id);
        break;
      case 'task.cancelled': {
        const pause = this.#pauses.get(event.task.id);
        this.#pauses.delete(event.task.id);
        if (pause === undefined) break;
        const what = pause.awaits.map(nameOf).join(' and ') || 'something without a name';
        this.#dropped.push({
          lint: NAME,
          task: event.task,
          resource: null,
          location: placeOf(pause.awaits),
          text: `${event.task.name} waited for ${what} from ${span(pause.since)} on, and nothing was left that could call its waker.`,
        });
        break;
      }
      case 'runtime.finished':
        // A run that is stuck is taken apart without another poll: these are those it was stuck on.
        if (event.outcome === 'stuck') for (const finding of this.#dropped) this.#findings.add(finding);
        break;
    }
  }

  findings(): Finding[] {
    return this.#findings.list();
  }
}

/** Is it nothing of the runtime's own, which always knows whom to wake? */
function isForeign({ op, resource, task }: Await): boolean {
  return resource === null && task === null && op !== FOR_EVER;
}

const NAME = 'lost-waker';

/** Only in a run that is stuck is it certain that the waker is lost: otherwise somebody may still have it. */
export const lostWaker: Lint = {
  name: NAME,
  summary: 'a task waited for a future that nobody could ever wake',
  page: {
    means: `A future that answers Pending promises that somebody will call the waker. One written by hand may forget it,
or keep the waker of an earlier poll: its task then waits for ever, however much happens. Found where a program got
stuck, and such a task waited for nothing but futures that are not the runtime's own. (Tasks that wait for each other
are a deadlock, not this.) While anything else still runs nobody can know: the waker may be in somebody's hands.`,
    doesIt: `import { type Async, Future, Pending, type Poll } from 'async-lessons';

class Ready extends Future<string> {
  polls = 0;

  override poll(): Poll<string> {
    this.polls += 1;
    return this.polls > 1 ? 'tea' : Pending; // Nobody is told to poll again.
  }
}

export function* main(): Async<void> {
  yield* new Ready();
}
`,
    doesNot: `import { type Async, type Context, Future, Pending, type Poll } from 'async-lessons';

class Ready extends Future<string> {
  isReady = false;

  override poll(cx: Context): Poll<string> {
    if (this.isReady) return 'tea';
    const { waker } = cx;
    setTimeout(() => {
      this.isReady = true;
      waker.wake(); // Now it is worth another poll.
    }, 1);
    return Pending;
  }
}

export function* main(): Async<void> {
  yield* new Ready();
}
`,
    fix: `Keep \`cx.waker\` in every poll that answers Pending, the newest one each time, and call it after the state has changed.
Simpler: put the future together from a \`oneshot\`, a \`Notify\` or \`fromPromise\`, which do this for you.`,
  },
  create: () => new Watching(),
};
