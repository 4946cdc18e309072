/**
 * One deadline that somebody waits for.
 *
 * @module
 */
import type { Waker } from '../context.ts';
import { Future } from '../future.ts';
import type { Resource, ResourceKind } from '../resource.ts';

/** The `index` of a timer that is not armed. */
export const IDLE = -1;
/** Of one that is not armed, and whose deadline was past when it was made or moved. */
const PAST = -2;
/** Of one whose time has come. */
const FIRED = -3;
/** Of one that is armed, in the line behind an entry of the heap. */
export const FOLLOWS = -4;

/**
 * An entry of the timer heap. It is the wait itself ({@link Sleep}), and what a trace sees of it: as
 * three objects, a task that sleeps would take 100 bytes more, a quarter of all it takes. Its constructor
 * is inlined into those below it: see `docs/decisions.md`, "Fields of base classes".
 */
export abstract class Timer extends Future<void> implements Resource {
  /** When it is to fire, in ms of the runtime's clock. It takes the next whole one. */
  declare deadline: number;
  /** Its place in the heap is by this tick. A later `due` is looked at when this one has come. */
  declare tick: number;
  /** Of equal ticks, who was registered first. */
  declare order: number;
  /** Where it stands in the heap; if it does not, one of the constants above. */
  declare index: number;
  /** Its neighbours in line, if others of its tick were registered just before it or after it. */
  declare ahead: Timer | undefined;
  declare behind: Timer | undefined;
  /** Whom to wake then. */
  declare waker: Waker | undefined;

  constructor(deadline: number) {
    super();
    this.deadline = deadline;
    this.tick = 0;
    this.order = 0;
    this.index = IDLE;
    this.ahead = undefined;
    this.behind = undefined;
    this.waker = undefined;
  }

  get kind(): ResourceKind {
    return 'timer';
  }

  get detail(): string {
    return '';
  }

  /** Is it always polled right after another future, at the same place, as that of a timeout is? For the trace alone. */
  get accompanies(): boolean {
    return false;
  }

  /** The tick at which it is to fire. */
  get due(): number {
    return Math.ceil(this.deadline);
  }

  get armed(): boolean {
    return this.index >= 0 || this.index === FOLLOWS;
  }

  /** Its time has come. */
  get fired(): boolean {
    return this.index === FIRED;
  }

  /** Is it to be armed by its next poll? */
  get isNew(): boolean {
    return this.index === IDLE || this.index === PAST;
  }

  /** New, and there was nothing to wait for when it was made or moved: it fires as soon as it is armed. */
  get wasPast(): boolean {
    return this.index === PAST;
  }

  /** Its time has come. */
  fires(): void {
    this.index = FIRED;
  }

  /** It was not armed so far, or not with this deadline. */
  begins(wasPast: boolean): void {
    this.index = wasPast ? PAST : IDLE;
  }
}
