/**
 * A wait in one line, for something that may be true already: try, register, try again.
 *
 * @module
 */
import { mayProceed, spend } from '../budget.ts';
import type { Context } from '../context.ts';
import { PolledAfterCompletionError } from '../errors.ts';
import { Future, Pending, type Poll } from '../future.ts';
import type { Resource } from '../resource.ts';
import { stand, type Ticket, type WaitLine } from './wait-line.ts';

/**
 * Tries at every poll, and stands in line in between. Whoever calls the line takes everybody out of
 * it; who finds that it was woken for nothing joins again, at the end. Its constructor is inlined into
 * those below it: see `docs/decisions.md`, "Fields of base classes".
 */
export abstract class Waiting<T> extends Future<T> {
  declare private readonly line: WaitLine;
  declare private place: Ticket | undefined;
  declare private done: boolean;

  constructor(line: WaitLine) {
    super();
    this.line = line;
    this.place = undefined;
    this.done = false;
  }

  abstract override get awaited(): Resource;

  /** Where it stands, if it does. */
  protected get ticket(): Ticket | undefined {
    return this.place;
  }

  /** The value, if it is there. What it throws is an answer as well. */
  protected abstract attempt(): Poll<T>;

  /** It stands in line with this ticket. */
  protected registered(_ticket: Ticket): void {}

  override poll(cx: Context): Poll<T> {
    if (this.done) throw new PolledAfterCompletionError(this.label);
    if (!mayProceed(cx)) return Pending;
    let answered = true;
    try {
      const answer = this.attempt();
      answered = answer !== Pending;
      if (answered) return answer;
    } finally {
      if (answered) this.finish();
    }
    this.place = stand(this.line, this.place, cx);
    this.registered(this.place);
    return Pending;
  }

  private finish(): void {
    this.done = true;
    this.drop();
    spend();
  }

  override drop(): void {
    this.line.leave(this.place);
    this.place = undefined;
  }
}
