/**
 * What channels with many senders have in common: when the last one is gone the receivers hear it.
 *
 * Each sender has a number, for the trace alone: a program that waits for a message which nobody will
 * send is told which sender was never dropped, and where it was made.
 *
 * @module
 */
import { tracing } from '../context.ts';
import { Resource } from '../resource.ts';

/** Counts its senders. It begins with one, number 1. */
export abstract class SentChannel extends Resource {
  /** How many there are. */
  senders = 1;
  #latest = 1;

  /** Is nobody left who could send? */
  get abandoned(): boolean {
    return this.senders === 0;
  }

  /** Nobody is left who could send: tells of it, and wakes whom it concerns. */
  protected abstract sendersGone(): void;

  /** There is one more sender. Answers its number. */
  addSender(): number {
    this.senders += 1;
    this.#latest += 1;
    tracing()?.cloned(this, this.#latest, this.senders);
    return this.#latest;
  }

  /** A sender is gone. */
  senderGone(sender: number): void {
    this.senders -= 1;
    if (this.abandoned) this.sendersGone();
    else tracing()?.op(this, { op: 'disposed', sender, senders: this.senders });
  }
}
