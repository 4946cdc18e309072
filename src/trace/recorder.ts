/**
 * Keeps the events of a run, to be saved or looked at when it is over. A long run must not fill the
 * memory, so of many events the last ones are kept, in a ring:
 *
 * ```text
 *   started  spawned  spawned  …  │ poll  pending  woken  poll  sent  ready  finished
 *   └──── the prelude: true events┘ └──────────── the last `limit` events ──────────┘
 * ```
 *
 * The oldest are dropped. But a record that begins in the middle must still make sense, so a few of
 * the dropped ones stay, in their order and with their own times: the start of the run, and of every
 * task that is still alive where the ring begins, how it was spawned and what happened to it last.
 * So whoever folds the record knows every task, what it waits for, and which ones are ready.
 * What was in channels and who held locks is told again by their next operation, not before.
 *
 * @module
 */
import type { RuntimeEvent } from '../runtime/events.ts';
import { PackedEvents } from './packed-events.ts';
import { clockTime, count } from './text.ts';

/**
 * How many events are kept. Measured on tasks that send, lock and time out, one takes 70 bytes of
 * memory and 200 of a file: 14 MB and 40 MB at most (bench/recorder.js).
 */
const DEFAULT_LIMIT = 200_000;

type Kind<K extends RuntimeEvent['kind']> = Extract<RuntimeEvent, { kind: K }>;

/** A dropped event that stays, and its place among all events. */
interface Kept<E = RuntimeEvent> {
  readonly nth: number;
  readonly event: E;
}

/** What stays of a task that is alive where the ring begins. */
interface Life {
  readonly spawned: Kept;
  started?: Kept | undefined;
  ended?: Kept | undefined;
  woken?: Kept | undefined;
}

/** Keeps the last events of a run, and what it takes to understand them. */
export class Recorder {
  readonly #limit: number;
  readonly #ring = new PackedEvents();
  /** How many events have left the ring. */
  #left = 0;
  #started: Kept<Kind<'runtime.started'>> | undefined;
  #parked: Kept | undefined;
  readonly #lives = new Map<number, Life>();

  /** @throws {RangeError} if `limit` is no whole number above 0. */
  constructor(limit: number = DEFAULT_LIMIT) {
    if (!Number.isSafeInteger(limit) || limit < 1)
      throw new RangeError(`limit must be a whole number above 0: ${limit}`);
    this.#limit = limit;
  }

  /** Keeps one more event, and drops the oldest if there are too many. */
  fold(event: RuntimeEvent): void {
    if (event.kind === 'runtime.started') this.#started ??= { nth: -1, event };
    this.#ring.push(event);
    if (this.#ring.length > this.#limit) this.#drop(this.#ring.shift() as RuntimeEvent);
  }

  /** How the run was started, once it was. */
  get started(): Kind<'runtime.started'> | undefined {
    return this.#started?.event;
  }

  /** How many events are not in the record. */
  get dropped(): number {
    return this.#left - this.#prelude().length;
  }

  /** From when on the record is complete, in ms on the runtime's clock. Null if nothing is in it. */
  get since(): number | null {
    return this.#ring.since;
  }

  /** What is kept, in the order in which it happened. Can be asked for again and again. */
  *events(): Generator<RuntimeEvent, void, undefined> {
    for (const { event } of this.#prelude()) yield event;
    yield* this.#ring;
  }

  #prelude(): Kept[] {
    if (this.#left === 0) return [];
    const lives = [...this.#lives.values()].flatMap(({ spawned, started, ended, woken }) => [
      spawned,
      started,
      ended,
      woken,
    ]);
    return [this.#started, this.#parked, ...lives]
      .filter((kept) => kept !== undefined)
      .sort((one, other) => one.nth - other.nth);
  }

  #drop(event: RuntimeEvent): void {
    const kept: Kept = { nth: this.#left, event };
    this.#left += 1;
    switch (event.kind) {
      case 'runtime.parked':
        this.#parked = kept;
        break;
      case 'runtime.unparked':
        this.#parked = undefined;
        break;
      case 'task.spawned':
        this.#lives.set(event.task.id, { spawned: kept });
        break;
      case 'task.poll-started':
        this.#keep(event.task.id, { started: kept, ended: undefined, woken: undefined });
        break;
      case 'task.poll-ended':
        this.#keep(event.task.id, { ended: kept });
        break;
      case 'task.woken':
        this.#keep(event.task.id, { woken: kept });
        break;
      case 'task.completed':
      case 'task.cancelled':
        this.#lives.delete(event.task.id);
        break;
    }
  }

  #keep(id: number, last: Partial<Life>): void {
    const life = this.#lives.get(id);
    if (life !== undefined) Object.assign(life, last);
  }
}

/** What to say of a record that is not whole: nothing if it is. */
export function droppedNote(record: { readonly dropped: number; readonly since: number | null }): string | undefined {
  if (record.dropped === 0) return undefined;
  return `The record is complete from ${clockTime(record.since ?? 0)} ms on; ${count(record.dropped, 'older event')} ${
    record.dropped === 1 ? 'was' : 'were'
  } dropped.`;
}
