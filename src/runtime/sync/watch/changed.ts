/**
 * Waiting for a value that was not seen yet.
 *
 * @module
 */
import { Pending, type Poll } from '../../future.ts';
import type { Resource } from '../../resource.ts';
import { RecvError, SharedReceiverError, UsedAfterDropError } from '../channel-errors.ts';
import type { Ticket } from '../wait-line.ts';
import { Waiting } from '../waiting.ts';
import type { Channel, Seen } from './channel.ts';

/** What both waits of a receiver have in common. */
abstract class Look<T, R> extends Waiting<R> {
  protected readonly channel: Channel<T>;
  readonly #seen: Seen;

  constructor(channel: Channel<T>, seen: Seen) {
    super(channel.line);
    this.channel = channel;
    this.#seen = seen;
  }

  override get awaited(): Resource {
    return this.channel;
  }

  protected override registered(ticket: Ticket): void {
    this.#seen.ticket = ticket;
  }

  /** Is there something new? From now on it is seen. @throws {RecvError} if there never will be; {@link SharedReceiverError} if it could not wait for it. */
  protected see(): boolean {
    const { channel } = this;
    const seen = this.#seen;
    if (seen.gone) throw new UsedAfterDropError('receiver');
    if (seen.version !== channel.version) {
      seen.version = channel.version;
      return true;
    }
    if (channel.senders === 0) throw new RecvError();
    if (seen.ticket?.inLine && seen.ticket !== this.ticket) {
      throw new SharedReceiverError('give each task its own, by `clone()`');
    }
    return false;
  }

  /** Whatever there is counts as seen now. */
  protected seeAnyway(): void {
    if (this.#seen.gone) throw new UsedAfterDropError('receiver');
    this.#seen.version = this.channel.version;
  }
}

/** `rx.changed()` */
export class Changed<T> extends Look<T, void> {
  override get label(): string {
    return 'changed()';
  }

  protected override attempt(): Poll<void> {
    return this.see() ? undefined : Pending;
  }
}

/** `rx.waitFor(predicate)` */
export class WaitFor<T> extends Look<T, T> {
  readonly #isIt: (value: T) => boolean;
  #asked = false;

  constructor(channel: Channel<T>, seen: Seen, isIt: (value: T) => boolean) {
    super(channel, seen);
    this.#isIt = isIt;
  }

  override get label(): string {
    return 'waitFor()';
  }

  protected override attempt(): Poll<T> {
    if (!this.#asked) {
      // The first look is at what is there, seen or not, also after the last sender is gone.
      this.#asked = true;
      this.seeAnyway();
      const { value } = this.channel;
      if (this.#isIt(value)) return value;
    }
    while (this.see()) {
      const { value } = this.channel;
      if (this.#isIt(value)) return value;
    }
    return Pending;
  }
}
