/**
 * One deadline that somebody waits for.
 *
 * @module
 */
import type { Waker } from '../context.ts';
import { Resource, type ResourceKind } from '../resource.ts';

/** An entry of the timer heap. */
export class Timer extends Resource {
  /** When it is to fire: whole milliseconds of the runtime's clock. */
  due = 0;
  /** Its place in the heap is by this tick. A later `due` is looked at when this one has come. */
  tick = 0;
  /** Of equal ticks, who was registered first. */
  order = 0;
  /** Where it stands in the heap; -1 while it stands in none. */
  index = -1;
  /** Its time has come. */
  fired = false;
  /** Whom to wake then. */
  waker: Waker | undefined = undefined;

  override get kind(): ResourceKind {
    return 'timer';
  }

  get armed(): boolean {
    return this.index >= 0;
  }
}
