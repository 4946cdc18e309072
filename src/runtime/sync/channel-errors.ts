/**
 * What can go wrong in a channel, in Tokio's words. Sending that came to nothing gives the message
 * back.
 *
 * @module
 */
import { RuntimeError } from '../errors.ts';

/** Nobody is left to receive. `value` is the message. */
export class SendError<T = unknown> extends RuntimeError {
  readonly value: T;

  constructor(value: T) {
    super('channel closed');
    this.value = value;
  }
}

/** `trySend` could not send right now, or not at all. `value` is the message. */
export class TrySendError<T = unknown> extends RuntimeError {
  readonly value: T;
  readonly #why: 'full' | 'closed';

  /** @internal */
  constructor(value: T, why: 'full' | 'closed') {
    super(why === 'full' ? 'no available capacity' : 'channel closed');
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

/** `sendTimeout` could not send in time, or not at all. `value` is the message. */
export class SendTimeoutError<T = unknown> extends RuntimeError {
  readonly value: T;
  readonly #why: 'timeout' | 'closed';

  /** @internal */
  constructor(value: T, why: 'timeout' | 'closed') {
    super(why === 'timeout' ? 'timed out waiting on send operation' : 'channel closed');
    this.value = value;
    this.#why = why;
  }

  /** There was no room in time. */
  isTimeout(): boolean {
    return this.#why === 'timeout';
  }

  /** Nobody will ever receive it. */
  isClosed(): boolean {
    return this.#why === 'closed';
  }
}

/** Nothing will come: every sender is gone, or the receiver had closed before. */
export class RecvError extends RuntimeError {
  constructor() {
    super('channel closed');
  }
}

/**
 * A receiver of a broadcast channel was too slow, and messages were lost to it. It goes on with the
 * oldest one that is kept.
 */
export class LaggedError extends RuntimeError {
  /** How many messages it has lost. */
  readonly skipped: number;

  constructor(skipped: number) {
    super(`channel lagged by ${skipped}`);
    this.skipped = skipped;
  }
}

/** `tryRecv` found nothing. */
export class TryRecvError extends RuntimeError {
  readonly #why: 'empty' | 'disconnected';

  /** @internal */
  constructor(why: 'empty' | 'disconnected', message: string) {
    super(message);
    this.#why = why;
  }

  /** Something may still come. */
  isEmpty(): boolean {
    return this.#why === 'empty';
  }

  /** Nothing will come. */
  isDisconnected(): boolean {
    return this.#why === 'disconnected';
  }
}

/** A sender, receiver or permit was used after it had been dropped or used up. */
export class UsedAfterDropError extends RuntimeError {
  constructor(what: string) {
    super(`this ${what} was dropped, and cannot be used any more`);
  }
}

/** Two tasks wait at one receiver. In Rust the compiler refuses that: a wait borrows its receiver. */
export class SharedReceiverError extends RuntimeError {
  constructor(instead: string) {
    super(`somebody waits at this receiver already, and only one can at a time: ${instead}`);
  }
}
