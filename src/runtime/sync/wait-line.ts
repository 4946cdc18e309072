/**
 * The line that tasks stand in, wherever they wait for one another.
 *
 * A doubly linked list, because a cancelled task leaves from the middle: joining, leaving and
 * being first take constant time, however long the line is.
 *
 * @module
 */
import type { Context, Waker } from '../context.ts';

/** A place in a line. Its constructor is inlined into those below it: see `docs/decisions.md`, "Fields of base classes". */
export class Ticket {
  /** The waker of the task that polled last. */
  declare waker: Waker;
  /** Invariant: `true` exactly while it stands in a line. */
  declare inLine: boolean;
  declare ahead: Ticket | undefined;
  declare behind: Ticket | undefined;

  constructor(waker: Waker) {
    this.waker = waker;
    this.inLine = false;
    this.ahead = undefined;
    this.behind = undefined;
  }
}

/** First come, first called. */
export class WaitLine<T extends Ticket = Ticket> {
  #first: T | undefined = undefined;
  #last: T | undefined = undefined;

  /** Who has waited longest. */
  get first(): T | undefined {
    return this.#first;
  }

  /** Who came last. */
  get last(): T | undefined {
    return this.#last;
  }

  /** Takes the place behind everybody. */
  join(ticket: T): void {
    ticket.inLine = true;
    ticket.ahead = this.#last;
    if (this.#last === undefined) this.#first = ticket;
    else this.#last.behind = ticket;
    this.#last = ticket;
  }

  /** Gives up a place, from wherever it is. Once is enough; twice does nothing. */
  leave(ticket: T | undefined): void {
    if (!ticket?.inLine) return;
    ticket.inLine = false;
    if (ticket.ahead === undefined) this.#first = ticket.behind as T | undefined;
    else ticket.ahead.behind = ticket.behind;
    if (ticket.behind === undefined) this.#last = ticket.ahead as T | undefined;
    else ticket.behind.ahead = ticket.ahead;
    ticket.ahead = undefined;
    ticket.behind = undefined;
  }

  /** Everybody, the longest waiting first. Nobody may come or go meanwhile. */
  *[Symbol.iterator](): Generator<T> {
    for (let ticket = this.#first; ticket !== undefined; ticket = ticket.behind as T | undefined) yield ticket;
  }

  /** Takes everybody out, the longest waiting first. */
  leaveAll(): T[] {
    const tickets: T[] = [];
    for (let ticket = this.#first; ticket !== undefined; ticket = this.#first) {
      this.leave(ticket);
      tickets.push(ticket);
    }
    return tickets;
  }
}

/**
 * Stands in line, or goes on standing there: what a future does that is not ready.
 *
 * @returns the place, to be given back when the future asks again or is dropped.
 */
export function stand(line: WaitLine, ticket: Ticket | undefined, { leafWaker }: Context): Ticket {
  if (ticket?.inLine) {
    ticket.waker = leafWaker; // The future may have moved to another task.
    return ticket;
  }
  const place = new Ticket(leafWaker);
  line.join(place);
  return place;
}
