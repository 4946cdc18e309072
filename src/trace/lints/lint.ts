/**
 * What a lint is: something that programs do, that can be seen in their events, and that their
 * authors seldom mean.
 *
 * @module
 */
import type { Await, Location, ResourceRef, RuntimeEvent, TaskRef } from '../../runtime/events.ts';

/** Something a lint has found in a run. */
export interface Finding {
  /** The name of the lint. */
  readonly lint: string;
  readonly task: TaskRef | null;
  readonly resource: ResourceRef | null;
  /** Where to look in the program, if that is known. */
  readonly location: Location | null;
  /** One sentence with the figures of this run. Names in it are the program's: print it through `safeLine`. */
  readonly text: string;
}

/** Watches one run. */
export interface Watch {
  fold(event: RuntimeEvent): void;
  /** What was found so far. */
  findings(): Finding[];
}

/** A page of the handbook. The two programs are whole: they run as they stand there. */
export interface HandbookPage {
  readonly means: string;
  readonly doesIt: string;
  readonly doesNot: string;
  readonly fix: string;
}

/** A lint. */
export interface Lint {
  readonly name: string;
  /** One line, for a list. */
  readonly summary: string;
  readonly page: HandbookPage;
  /** Begins to watch a run. */
  create(): Watch;
}

/** So many findings of one lint are kept: nobody reads the thousandth, and a long run would keep them all. */
const MOST_FINDINGS = 1000;

/** A list that does not grow for ever. */
export class Findings {
  readonly #list: Finding[] = [];

  add(finding: Finding): void {
    if (this.#list.length < MOST_FINDINGS) this.#list.push(finding);
  }

  /** A copy. */
  list(): Finding[] {
    return [...this.#list];
  }
}

/** `recv() on channel 1`; timers need no name. */
export function nameOf({ op, resource }: Await): string {
  return resource === null || resource.kind === 'timer' || resource.kind === 'select'
    ? op
    : `${op} on ${resource.name}`;
}

/** Where a task waits. */
export function placeOf(awaits: readonly Await[]): Location | null {
  return awaits[0]?.stack[0] ?? null;
}
