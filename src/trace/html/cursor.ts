/**
 * The event that the page is at. Every part follows it.
 *
 * @module
 */

/** A number of an event, and who wants to hear of it. */
export class Cursor {
  readonly #last: number;
  readonly #followers: ((step: number) => void)[] = [];
  #step = 0;

  /** @param last the number of the last event. */
  constructor(last: number) {
    this.#last = last;
  }

  get step(): number {
    return this.#step;
  }

  get last(): number {
    return this.#last;
  }

  follow(follower: (step: number) => void): void {
    this.#followers.push(follower);
  }

  /** Goes to an event, or as near as there is one. */
  go(step: number): void {
    const next = Math.min(this.#last, Math.max(Math.min(1, this.#last), Math.round(step)));
    if (next === this.#step || Number.isNaN(next)) return;
    this.#step = next;
    for (const follower of this.#followers) follower(next);
  }

  by(steps: number): void {
    this.go(this.#step + steps);
  }
}
