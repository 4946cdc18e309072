/**
 * How long the thread had nothing to do.
 *
 * @module
 */
import type { RuntimeEvent } from '../../runtime/events.ts';

/** Folds when the thread was given back, and when it was taken again. */
export class FreeTime {
  /** So long the run has taken so far, in ms on the runtime's clock. */
  total = 0;
  #free = 0;
  #parkedAt: number | undefined = undefined;

  fold(event: RuntimeEvent): void {
    this.total = event.at;
    if (event.kind === 'runtime.parked') this.#parkedAt = event.at;
    if (event.kind !== 'runtime.unparked' && event.kind !== 'runtime.finished') return;
    this.#free = this.free;
    this.#parkedAt = undefined;
  }

  /** So much of it the thread slept, in ms. */
  get free(): number {
    return this.#free + (this.#parkedAt === undefined ? 0 : this.total - this.#parkedAt);
  }

  /** Which part of it that is, from 0 to 1. */
  get share(): number {
    return this.total === 0 ? 0 : this.free / this.total;
  }
}
