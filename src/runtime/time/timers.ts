/**
 * The timer driver: knows which timer is next, and fires those whose time has come.
 *
 * Deadlines are rounded up to whole milliseconds since the runtime started: a timer fires late
 * rather than early, and timers of the same millisecond fire in the order of their registration.
 *
 * @module
 */
import type { Choices } from '../choices.ts';
import type { Tracer } from '../tracer.ts';
import type { Clock } from './clock.ts';
import type { Timer } from './timer.ts';
import { TimerHeap } from './timer-heap.ts';

/** What the driver needs of the executor. */
interface Surroundings {
  readonly clock: Clock;
  readonly choices: Choices;
  readonly tracer: Tracer | undefined;
}

/** The timers of one executor. */
export class Timers {
  readonly #around: Surroundings;
  readonly #heap = new TimerHeap();
  /** Up to where the driver has looked. What is due by then fires when it is armed. */
  #elapsed = 0;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** When the next timer wants to be looked at. */
  nextDeadline(): number | undefined {
    return this.#heap.first()?.tick;
  }

  /** Has the time of any timer come? */
  isDue(): boolean {
    const first = this.#heap.first();
    return first !== undefined && first.tick <= this.#around.clock.now();
  }

  /**
   * Sets a timer to a deadline, wherever it stood before.
   *
   * @param wasPast there was nothing to wait for when the wait was made: it fires at once.
   */
  arm(timer: Timer, deadline: number, wasPast = false): void {
    const wasArmed = timer.armed;
    this.#heap.remove(timer);
    timer.deadline = deadline;
    if (timer.due <= this.#elapsed || wasPast) {
      timer.fires();
      // One that was never set has nothing to tell.
      if (wasArmed) this.#around.tracer?.op(timer, { op: 'fired' });
      const { waker } = timer;
      timer.waker = undefined;
      waker?.wake(timer);
      return;
    }
    this.#heap.add(timer, timer.due);
    this.#around.tracer?.op(timer, { op: 'armed', deadline: timer.due });
  }

  /**
   * Moves an armed timer to a later deadline where it stands. Answers `false` if it is not armed
   * or the deadline is earlier: then it must be armed anew.
   */
  postpone(timer: Timer, deadline: number): boolean {
    if (!timer.armed || Math.ceil(deadline) < timer.due) return false;
    timer.deadline = deadline;
    this.#around.tracer?.op(timer, { op: 'armed', deadline: timer.due });
    return true;
  }

  /** Gives a timer up. It wakes nobody any more. */
  disarm(timer: Timer): void {
    timer.waker = undefined;
    if (!timer.armed) return;
    this.#heap.remove(timer);
    this.#around.tracer?.op(timer, { op: 'cancelled' });
  }

  /** Fires every timer whose time has come by `now`, and wakes who waits for it. */
  fire(now = this.#around.clock.now()): void {
    const tick = Math.floor(now);
    this.#elapsed = tick;
    if ((this.#heap.first()?.tick ?? Number.POSITIVE_INFINITY) > tick) return;

    const { choices, tracer } = this.#around;
    for (;;) {
      const timer = choices.nextTimer(this.#heap, tick);
      if (timer === undefined) return;
      if (timer.due > tick) {
        // It was postponed, and takes its new place only now: behind all who are there.
        this.#heap.add(timer, timer.due);
        continue;
      }
      timer.fires();
      tracer?.op(timer, { op: 'fired' });
      const { waker } = timer;
      timer.waker = undefined;
      waker?.wake(timer);
    }
  }
}
