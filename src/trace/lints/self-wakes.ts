/**
 * A task that mostly wakes itself: it asks again and again instead of waiting.
 *
 * @module
 */
import type { Location, RuntimeEvent } from '../../runtime/events.ts';
import { type Life, Lives } from '../lives.ts';
import { count } from '../text.ts';
import { type Finding, Findings, type Lint, type Watch } from './lint.ts';

/** More than this share of its wakes. tokio-console's number. */
const SELF_SHARE = 0.5;

/** With fewer wakes there is nothing to say: one of one would be all of them. */
export const FEWEST_WAKES = 10;

class Watching implements Watch {
  readonly #lives = new Lives();
  /** Where each task that lives woke itself last. */
  readonly #places = new Map<number, Location | null>();
  readonly #ended = new Findings();

  fold(event: RuntimeEvent): void {
    if (event.kind === 'task.woken' && event.by.kind === 'self') {
      // A waker that is called outside of the program has no place: where the task waits says as much.
      this.#places.set(event.task.id, event.by.location);
    }
    const life = this.#lives.fold(event);
    if (life === undefined) return;
    for (const finding of this.#judge(life)) this.#ended.add(finding);
    this.#places.delete(life.ref.id);
  }

  findings(): Finding[] {
    return [...this.#ended.list(), ...[...this.#lives.values()].flatMap((life) => this.#judge(life))];
  }

  #judge({ ref, wakes, selfWakes }: Life): Finding[] {
    if (wakes < FEWEST_WAKES || selfWakes <= wakes * SELF_SHARE) return [];
    const share = Math.round((100 * selfWakes) / wakes);
    return [
      {
        lint: NAME,
        task: ref,
        resource: null,
        location: this.#places.get(ref.id) ?? null,
        text: `${ref.name} woke itself ${count(selfWakes, 'time')}, which is ${share} % of its ${count(wakes, 'wake')}.`,
      },
    ];
  }
}

const NAME = 'self-wakes';

/** See {@link SELF_SHARE}. */
export const selfWakes: Lint = {
  name: NAME,
  summary: 'a task woke itself more often than others woke it',
  page: {
    means: `A future that is not ready should answer Pending and leave its waker with whoever will know. One that calls
the waker itself is polled again at once, finds nothing, and calls it again: a busy loop in disguise, which uses the
whole thread to wait. Found where a task did more than half of at least ${FEWEST_WAKES} of its wakes itself. A \`yieldNow()\` does
not count: the driver wakes it.`,
    doesIt: `import { type Async, type Context, Future, Pending, type Poll, sleep, spawn } from 'async-lessons';

const kettle = { boils: false };

class Boils extends Future<void> {
  polls = 0;

  override poll(cx: Context): Poll<void> {
    if (kettle.boils || ++this.polls > 20) return undefined;
    cx.waker.wake(); // Ask me again, at once.
    return Pending;
  }
}

export function* main(): Async<void> {
  const tea = spawn(new Boils(), { name: 'tea' });
  yield* sleep(1);
  kettle.boils = true;
  yield* tea;
}
`,
    doesNot: `import { type Async, Notify, sleep, spawn } from 'async-lessons';

const boils = new Notify();

export function* main(): Async<void> {
  const tea = spawn(boils.notified(), { name: 'tea' });
  yield* sleep(1);
  boils.notifyOne(); // One wake, when there is something to see.
  yield* tea;
}
`,
    fix: `Wait for the thing itself: a channel, a \`Notify\`, a \`sleep\`. In a future written by hand, keep \`cx.waker\` and
let whoever changes the state call it.`,
  },
  create: () => new Watching(),
};
