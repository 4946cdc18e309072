/**
 * Waiting until the other end of a channel is gone.
 *
 * @module
 */
import { mayProceed, spend } from '../budget.ts';
import type { Context } from '../context.ts';
import { Future, Pending, type Poll } from '../future.ts';
import type { Resource } from '../resource.ts';
import { stand, type Ticket, type WaitLine } from './wait-line.ts';

/** A channel whose end can be waited for. */
export interface Closable extends Resource {
  readonly closed: boolean;
  /** Who waits; the channel wakes them all when it closes. */
  readonly watchers: WaitLine;
}

/** Ready once the channel is closed by its receiver, or has none left. */
export class Closed extends Future<void> {
  readonly #channel: Closable;
  readonly #budgeted: boolean;
  #ticket: Ticket | undefined = undefined;

  /** @param budgeted does an answer cost a unit? In Tokio that of a oneshot and a watch channel does. */
  constructor(channel: Closable, { budgeted }: { readonly budgeted: boolean }) {
    super();
    this.#channel = channel;
    this.#budgeted = budgeted;
  }

  override get label(): string {
    return 'closed()';
  }

  override get awaited(): Resource {
    return this.#channel;
  }

  override poll(cx: Context): Poll<void> {
    if (this.#budgeted && !mayProceed(cx)) return Pending;
    if (this.#channel.closed) {
      if (this.#budgeted) spend();
      return undefined;
    }
    // Also after a wake: somebody may have subscribed meanwhile.
    this.#ticket = stand(this.#channel.watchers, this.#ticket, cx);
    return Pending;
  }

  override drop(): void {
    this.#channel.watchers.leave(this.#ticket);
  }
}
