/**
 * Sending that came to nothing gives the message back.
 *
 * @module
 */
import { RuntimeError } from '../errors.ts';

/** Nobody is left to receive. `value` is the message. */
export class SendError<T = unknown> extends RuntimeError {
  readonly value: T;

  constructor(value: T) {
    super('channel closed: nobody is left to receive');
    this.value = value;
  }
}

/** `trySend` could not send right now, or not at all. `value` is the message. */
export class TrySendError<T = unknown> extends RuntimeError {
  readonly value: T;
  readonly #why: 'full' | 'closed';

  /** @internal */
  constructor(value: T, why: 'full' | 'closed') {
    super(why === 'full' ? 'no room in the channel right now' : 'channel closed: nobody is left to receive');
    this.value = value;
    this.#why = why;
  }

  /** There is no room right now. */
  isFull(): boolean {
    return this.#why === 'full';
  }

  /** Nobody will ever receive it. */
  isClosed(): boolean {
    return this.#why === 'closed';
  }
}

/** `sendTimeout` found no room in time. `value` is the message. */
export class SendTimeoutError<T = unknown> extends RuntimeError {
  readonly value: T;

  /** @internal */
  constructor(value: T) {
    super('no room in the channel before the deadline');
    this.value = value;
  }
}

/** A sender, receiver or permit was used after it had been dropped or used up. */
export class UsedAfterDropError extends RuntimeError {
  constructor(what: string) {
    super(`this ${what} was dropped, and cannot be used any more`);
  }
}
