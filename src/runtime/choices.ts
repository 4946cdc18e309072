/**
 * The one door for choices. Wherever the scheduler could do one thing or another it asks here:
 * Tokio's order by default, a seed where Tokio is random. Whoever wants other orders brings other
 * {@link Choices} and leaves the executor alone.
 *
 * @module
 */
import type { Ring } from './ring.ts';
import type { Task } from './task.ts';
import type { Timer } from './time/timer.ts';
import type { TimerHeap } from './time/timer-heap.ts';

/** Decides what happens first where more than one thing could. */
export interface Choices {
  /** Takes the task that is polled next out of the line, if there is one. */
  nextTask(ready: Ring<Task>): Task | undefined;

  /** Takes the timer that fires next out of those due at `tick`, if there is one. */
  nextTimer(timers: TimerHeap, tick: number): Timer | undefined;

  /** Which of `count` select branches is polled first. The others follow round the circle. */
  firstBranch(count: number): number;
}

/** First woken, first polled; timers by deadline, then by registration; select from a random start. */
export class TokioOrder implements Choices {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = random(seed);
  }

  nextTask(ready: Ring<Task>): Task | undefined {
    return ready.shift();
  }

  nextTimer(timers: TimerHeap, tick: number): Timer | undefined {
    return timers.takeDue(tick);
  }

  firstBranch(count: number): number {
    return Math.floor(this.#random() * count);
  }
}

/**
 * A small generator of random numbers in [0, 1), the same for the same seed on every machine.
 *
 * Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, far better than a lesson needs.
 * Not for secrets.
 */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 15), z | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** A seed for runs that were not given one. */
export function anySeed(): number {
  return Math.floor(Math.random() * 0x1_0000_0000);
}
