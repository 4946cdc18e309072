/**
 * The I/O driver: tasks that wait until the host says that a socket can go on.
 *
 * The host's callbacks come between two turns of the executor. They change the state of a socket
 * first, and then wake whoever waits for that state here; the futures look at the socket again.
 *
 * @module
 */
import type { Context } from '../context.ts';
import { PolledAfterCompletionError } from '../errors.ts';
import type { Executor } from '../executor.ts';
import { Future, Pending, type Poll } from '../future.ts';
import type { Resource } from '../resource.ts';
import { Ticket, WaitLine } from '../sync/wait-line.ts';

/** Who waits for one direction of one socket. */
export class Readiness {
  readonly #executor: Executor;
  readonly #source: Resource;
  readonly #line = new WaitLine();

  constructor(executor: Executor, source: Resource) {
    this.#executor = executor;
    this.#source = source;
  }

  get source(): Resource {
    return this.#source;
  }

  /** Waits until the next {@link wakeAll}. Answers the place in line, to be given back. */
  wait(cx: Context, ticket: Ticket | undefined): Ticket {
    if (ticket?.inLine) {
      ticket.waker = cx.leafWaker;
      return ticket;
    }
    const place = new Ticket(cx.leafWaker);
    this.#line.join(place);
    this.#executor.ioBegins();
    return place;
  }

  /** Gives up waiting. */
  leave(ticket: Ticket | undefined): void {
    if (!ticket?.inLine) return;
    this.#line.leave(ticket);
    this.#executor.ioEnds();
  }

  /** The socket can go on: wakes everybody, first come first. */
  wakeAll(): void {
    if (this.#line.first === undefined) return;
    for (const { waker } of this.#line.leaveAll()) {
      this.#executor.ioEnds();
      waker.wake(this.#source);
    }
  }
}

/** A wait for a socket: tries, and if it is too early waits until the host says to try again. */
export abstract class IoWait<T> extends Future<T> {
  readonly #readiness: Readiness;
  #ticket: Ticket | undefined = undefined;
  #done = false;

  constructor(readiness: Readiness) {
    super();
    this.#readiness = readiness;
  }

  override get awaited(): Resource {
    return this.#readiness.source;
  }

  /** Answers the value, or `Pending` if the socket cannot go on yet. */
  protected abstract attempt(cx: Context): Poll<T>;

  /** It is dropped before it was ready. */
  protected abandon(): void {}

  override poll(cx: Context): Poll<T> {
    if (this.#done) throw new PolledAfterCompletionError(this.label);
    let answer: Poll<T>;
    try {
      answer = this.attempt(cx);
    } catch (error) {
      this.#finish();
      throw error;
    }
    if (answer === Pending) this.#ticket = this.#readiness.wait(cx, this.#ticket);
    else this.#finish();
    return answer;
  }

  #finish(): void {
    this.#done = true;
    this.#readiness.leave(this.#ticket);
  }

  override drop(): void {
    if (this.#done) return;
    this.#finish();
    this.abandon();
  }
}

/** A wait that is rare enough to be two functions. */
export class IoFuture<T> extends IoWait<T> {
  readonly #label: string;
  readonly #attempt: (cx: Context) => Poll<T>;
  readonly #abandon: (() => void) | undefined;

  /**
   * @param attempt see {@link IoWait.attempt}.
   * @param abandon see {@link IoWait.abandon}.
   */
  constructor(label: string, readiness: Readiness, attempt: (cx: Context) => Poll<T>, abandon?: () => void) {
    super(readiness);
    this.#label = label;
    this.#attempt = attempt;
    this.#abandon = abandon;
  }

  override get label(): string {
    return this.#label;
  }

  protected override attempt(cx: Context): Poll<T> {
    return this.#attempt(cx);
  }

  protected override abandon(): void {
    this.#abandon?.();
  }
}
