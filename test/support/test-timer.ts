import { Pending, type Poll } from 'async-lessons';
import { Timer } from '../../src/runtime/time/timer.ts';

let made = 0;

/** A timer that no task waits for: what it does when it is polled does not matter. */
export class TestTimer extends Timer {
  readonly #number = made++;

  constructor() {
    super(0);
  }

  override poll(): Poll<void> {
    return Pending;
  }

  /** `toEqual` compares what can be iterated by what comes out: a timer is equal to itself alone. */
  override [Symbol.iterator](): never {
    return [this.#number][Symbol.iterator]() as never;
  }
}
