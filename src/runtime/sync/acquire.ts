/**
 * Getting permits, and giving them back: what every lock and every bounded channel has in common.
 *
 * @module
 */
import { mayProceed, spend } from '../budget.ts';
import { type Context, tracing } from '../context.ts';
import { PolledAfterCompletionError } from '../errors.ts';
import { Future, Pending, type Poll } from '../future.ts';
import { Resource } from '../resource.ts';
import type { Task } from '../task.ts';
import { type Claim, type PermitObserver, Permits } from './permits.ts';

/** Does the future that uses its permits right now pick up what it was granted in line? For the trace alone. */
let picksUp = false;

/** A resource that is had by its permits: a mutex has one, a semaphore some, an rwlock very many. */
export abstract class Lockable extends Resource implements PermitObserver {
  readonly permits: Permits;

  constructor(permits: number) {
    super();
    this.permits = new Permits(permits, this);
  }

  queued({ granted, missing }: Claim): void {
    tracing()?.op(this, { op: 'contended', permits: granted + missing, available: this.permits.available });
  }

  granted(claim: Claim): void {
    const { waker, granted } = claim;
    tracing()?.granted(this, waker.task, granted);
    waker.wake(this);
  }

  /** Permits were taken. */
  acquired(permits: number): void {
    tracing()?.acquired(this, permits, this.permits.available, picksUp);
  }

  /** Puts permits back. `holder` is the task that had acquired them; it may keep one, to go on as a reader. */
  release(permits: number, holder: Task | undefined, op: 'released' | 'downgraded' = 'released'): void {
    tracing()?.released(this, holder, permits, this.permits.available + permits, op);
    this.permits.add(permits);
  }
}

/**
 * Waiting for permits: `lock()`, `read()`, `acquire()`, `send()`. Its constructor is inlined into those
 * below it: see `docs/decisions.md`, "Fields of base classes".
 */
export abstract class Acquire<R> extends Future<R> {
  declare private readonly permits: Permits;
  declare private readonly count: number;
  /** Held from the first `Pending` until we answer or give up. */
  declare private claim: Claim | undefined;
  declare private done: boolean;

  constructor(permits: Permits, count: number) {
    super();
    this.permits = permits;
    this.count = count;
    this.claim = undefined;
    this.done = false;
  }

  abstract override get awaited(): Resource;

  /** The permits are ours: makes of them what the future answers. */
  protected abstract use(): R;

  /** There will never be any. For what can be closed; a lock never is. */
  protected refuse(): R {
    throw new Error(`${this.label} was refused`);
  }

  /** Has it answered, or been dropped? */
  protected get isDone(): boolean {
    return this.done;
  }

  override poll(cx: Context): Poll<R> {
    if (this.done) throw new PolledAfterCompletionError(this.label);
    if (!mayProceed(cx)) return Pending;
    const granted = this.ask(cx);
    if (granted === Pending) return Pending;
    spend();
    this.done = true;
    const claim = this.claim;
    this.claim = undefined;
    if (granted) return claim === undefined ? this.use() : this.pickUp();
    if (claim !== undefined) this.abandon(claim);
    return this.refuse();
  }

  private pickUp(): R {
    picksUp = true;
    try {
      return this.use();
    } finally {
      picksUp = false;
    }
  }

  private ask(cx: Context): boolean | Pending {
    const permits = this.permits;
    if (this.claim !== undefined) return permits.pollAcquired(this.claim, cx);
    if (permits.tryAcquire(this.count)) return true;
    if (permits.closed) return false;
    this.claim = permits.queue(this.count, cx);
    return Pending;
  }

  /** Leaves the line, and passes on what was granted. */
  protected abandon(claim: Claim): void {
    this.permits.abandon(claim);
  }

  override drop(): void {
    this.done = true;
    const claim = this.claim;
    if (claim === undefined) return;
    this.claim = undefined;
    tracing()?.op(this.awaited, { op: 'abandoned', granted: claim.missing === 0 });
    this.abandon(claim);
  }

  /** `using held = lock.lock()`, without its star, compiles: unlike other futures it still counts as never awaited. */
  override [Symbol.dispose](): void {
    this.drop();
  }
}
