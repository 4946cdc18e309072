/**
 * A channel for one value, once: the answer to a question that was sent elsewhere.
 *
 * @module
 */
import { mayProceed, spend } from '../budget.ts';
import { type Context, tracing, type Waker } from '../context.ts';
import { PolledAfterCompletionError } from '../errors.ts';
import { Future, Pending, type Poll } from '../future.ts';
import { Resource, type ResourceKind } from '../resource.ts';
import { drop } from '../task.ts';
import { RecvError, SendError, TryRecvError } from './channel-errors.ts';
import { type Closable, Closed } from './closed.ts';
import { WaitLine } from './wait-line.ts';

/** What both ends share. */
class State<T> extends Resource implements Closable {
  /** Invariant: set once, by `send`; emptied by the receiver. */
  value: { readonly sent: T } | undefined = undefined;
  /** The sender has sent, or is gone. */
  complete = false;
  /** The receiver is gone, or has closed: nothing can be sent any more. */
  closed = false;
  receiver: Waker | undefined = undefined;
  /** The sender's task, while it waits in `closed()`. */
  readonly watchers = new WaitLine();

  override get kind(): ResourceKind {
    return 'oneshot';
  }

  /** The sender is done. Answers `false` if nobody will hear of it. */
  finish(value: { readonly sent: T } | undefined): boolean {
    if (this.complete) return false;
    this.complete = true;
    if (this.closed) return false;
    this.value = value;
    tracing()?.op(this, value ? { op: 'sent', length: 1, capacity: 1 } : { op: 'closed', by: 'senders' });
    this.#wakeReceiver();
    return true;
  }

  #wakeReceiver(): void {
    const { receiver } = this;
    this.receiver = undefined;
    receiver?.wake(this);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const { waker } of this.watchers.leaveAll()) waker.wake(this);
    if (this.complete) return;
    tracing()?.op(this, { op: 'closed', by: 'receiver' });
    this.#wakeReceiver();
  }

  /** Takes what was sent. @throws {RecvError} if nothing was. */
  take(): T {
    const { value } = this;
    this.value = undefined;
    if (value === undefined) throw new RecvError();
    tracing()?.op(this, { op: 'received', length: 0, capacity: 1 });
    return value.sent;
  }
}

/**
 * A channel for one value: `const [tx, rx] = oneshot.channel<string>()`.
 *
 * @example
 * ```ts
 * const [tx, rx] = oneshot.channel<string>();
 * tx.send('tea');
 * yield* rx; // => 'tea'
 * ```
 */
export function channel<T>(): [Sender<T>, Receiver<T>] {
  const state = new State<T>();
  return [new Sender(state), new Receiver(state)];
}

/**
 * Sends the one value. Dropping it unsent tells the receiver that none will come.
 *
 * @example
 * ```ts
 * const [tx, rx] = oneshot.channel<string>();
 * tx[Symbol.dispose]();
 * try {
 *   yield* rx;
 * } catch (error) {
 *   error instanceof RecvError; // => true
 * }
 * ```
 */
export class Sender<T> implements Disposable {
  readonly #state: State<T>;

  /** @internal */
  constructor(state: State<T>) {
    this.#state = state;
  }

  /**
   * Sends the value. Never waits.
   *
   * @throws {SendError} with the value, if the receiver is gone or something was sent before.
   */
  send(value: T): void {
    if (!this.#state.finish({ sent: value })) throw new SendError(value);
  }

  /** Is the receiver gone? */
  isClosed(): boolean {
    return this.#state.closed;
  }

  /**
   * Waits until the receiver is gone: a reason to stop working on the answer.
   *
   * **Cancel safety:** nothing is lost.
   */
  closed(): Future<void> {
    return new Closed(this.#state, { budgeted: true });
  }

  /** Gives up without sending. After a send it does nothing. */
  [Symbol.dispose](): void {
    this.#state.finish(undefined);
  }
}

/**
 * Receives the one value: `yield* rx`.
 *
 * Losing a `select` or a `timeout` with it drops it, and closes the channel; lend it with `ref`
 * to try again.
 *
 * **Cancel safety:** nothing is lost while it is lent.
 *
 * @throws {RecvError} from `yield*`, if no value will come.
 *
 * @example
 * ```ts
 * const [tx, rx] = oneshot.channel<string>();
 * spawn(function* () { yield* sleep(5); tx.send('tea'); }());
 * const early = yield* select({ answer: ref(rx), impatience: sleep(1) });
 * early.branch; // => 'impatience'
 * yield* rx; // => 'tea'
 * ```
 */
export class Receiver<T> extends Future<T> {
  readonly #state: State<T>;
  #taken = false;

  /** @internal */
  constructor(state: State<T>) {
    super();
    this.#state = state;
  }

  override get mayBeIgnored(): boolean {
    return true;
  }

  override get label(): string {
    return 'receive()';
  }

  override get awaited(): Resource {
    return this.#state;
  }

  override poll(cx: Context): Poll<T> {
    if (this.#taken) throw new PolledAfterCompletionError(this.label, 'called after complete');
    if (!mayProceed(cx)) return Pending;
    const state = this.#state;
    if (!state.complete && !state.closed) {
      state.receiver = cx.leafWaker;
      return Pending;
    }
    spend();
    this.#taken = true;
    return state.take();
  }

  /**
   * Takes the value if it is there right now.
   *
   * @throws {TryRecvError} that `isEmpty()` if it may still come, or `isDisconnected()`.
   */
  tryRecv(): T {
    const state = this.#state;
    if (state.value === undefined) {
      const over = this.#taken || state.complete || state.closed;
      this.#taken = over;
      throw over ? new TryRecvError('disconnected', 'channel closed') : new TryRecvError('empty', 'channel empty');
    }
    this.#taken = true;
    return state.take();
  }

  /** Is there no value to take right now? Also when it was taken. */
  isEmpty(): boolean {
    return this.#state.value === undefined;
  }

  /** Has it answered? Awaiting it again throws. */
  isTerminated(): boolean {
    return this.#taken;
  }

  /** Refuses what has not been sent yet. A value that was sent before can still be received. */
  close(): void {
    this.#state.close();
  }

  override drop(): void {
    const state = this.#state;
    state.receiver = undefined;
    state.close();
    const { value } = state;
    state.value = undefined;
    if (value === undefined) return;
    tracing()?.op(state, { op: 'discarded', length: 0, capacity: 1 });
    drop(value.sent);
  }
}
