/**
 * What all handles of a watch channel share.
 *
 * @module
 */
import { tracing } from '../../context.ts';
import type { ResourceKind } from '../../resource.ts';
import type { Closable } from '../closed.ts';
import { SentChannel } from '../sent-channel.ts';
import { type Ticket, WaitLine } from '../wait-line.ts';

/** What a receiver has seen, shared by it and its waits. */
export class Seen {
  /** The version that it has seen. Any other one is news. */
  version: number;
  gone = false;
  /** Where it waits, if it does. */
  ticket: Ticket | undefined = undefined;

  constructor(version: number) {
    this.version = version;
  }
}

/** The value, how often it has changed, and who is there to send and to look. */
export class Channel<T> extends SentChannel implements Closable {
  value: T;
  /** How often the value was replaced. */
  version = 0;
  receivers = 1;
  /** Receivers that wait for a change. */
  readonly line = new WaitLine();
  /** Senders that wait in `closed()`. */
  readonly watchers = new WaitLine();

  constructor(value: T) {
    super();
    this.value = value;
    tracing()?.resource(this);
  }

  override get kind(): ResourceKind {
    return 'watch';
  }

  /** Nobody looks any more. Another receiver may come. */
  get closed(): boolean {
    return this.receivers === 0;
  }

  /** The value is another one, or counts as one. */
  changed(): void {
    this.version += 1;
    tracing()?.op(this, { op: 'changed', version: this.version });
    this.#wakeAll(this.line);
  }

  protected override sendersGone(): void {
    tracing()?.op(this, { op: 'closed', by: 'senders' });
    this.#wakeAll(this.line);
  }

  receiverGone(seen: Seen): void {
    this.receivers -= 1;
    if (this.closed) {
      if (this.senders > 0) tracing()?.op(this, { op: 'closed', by: 'receiver' });
      this.#wakeAll(this.watchers);
    }
    this.wake(seen);
  }

  /** Wakes a receiver that waits, alone: in Rust nobody could touch it meanwhile, here a program can. */
  wake({ ticket }: Seen): void {
    if (!ticket?.inLine) return;
    this.line.leave(ticket);
    ticket.waker.wake(this);
  }

  #wakeAll(line: WaitLine): void {
    for (const { waker } of line.leaveAll()) waker.wake(this);
  }
}
