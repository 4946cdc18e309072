/**
 * A number of permits and a fair line for them: the one idea under locks and bounded channels.
 *
 * ```text
 *            acquire(n)                      add(n), nobody in line
 *   free ───────────────▶ held ────────────────────────────────────▶ free
 *                         ▲  │
 *                         └──┘  add(n), somebody in line:
 *                               handed straight to whoever waits longest
 * ```
 *
 * Permits are never free while somebody waits for them, so a newcomer cannot slip in between: the
 * order of the line is the order of the grants. Whoever is first in line collects permits as they
 * come until it has enough; nobody behind it gets any before.
 *
 * @module
 */
import type { Context, Waker } from '../context.ts';
import { Pending } from '../future.ts';
import { Ticket, WaitLine } from './wait-line.ts';

/** A place in the line for `missing` more permits. Zero means that all were granted. */
export class Claim extends Ticket {
  missing: number;
  /** How many were granted so far; they go back if the claim is given up. */
  granted: number;

  constructor(waker: Waker, granted: number, missing: number) {
    super(waker);
    this.granted = granted;
    this.missing = missing;
  }
}

/** Told what happens to claims, so that the trace can say it in the words of the lock or channel. */
export interface PermitObserver {
  /** A claim had to join the line. */
  queued(claim: Claim): void;
  /** A claim in the line has all its permits now; it is woken next. */
  granted(claim: Claim): void;
}

/** Permits, and who waits for them. */
export class Permits {
  readonly #line = new WaitLine<Claim>();
  readonly #observer: PermitObserver;
  #available: number;
  #closed = false;

  constructor(count: number, observer: PermitObserver) {
    this.#available = count;
    this.#observer = observer;
  }

  /** How many are free. 0 while somebody waits. */
  get available(): number {
    return this.#available;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Takes `count` permits if they are free right now. */
  tryAcquire(count = 1): boolean {
    if (this.#closed || this.#available < count) return false;
    this.#available -= count;
    return true;
  }

  /**
   * Asks again for the permits of a claim.
   *
   * @returns `true` with the permits, `false` if there will never be any, `Pending` while in line.
   */
  pollAcquired(claim: Claim, cx: Context): boolean | Pending {
    if (this.#closed) return false;
    if (claim.missing === 0) return true;
    claim.waker = cx.leafWaker;
    return Pending;
  }

  /** Joins the line for `count` permits, taking those that are free along. */
  queue(count: number, cx: Context): Claim {
    const granted = Math.min(this.#available, count);
    const claim = new Claim(cx.leafWaker, granted, count - granted);
    this.#available -= granted;
    this.#line.join(claim);
    this.#observer.queued(claim);
    return claim;
  }

  /** Gives a claim up: leaves the line, and passes on what was granted. */
  abandon(claim: Claim): void {
    this.#line.leave(claim);
    const { granted } = claim;
    claim.granted = 0;
    // Granted, but nobody will use it: passed on, or everyone behind waits for ever.
    this.add(granted);
  }

  /** Puts permits back, or new ones in: to those in line first, in their order. */
  add(count: number): void {
    const first = this.#line.first;
    if (first === undefined) {
      this.#available += count;
      return;
    }
    // One for the one who needs one: all that locks and channels ever ask for.
    if (count === 1 && first.missing === 1) {
      this.#serve(first, 1);
      this.#observer.granted(first);
      return;
    }
    this.#addMany(count);
  }

  #addMany(count: number): void {
    let left = count;
    const served: Claim[] = [];
    for (let claim = this.#line.first; claim !== undefined && left > 0; claim = this.#line.first) {
      const given = Math.min(claim.missing, left);
      left -= given;
      if (this.#serve(claim, given)) served.push(claim);
    }
    this.#available += left;
    // Wake last: a waker is foreign code and may come straight back to us.
    for (const claim of served) this.#observer.granted(claim);
  }

  /** Answers whether the claim has all it needs: then it leaves the line. */
  #serve(claim: Claim, given: number): boolean {
    claim.granted += given;
    claim.missing -= given;
    if (claim.missing > 0) return false;
    this.#line.leave(claim);
    return true;
  }

  /** Takes away up to `count` permits that are free, for good. Answers how many. */
  forget(count: number): number {
    const forgotten = Math.min(count, this.#available);
    this.#available -= forgotten;
    return forgotten;
  }

  /** No more permits for anybody: those in line are woken, first come first, to hear it. */
  close(wake: (claim: Claim) => void): void {
    this.#closed = true;
    for (const claim of this.#line.leaveAll()) wake(claim);
  }
}
