/**
 * Lets the run pass by itself.
 *
 * An event is there as long as the run's clock took to the next one; but long enough to be seen, and no
 * longer than one likes to wait. On the virtual clock a poll takes no time at all, and a sleep may take
 * a day.
 *
 * ```text
 *   the run   ├┼┼┼────────────────────────────────────┼┼┤
 *   playing   ├─┼─┼─┼────────┼─┼─┤
 * ```
 *
 * It moves once a frame at most. Where a frame takes longer than an event, events are passed over: the
 * pace is kept, and the next frame shows all that has happened.
 *
 * @module
 */
import type { RuntimeEvent } from '../../runtime/events.ts';
import type { Cursor } from './cursor.ts';

/** What an event gets at least, and at most, in ms. */
export const LEAST = 400;
export const MOST = 2000;

/** A frame that took longer was none: the tab was hidden, or the machine slept. In ms. */
const LONGEST_FRAME = 1000;

/** How many times as fast one can play. With the last one a run of 100,000 events takes some three minutes. */
export const SPEEDS = [0.25, 0.5, 1, 2, 4, 16, 64, 256] as const;

/** How long an event is to be seen, in ms, before the next one comes. */
export function lasting(events: readonly RuntimeEvent[], step: number): number {
  const took = (events[step]?.at ?? 0) - (events[step - 1]?.at ?? 0);
  return Math.min(MOST, Math.max(LEAST, took));
}

/** Moves the cursor while it plays. */
export class Player {
  readonly #events: readonly RuntimeEvent[];
  readonly #cursor: Cursor;
  readonly #nextFrame: (act: (now: number) => void) => void;
  /** 1 is as fast as the run was. */
  speed = 1;
  /** A hand is down: what it is about to click on must not go away. */
  held = false;
  #awaitsFrame = false;
  /** When the last frame was; none since it plays if it is undefined. */
  #before: number | undefined;
  /** How much of the time of this event is over. */
  #spent = 0;

  /** @param nextFrame calls back when the next frame is to be drawn, with the time in ms. */
  constructor(events: readonly RuntimeEvent[], cursor: Cursor, nextFrame: (act: (now: number) => void) => void) {
    this.#events = events;
    this.#cursor = cursor;
    this.#nextFrame = nextFrame;
    cursor.watch((isPlaying) => {
      if (isPlaying) this.#begin();
    });
  }

  /** Plays, or pauses. */
  toggle(): void {
    if (this.#cursor.isPlaying) this.#cursor.pause();
    else this.#cursor.play();
  }

  #begin(): void {
    this.#before = undefined;
    this.#spent = 0;
    this.#await();
  }

  #await(): void {
    if (this.#awaitsFrame) return;
    this.#awaitsFrame = true;
    this.#nextFrame((now) => {
      this.#awaitsFrame = false;
      if (this.#cursor.isPlaying) this.#frame(now);
    });
  }

  #frame(now: number): void {
    const passed = Math.min(LONGEST_FRAME, now - (this.#before ?? now));
    this.#before = now;
    if (!this.held) this.#spent += passed * this.speed;
    this.#cursor.pass(this.#due());
    this.#await();
  }

  /** The event whose time it is. */
  #due(): number {
    let { step } = this.#cursor;
    for (; step < this.#cursor.last; step++) {
      const lasts = lasting(this.#events, step);
      if (this.#spent < lasts) break;
      this.#spent -= lasts;
    }
    return step;
  }
}
