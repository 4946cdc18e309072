/**
 * All armed timers, the next one first.
 *
 * A binary heap in an array, ordered by tick and then by registration, in which each timer knows
 * its place: arming and disarming take O(log n), looking at the next one takes nothing. Disarming
 * removes the timer for good, so a million timeouts that never fire leave nothing behind.
 *
 * @module
 */
import type { Timer } from './timer.ts';

/** A priority queue from which anybody can be removed. */
export class TimerHeap {
  readonly #heap: Timer[] = [];
  #registered = 0;

  get size(): number {
    return this.#heap.length;
  }

  /** The one that comes first. */
  first(): Timer | undefined {
    return this.#heap[0];
  }

  /** Takes the first one, if its tick has come. */
  takeDue(tick: number): Timer | undefined {
    const timer = this.#heap[0];
    if (timer === undefined || timer.tick > tick) return undefined;
    this.remove(timer);
    return timer;
  }

  /** All timers whose tick has come, in the order in which {@link takeDue} takes them. */
  due(tick: number): Timer[] {
    return this.#heap.filter((timer) => timer.tick <= tick).sort((a, b) => (before(a, b) ? -1 : 1));
  }

  /** Registers a timer at `tick`: behind all that were registered there before. */
  add(timer: Timer, tick: number): void {
    timer.tick = tick;
    timer.order = this.#registered++;
    timer.index = this.#heap.length;
    this.#heap.push(timer);
    this.#rise(timer);
  }

  /** Takes a timer out, wherever it stands. */
  remove(timer: Timer): void {
    const { index } = timer;
    if (index < 0) return;
    timer.index = -1; // In none.
    const last = this.#heap.pop() as Timer;
    if (last === timer) return;
    this.#heap[index] = last;
    last.index = index;
    this.#rise(last);
    this.#sink(last);
  }

  #rise(timer: Timer): void {
    while (timer.index > 0) {
      const parent = this.#heap[(timer.index - 1) >> 1] as Timer;
      if (before(parent, timer)) return;
      this.#swap(parent, timer);
    }
  }

  #sink(timer: Timer): void {
    for (;;) {
      const left = this.#heap[2 * timer.index + 1];
      const right = this.#heap[2 * timer.index + 2];
      if (left === undefined) return;
      const child = right !== undefined && before(right, left) ? right : left;
      if (before(timer, child)) return;
      this.#swap(timer, child);
    }
  }

  #swap(a: Timer, b: Timer): void {
    const { index } = a;
    this.#heap[b.index] = a;
    this.#heap[index] = b;
    a.index = b.index;
    b.index = index;
  }
}

function before(a: Timer, b: Timer): boolean {
  return a.tick < b.tick || (a.tick === b.tick && a.order < b.order);
}
