/**
 * The I/O driver: tasks that wait until the host says that a socket can go on.
 *
 * The host's callbacks come between two turns of the executor. They change the state of a socket
 * first, and then wake whoever waits for that state here; the futures look at the socket again.
 *
 * @module
 */
import type { Context, Waker } from '../context.ts';
import { PolledAfterCompletionError } from '../errors.ts';
import type { Executor } from '../executor.ts';
import { Future, Pending, type Poll } from '../future.ts';
import type { Resource } from '../resource.ts';
import { type Ticket, WaitLine } from '../sync/wait-line.ts';

/** Who waits for one direction of one socket. */
export abstract class Readiness extends WaitLine {
  protected readonly executor: Executor;

  constructor(executor: Executor) {
    super();
    this.executor = executor;
  }

  /** What they wait for. */
  abstract get source(): Resource;

  /** Waits until the next {@link wakeAll}, or goes on waiting. */
  wait(place: Ticket, cx: Context): void {
    place.waker = cx.leafWaker; // The future may have moved to another task.
    if (place.inLine) return;
    this.join(place);
    this.executor.ioBegins();
  }

  /** Gives up waiting. */
  override leave(place: Ticket): void {
    if (!place.inLine) return;
    super.leave(place);
    this.executor.ioEnds();
  }

  /** The socket can go on: wakes everybody, first come first. */
  wakeAll(): void {
    const { first } = this;
    if (first === undefined) return;
    if (first.behind === undefined) {
      // Nearly always there is one: no list is made for it.
      this.leave(first);
      first.waker.wake(this.source);
      return;
    }
    for (const { waker } of this.leaveAll()) waker.wake(this.source);
  }
}

/** Who waits for something that is no such line by itself. */
export class ReadinessOf extends Readiness {
  readonly #source: Resource;

  constructor(source: Resource, executor: Executor) {
    super(executor);
    this.#source = source;
  }

  override get source(): Resource {
    return this.#source;
  }
}

/**
 * A wait for a socket: tries, and if it is too early waits until the host says to try again. It is its
 * own place in line, so that a request makes two objects, not four. Its constructor is inlined into
 * those below it: see `docs/decisions.md`, "Fields of base classes".
 */
export abstract class IoWait<T> extends Future<T> implements Ticket {
  declare private done: boolean;
  declare inLine: boolean;
  declare ahead: Ticket | undefined;
  declare behind: Ticket | undefined;
  /** Set whenever it waits. */
  declare waker: Waker;

  constructor() {
    super();
    this.done = false;
    this.inLine = false;
    this.ahead = undefined;
    this.behind = undefined;
    this.waker = undefined as never;
  }

  /** Where it waits. Asked for only if it has to: most writes never do. */
  protected abstract get readiness(): Readiness;

  override get awaited(): Resource {
    return this.readiness.source;
  }

  /** Answers the value, or `Pending` if the socket cannot go on yet. */
  protected abstract attempt(cx: Context): Poll<T>;

  /** It is dropped before it was ready. */
  protected abandon(): void {}

  override poll(cx: Context): Poll<T> {
    if (this.done) throw new PolledAfterCompletionError(this.label);
    let answer: Poll<T>;
    try {
      answer = this.attempt(cx);
    } catch (error) {
      this.finish();
      throw error;
    }
    if (answer === Pending) this.readiness.wait(this, cx);
    else this.finish();
    return answer;
  }

  private finish(): void {
    this.done = true;
    if (this.inLine) this.readiness.leave(this);
  }

  override drop(): void {
    if (this.done) return;
    this.finish();
    this.abandon();
  }
}

/** A wait that is rare enough to be two functions. */
export class IoFuture<T> extends IoWait<T> {
  readonly #label: string;
  readonly #readiness: Readiness;
  readonly #attempt: (cx: Context) => Poll<T>;
  readonly #abandon: (() => void) | undefined;

  /**
   * @param attempt see {@link IoWait.attempt}.
   * @param abandon see {@link IoWait.abandon}.
   */
  constructor(label: string, readiness: Readiness, attempt: (cx: Context) => Poll<T>, abandon?: () => void) {
    super();
    this.#label = label;
    this.#readiness = readiness;
    this.#attempt = attempt;
    this.#abandon = abandon;
  }

  override get label(): string {
    return this.#label;
  }

  protected override get readiness(): Readiness {
    return this.#readiness;
  }

  protected override attempt(cx: Context): Poll<T> {
    return this.#attempt(cx);
  }

  protected override abandon(): void {
    this.#abandon?.();
  }
}
