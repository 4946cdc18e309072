/**
 * A lock that a task kept while it waited for something else, and others waited for the lock.
 *
 * @module
 */
import type { Await, Location, ResourceRef, RuntimeEvent, TaskRef } from '../../runtime/events.ts';
import { count, span } from '../text.ts';
import { type Finding, Findings, type Lint, nameOf, placeOf, type Watch } from './lint.ts';

/**
 * Longer than this, in ms on the runtime's clock.
 *
 * Much shorter, and a lock around a query would be reported, which is what async locks are for. A
 * second is what a person notices.
 */
export const LONG_HOLD_MS = 1000;

/** A task that has a lock for itself. */
interface Hold {
  readonly task: TaskRef;
  readonly since: number;
  /** Its longest wait meanwhile. */
  longest: number;
  wait: Await | undefined;
  location: Location | null;
  /** Who stood in line meanwhile. */
  readonly waiters: Set<number>;
}

/** A lock that is held, or for which somebody waits. */
interface Lock {
  readonly ref: ResourceRef;
  /** The most permits that were seen: held by one task and free at the same time. */
  total: number;
  hold: Hold | undefined;
  /** Who is in line. A task may stand there twice. */
  readonly line: TaskRef[];
}

/** What a task waits for, and since when. */
interface Pause {
  readonly since: number;
  readonly awaits: readonly Await[];
}

type Op = Extract<RuntimeEvent, { kind: 'resource.op' }>;

class Watching implements Watch {
  readonly #findings = new Findings();
  readonly #locks = new Map<number, Lock>();
  /** The tasks that hold something, with all they hold. */
  readonly #holds = new Map<number, Set<Hold>>();
  readonly #pauses = new Map<number, Pause>();

  fold(event: RuntimeEvent): void {
    switch (event.kind) {
      case 'task.poll-started':
        this.#resume(event.task, event.at);
        break;
      case 'task.poll-ended':
        if (event.outcome === 'pending' && this.#holds.has(event.task.id)) {
          this.#pauses.set(event.task.id, { since: event.at, awaits: event.awaits });
        }
        break;
      case 'task.completed':
      case 'task.cancelled':
        this.#resume(event.task, event.at);
        break;
      case 'runtime.finished':
        // What nobody gave back was held to the end.
        for (const lock of this.#locks.values()) this.#letGo(lock, event.at);
        break;
      case 'resource.op':
        if (isLock(event.resource)) this.#op(event);
        break;
    }
  }

  #op(event: Op): void {
    const { resource, task } = event;
    let lock = this.#locks.get(resource.id);
    if (lock === undefined) {
      lock = { ref: resource, total: 0, hold: undefined, line: [] };
      this.#locks.set(resource.id, lock);
    }
    switch (event.op) {
      case 'contended':
        if (task === null) break;
        lock.line.push(task);
        if (lock.hold !== undefined && lock.hold.task.id !== task.id) lock.hold.waiters.add(task.id);
        break;
      case 'granted':
        leave(lock.line, event.to);
        break;
      case 'abandoned':
        if (!event.granted) leave(lock.line, task);
        break;
      case 'acquired':
        lock.total = Math.max(lock.total, event.permits + event.available);
        if (task !== null && isAlone(lock, event.permits)) this.#take(lock, task, event.at);
        break;
      case 'released':
      case 'downgraded': // From then on others may read.
        this.#letGo(lock, event.at);
        break;
    }
    const isFree = 'available' in event && event.available >= lock.total;
    if (isFree && lock.hold === undefined && lock.line.length === 0) this.#locks.delete(resource.id);
  }

  #take(lock: Lock, task: TaskRef, at: number): void {
    const waiters = new Set(lock.line.map(({ id }) => id).filter((id) => id !== task.id));
    const hold: Hold = { task, since: at, longest: -1, wait: undefined, location: null, waiters };
    lock.hold = hold;
    const held = this.#holds.get(task.id);
    if (held === undefined) this.#holds.set(task.id, new Set([hold]));
    else held.add(hold);
  }

  /** A task runs again, or is dropped: the wait is over. */
  #resume({ id }: TaskRef, at: number): void {
    const pause = this.#pauses.get(id);
    if (pause === undefined) return;
    this.#pauses.delete(id);
    for (const hold of this.#holds.get(id) ?? []) {
      if (at - pause.since <= hold.longest) continue;
      hold.longest = at - pause.since;
      hold.wait = pause.awaits[0];
      hold.location = placeOf(pause.awaits);
    }
  }

  #letGo(lock: Lock, at: number): void {
    const { ref, hold } = lock;
    if (hold === undefined) return;
    lock.hold = undefined;
    this.#resume(hold.task, at); // Whoever is dropped gives back before its end is told.
    const held = this.#holds.get(hold.task.id);
    held?.delete(hold);
    if (held?.size === 0) this.#holds.delete(hold.task.id);

    const { task, since, longest, wait, location, waiters } = hold;
    if (longest < 0 || at - since <= LONG_HOLD_MS || waiters.size === 0) return;
    const across = wait === undefined ? 'an await' : nameOf(wait);
    this.#findings.add({
      lint: NAME,
      task,
      resource: ref,
      location,
      text: `${task.name} held ${ref.name} for ${span(at - since)}, ${span(longest)} of it across ${across}, while ${count(waiters.size, 'other task')} waited for it.`,
    });
  }

  findings(): Finding[] {
    return this.#findings.list();
  }
}

function isLock({ kind }: ResourceRef): boolean {
  return kind === 'mutex' || kind === 'rwlock' || kind === 'semaphore';
}

/**
 * Does whoever has so many permits keep everybody else out? A reader does not. Nor does one of many
 * holders of a semaphore: it is there to let only so many work at a time, and they wait on purpose.
 */
function isAlone({ ref, total }: Lock, permits: number): boolean {
  return ref.kind === 'rwlock' ? permits > 1 : permits === total;
}

function leave(line: TaskRef[], task: TaskRef | null): void {
  const place = line.findIndex(({ id }) => id === task?.id);
  if (place >= 0) line.splice(place, 1);
}

const NAME = 'lock-held-long';

/** See {@link LONG_HOLD_MS}. */
export const lockHeldLong: Lint = {
  name: NAME,
  summary: 'a lock was kept across a long await while others waited for it',
  page: {
    means: `An async lock may be held across an await, and everybody who wants it waits until that await is over. Found
where a task had a mutex, an rwlock for writing, or all permits of a semaphore for more than ${LONG_HOLD_MS / 1000} s on the
runtime's clock, awaited something meanwhile, and another task stood in line. The place is its longest await with the
lock. A semaphore with more permits than the task has is left out: it limits how many work at once, on purpose.`,
    doesIt: `import { type Async, join, Mutex, secs, sleep, spawn } from 'async-lessons';

const cups = new Mutex(0);

function* fill(): Async<void> {
  using full = yield* cups.lock();
  yield* sleep(secs(3)); // The water boils, and nobody else gets at the cups.
  full.value += 1;
}

export function* main(): Async<void> {
  yield* join(spawn(fill(), { name: 'ada' }), spawn(fill(), { name: 'bob' }));
}
`,
    doesNot: `import { type Async, join, Mutex, secs, sleep, spawn } from 'async-lessons';

const cups = new Mutex(0);

function* fill(): Async<void> {
  yield* sleep(secs(3)); // Boil first, then lock.
  using full = yield* cups.lock();
  full.value += 1;
}

export function* main(): Async<void> {
  yield* join(spawn(fill(), { name: 'ada' }), spawn(fill(), { name: 'bob' }));
}
`,
    fix: `Do the slow part before you lock or after you have given back: a block of its own around \`using\` ends early. If
the slow part is the point, let one task own the value and send it messages.`,
  },
  create: () => new Watching(),
};
