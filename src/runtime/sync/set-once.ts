/**
 * A value that somebody sets once, and that any number of tasks wait for.
 *
 * @module
 */
import { type Context, tracing } from '../context.ts';
import { RuntimeError } from '../errors.ts';
import { Future, Pending, type Poll } from '../future.ts';
import { Resource, type ResourceKind } from '../resource.ts';
import { stand, type Ticket, WaitLine } from './wait-line.ts';

/** A {@link SetOnce} has a value already. `value` is the one that came too late. */
export class SetOnceError<T = unknown> extends RuntimeError {
  readonly value: T;

  /** @internal */
  constructor(value: T) {
    super('SetOnceError');
    this.value = value;
  }
}

class State<T> extends Resource {
  readonly line = new WaitLine();
  filled: { readonly value: T } | undefined = undefined;

  override get kind(): ResourceKind {
    return 'once';
  }
}

/**
 * Announces one value to whoever wants it, now or later: an address that is known once a server
 * listens. A {@link OnceCell} makes its value when it is needed first; here somebody else brings it.
 *
 * @example
 * ```ts
 * const address = new SetOnce<string>();
 * const client = spawn(address.wait());
 * yield* sleep(5);
 * address.set('127.0.0.1:8080');
 * [yield* client, address.get()]; // => ['127.0.0.1:8080', '127.0.0.1:8080']
 * ```
 */
export class SetOnce<T> {
  readonly #state = new State<T>();

  /** The value, or `undefined` if there is none yet. */
  get(): T | undefined {
    return this.#state.filled?.value;
  }

  /** Is there a value? */
  initialized(): boolean {
    return this.#state.filled !== undefined;
  }

  /** Sets the value, and wakes everybody who waits for it. @throws {SetOnceError} the second time. */
  set(value: T): void {
    const state = this.#state;
    if (state.filled !== undefined) throw new SetOnceError(value);
    state.filled = { value };
    tracing()?.op(state, { op: 'initialized' });
    for (const { waker } of state.line.leaveAll()) waker.wake(state);
  }

  /**
   * Waits for the value.
   *
   * **Order:** first come, first woken. **Cancel safety:** nothing is lost.
   */
  wait(): Future<T> {
    return new Wait(this.#state);
  }
}

class Wait<T> extends Future<T> {
  readonly #state: State<T>;
  #ticket: Ticket | undefined = undefined;

  constructor(state: State<T>) {
    super();
    this.#state = state;
  }

  override get label(): string {
    return 'wait()';
  }

  override get awaited(): Resource {
    return this.#state;
  }

  // Not budgeted, as in Tokio: it is set once, so it cannot keep a task busy.
  override poll(cx: Context): Poll<T> {
    const { filled } = this.#state;
    if (filled !== undefined) return filled.value;
    this.#ticket = stand(this.#state.line, this.#ticket, cx);
    return Pending;
  }

  override drop(): void {
    this.#state.line.leave(this.#ticket);
  }
}
