/**
 * Turns of tasks, each linked to the turn that brought it about: the causes of a run, to follow back.
 *
 * ```text
 *  main #3 ──▶ producer #2 ──▶ timer 1 fired       a root: no task made that happen
 *    └── was polled because producer put a message into channel 1
 * ```
 *
 * Every link leads to an earlier turn, so a chain has an end. A long run has long chains, and cannot
 * keep them: the last {@link KEPT} turns keep their links, and so do those that are not further than
 * `NEAR` turns from their root, as far as they are still asked for. Of any other only the
 * sentence stays and the root, and how many turns lie between.
 *
 * @module
 */
import type { TaskRef, WakeCause } from '../runtime/events.ts';

/** How many turns, of all tasks together, keep the way to their root. */
export const KEPT = 1000;

/**
 * A turn so near to its root keeps the way for good: a task that has waited through a long run should
 * still say all of it. Many tasks may wait, so it is not much.
 */
const NEAR = 32;

/** What kind of cause: a wake of that kind, the spawning of the task, the start of the run, or nothing that was told. */
export type CauseKind = WakeCause['kind'] | 'spawn' | 'start' | 'unknown';

/** Why a task had a turn. */
export interface Cause {
  /** When the turn was, in ms on the runtime's clock. */
  readonly at: number;
  readonly task: TaskRef;
  /** Which of its polls it was; null if it was dropped in its turn. */
  readonly poll: number | null;
  readonly kind: CauseKind;
  /** The whole sentence, as it was told. It has the names that the program gave its tasks. */
  readonly text: string;
  /** So many causes between this and the next one of the chain are forgotten. */
  readonly skipped: number;
}

/** A turn, and the turn of whoever brought it about. */
export class Turn {
  readonly at: number;
  readonly task: TaskRef;
  readonly poll: number | null;
  readonly kind: CauseKind;
  readonly text: string;
  /** How many turns it is away from its root. */
  readonly depth: number;
  readonly #root: Turn;
  #from: Turn | undefined;

  constructor(what: Omit<Cause, 'skipped'>, from: Turn | undefined) {
    this.at = what.at;
    this.task = what.task;
    this.poll = what.poll;
    this.kind = what.kind;
    this.text = what.text;
    this.depth = from === undefined ? 0 : from.depth + 1;
    this.#root = from === undefined ? this : from.#root;
    this.#from = from;
  }

  /** Forgets the way to the root, unless it is a short one. */
  age(): void {
    if (this.depth > NEAR) this.#from = undefined;
  }

  /** This turn, the one that brought it about, and so on: the last one is the root. */
  chain(): Cause[] {
    const causes: Cause[] = [];
    for (let turn: Turn | undefined = this; turn !== undefined; ) {
      const next: Turn | undefined = turn.#from ?? (turn.#root === turn ? undefined : turn.#root);
      const skipped = next === undefined ? 0 : turn.depth - next.depth - 1;
      causes.push({ at: turn.at, task: turn.task, poll: turn.poll, kind: turn.kind, text: turn.text, skipped });
      turn = next;
    }
    return causes;
  }
}

/** The last turns of a run. */
export class Turns {
  readonly #kept: number;
  readonly #last: Turn[] = [];
  #count = 0;

  /** @param kept how many keep the way to their root. */
  constructor(kept: number = KEPT) {
    this.#kept = kept;
  }

  add(turn: Turn): Turn {
    const place = this.#count++ % this.#kept;
    this.#last[place]?.age();
    this.#last[place] = turn;
    return turn;
  }

  /** A poll, if it is one of the last. */
  find(task: number, poll: number): Turn | undefined {
    return this.#last.find((turn) => turn.task.id === task && turn.poll === poll);
  }

  /** The last turn of a task, if it is one of the last. */
  lastOf(task: number): Turn | undefined {
    for (let back = 1; back <= this.#last.length; back++) {
      const turn = this.#last[(this.#count - back) % this.#kept] as Turn;
      if (turn.task.id === task) return turn;
    }
    return undefined;
  }
}

/**
 * `; it had been waiting 998 ms, and ready for 2 ms`.
 *
 * @param ended when the last poll ended; none for a first poll.
 */
export function times(ended: number | undefined, woken: number, polled: number): string {
  const ready = milliseconds(polled - Math.max(woken, ended ?? woken));
  const wasReady = ready === '0 ms' ? '' : `ready for ${ready}`;
  if (ended === undefined) return wasReady === '' ? '' : `; it had been ${wasReady}`;
  // Woken while it still ran, it did not wait at all.
  const waited = milliseconds(Math.max(0, woken - ended));
  return `; it had been waiting ${waited}${wasReady === '' ? '' : `, and ${wasReady}`}`;
}

function milliseconds(ms: number): string {
  return `${Number(ms.toFixed(2))} ms`;
}
