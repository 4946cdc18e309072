/**
 * The state of a run after any of its events, forwards and backwards.
 *
 * ```text
 *   event  1 ───────▶ ▣ ───────▶ ▣ ──▶ here ──▶ one on
 *                     └ kept copies ┘
 * ```
 *
 * A fold only goes forward. To go back, the last copy that was kept before is folded on from there.
 * The larger the state, the rarer the copies: all of them together stay in proportion to the run.
 *
 * @module
 */
import type { RuntimeEvent } from '../../runtime/events.ts';
import { type Life, Lives } from '../lives.ts';
import { World } from '../world.ts';

/** Copies are so many events apart, or more. */
const APART = 512;

/** What is known after an event. */
export interface Present {
  /** The number of the event, from 1; 0 before the first. */
  readonly step: number;
  readonly world: World;
  /** Those that live. */
  readonly lives: Lives;
}

/** Knows the state after each event. */
export class History {
  readonly #events: readonly RuntimeEvent[];
  readonly #kept: Present[] = [{ step: 0, world: new World(), lives: new Lives() }];
  /** Tasks that have ended, in order. */
  readonly #ended: { readonly step: number; readonly life: Life }[] = [];
  #now: { step: number; world: World; lives: Lives } = { step: 0, world: new World(), lives: new Lives() };

  /** @param apart how far copies are apart at least. */
  constructor(events: readonly RuntimeEvent[], apart: number = APART) {
    this.#events = events;
    for (const event of events) {
      const ended = this.#forward(event);
      const { step, world, lives } = this.#now;
      if (ended !== undefined) this.#ended.push({ step, life: ended });
      const size = world.tasks.size + world.resources.size;
      if (step - (this.#kept.at(-1)?.step ?? 0) >= Math.max(apart, 2 * size)) {
        this.#kept.push({ step, world: world.copy(), lives: lives.copy() });
      }
    }
  }

  /** What is known after so many events. It is good until the next question. */
  at(step: number): Present {
    if (step < this.#now.step || this.#copyBefore(step).step > this.#now.step) {
      const { step: kept, world, lives } = this.#copyBefore(step);
      this.#now = { step: kept, world: world.copy(), lives: lives.copy() };
    }
    while (this.#now.step < step) this.#forward(this.#events[this.#now.step] as RuntimeEvent);
    return this.#now;
  }

  /** Every task there has been so far, in no order: those that live, and those that have ended. */
  lives(step: number): Life[] {
    const ended = this.#ended.slice(
      0,
      countBefore(this.#ended, (one) => one.step <= step),
    );
    return [...this.at(step).lives.values(), ...ended.map(({ life }) => life)];
  }

  #copyBefore(step: number): Present {
    return this.#kept[countBefore(this.#kept, (one) => one.step <= step) - 1] as Present;
  }

  #forward(event: RuntimeEvent): Life | undefined {
    this.#now.step += 1;
    this.#now.world.fold(event);
    return this.#now.lives.fold(event);
  }
}

/** How many at the front of a list are so. Those that are stand before those that are not. */
export function countBefore<T>(list: ArrayLike<T>, isSo: (item: T) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(list[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}
