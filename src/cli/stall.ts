/**
 * A watch on a run that does not get on: `--stall-after 5s`.
 *
 * A program that waits for a socket, a promise or a far deadline is not stuck, as far as the runtime can
 * know, and may hang all the same. Whoever knows how long a wait can be says so.
 *
 * @module
 */
import type { RuntimeEvent } from '../runtime/events.ts';

/** Calls once if no task had the thread for some time, in real ms. */
export class StallWatch {
  readonly #after: number;
  readonly #stalled: () => void;
  #last = performance.now();
  #timer: NodeJS.Timeout;

  constructor(after: number, stalled: () => void) {
    this.#after = after;
    this.#stalled = stalled;
    this.#timer = this.#wait(after);
  }

  /** A poll is a sign of life, its beginning as well as its end. */
  fold({ kind }: RuntimeEvent): void {
    if (kind === 'task.poll-started' || kind === 'task.poll-ended') this.#last = performance.now();
  }

  #wait(ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      const left = this.#last + this.#after - performance.now();
      if (left > 0) this.#timer = this.#wait(left);
      else this.#stalled();
    }, ms);
  }

  /** The run is over. */
  off(): void {
    clearTimeout(this.#timer);
  }
}
