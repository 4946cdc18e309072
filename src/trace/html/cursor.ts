/**
 * The event that the page is at. Every part follows it.
 *
 * ```text
 *              play()
 *   at rest ───────────▶ playing ──┐ pass(): the next events
 *           ◀───────────           │
 *            pause(), the end,   ◀─┘
 *            go(): whoever goes somewhere wants to look
 * ```
 *
 * @module
 */

/** A number of an event, and who wants to hear of it. */
export class Cursor {
  readonly #last: number;
  readonly #followers: ((step: number) => void)[] = [];
  readonly #watchers: ((isPlaying: boolean) => void)[] = [];
  #step = 0;
  #isPlaying = false;

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

  /** Does it go on by itself? Then nobody wants to be told of each event. */
  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  /** Is told where it is whenever it has moved. */
  follow(follower: (step: number) => void): void {
    this.#followers.push(follower);
  }

  /** Is told when it begins to play, and when it does no longer. It has moved by then. */
  watch(watcher: (isPlaying: boolean) => void): void {
    this.#watchers.push(watcher);
  }

  /** Goes to an event, or as near as there is one. */
  go(step: number): void {
    this.#move(step, false);
  }

  by(steps: number): void {
    this.go(this.#step + steps);
  }

  /** Plays from here on; from the first event, if this is the last one. */
  play(): void {
    const from = this.#step >= this.#last ? 1 : this.#step;
    this.#move(from, from < this.#last);
  }

  pause(): void {
    this.go(this.#step);
  }

  /** Playing has come to an event. At the last one it is over. */
  pass(step: number): void {
    if (this.#isPlaying) this.#move(step, step < this.#last);
  }

  #move(step: number, isPlaying: boolean): void {
    const next = Math.min(this.#last, Math.max(Math.min(1, this.#last), Math.round(step)));
    if (Number.isNaN(next)) return;
    const [moves, changes] = [next !== this.#step, isPlaying !== this.#isPlaying];
    this.#step = next;
    this.#isPlaying = isPlaying;
    if (moves) for (const follower of this.#followers) follower(next);
    if (changes) for (const watcher of this.#watchers) watcher(isPlaying);
  }
}
