/**
 * First in, first out: the ready queue, and the buffer of every channel. And last in, first out: those
 * that yielded.
 *
 * A ring in one array: joining and leaving cost the same however many stand in line, and nothing
 * is moved or allocated once the ring is large enough. (`array.shift()` moves everybody up, and
 * from some 16,000 in line on that is what the program does all day.)
 *
 * @module
 */

const SMALLEST = 4;

/** One that was larger than this gives its room back when it is empty: 8 bytes for each task of a million. */
const LARGEST_KEPT = 1 << 16;

/** A queue that grows as needed; its size is always a power of two, so that `&` goes round. */
export class Ring<T> {
  #slots: (T | undefined)[] = [];
  #head = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Joins at the end. */
  push(item: T): void {
    if (this.#length === this.#slots.length) this.#grow();
    this.#slots[(this.#head + this.#length) & (this.#slots.length - 1)] = item;
    this.#length += 1;
  }

  /** Takes the first in line. */
  shift(): T | undefined {
    if (this.#length === 0) return undefined;
    const item = this.#slots[this.#head];
    this.#slots[this.#head] = undefined;
    this.#head = (this.#head + 1) & (this.#slots.length - 1);
    this.#length -= 1;
    if (this.#length === 0 && this.#slots.length > LARGEST_KEPT) this.clear();
    return item;
  }

  /** The one that joined last. */
  get last(): T | undefined {
    return this.at(this.#length - 1);
  }

  /** Takes the one that joined last. */
  pop(): T | undefined {
    if (this.#length === 0) return undefined;
    this.#length -= 1;
    const slot = (this.#head + this.#length) & (this.#slots.length - 1);
    const item = this.#slots[slot];
    this.#slots[slot] = undefined;
    if (this.#length === 0 && this.#slots.length > LARGEST_KEPT) this.clear();
    return item;
  }

  /** Looks at the one with `index` others before it. */
  at(index: number): T | undefined {
    if (index < 0 || index >= this.#length) return undefined;
    return this.#slots[(this.#head + index) & (this.#slots.length - 1)];
  }

  /** Takes the one with `index` others before it; those before it move up. */
  take(index: number): T | undefined {
    if (index >= this.#length) return undefined;
    const item = this.at(index);
    const mask = this.#slots.length - 1;
    for (let i = index; i > 0; i--) {
      this.#slots[(this.#head + i) & mask] = this.#slots[(this.#head + i - 1) & mask];
    }
    this.shift();
    return item;
  }

  /** Forgets everybody, and the room they took. */
  clear(): void {
    this.#slots = [];
    this.#head = 0;
    this.#length = 0;
  }

  #grow(): void {
    const size = this.#slots.length;
    const slots = new Array<T | undefined>(Math.max(SMALLEST, size * 2)).fill(undefined);
    for (let i = 0; i < size; i++) slots[i] = this.#slots[(this.#head + i) & (size - 1)];
    this.#slots = slots;
    this.#head = 0;
  }
}
