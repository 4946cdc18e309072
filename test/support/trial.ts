/**
 * A primitive next to a plain model of it. Both are told the same and must say the same, step by
 * step: what each wait answers, who is woken and in which order, and all that is seen from outside.
 */
import { type Awaitable, Context, dropFuture, Pending, pollFuture, Waker } from 'async-lessons';
import { expect } from 'vitest';

/** What a primitive must do, written down with arrays and counters: it knows of no wakers and no futures. */
export abstract class Model {
  #woken: number[] = [];

  /** What the next poll of this wait answers, in words; `Pending` while it has to wait. */
  abstract poll(who: number): unknown;

  /** The wait is given up. */
  abstract drop(who: number): void;

  /** Everything that can be seen from outside. */
  abstract seen(): unknown;

  wake(...whom: readonly number[]): void {
    this.#woken.push(...whom);
  }

  /** Who was woken since the last time, first woken first. */
  takeWoken(): readonly number[] {
    return this.#woken.splice(0);
  }
}

/** A primitive, its model, and what can be done with both. */
export interface Subject<R, M extends Model> {
  readonly real: R;
  readonly model: M;
  /** Ways to wait: each makes a future and tells the model. */
  readonly waits: Readonly<Record<string, (who: number, n: number) => Awaitable<unknown>>>;
  /** Everything else: does it to both, and compares what they answer. */
  readonly steps: Readonly<Record<string, (trial: Trial<R, M>, n: number) => void>>;
  /** What the model calls an answer; the answer itself if left out. */
  word?(answer: unknown): unknown;
  seen(): unknown;
  /** What a wait has answered is not needed any more. */
  letGo?(who: number, answer: unknown): void;
  /** Everybody has gone: what must be true now. */
  atRest?(): void;
}

/** Somebody who waits. */
interface Wait {
  readonly future: Awaitable<unknown>;
  /** The waker of the last poll. */
  waker: NamedWaker | undefined;
  /** What a greedy waker has heard, before it is compared. */
  readonly early: Answer[];
  polling: boolean;
}

type Answer = { readonly value: unknown } | { readonly error: unknown };

function isOver(answer: Answer): boolean {
  return !('value' in answer) || answer.value !== Pending;
}

/** Is told whom the primitive wakes. */
class NamedWaker extends Waker {
  readonly who: number;
  /** Has nothing been polled for another one since? */
  isLast = true;
  readonly #woken: NamedWaker[];
  readonly #then: (waker: NamedWaker) => void;

  constructor(who: number, woken: NamedWaker[], then: (waker: NamedWaker) => void) {
    super();
    this.who = who;
    this.#woken = woken;
    this.#then = then;
  }

  override wake(): void {
    this.#woken.push(this);
    this.#then(this);
  }
}

/** One run of a program with a primitive and its model. */
export class Trial<R, M extends Model> {
  readonly subject: Subject<R, M>;
  readonly real: R;
  readonly model: M;
  /** What the waits have answered that ended well, until it is let go. */
  readonly kept = new Map<number, unknown>();
  readonly #waits = new Map<number, Wait>();
  readonly #woken: NamedWaker[] = [];
  readonly #greedy: boolean;
  readonly #onWoken: (who: number) => void;
  #next = 0;

  /**
   * @param greedy whether a waker comes straight back and polls.
   * @param onWoken told of everybody who is woken.
   */
  constructor(subject: Subject<R, M>, greedy = false, onWoken: (who: number) => void = () => {}) {
    this.subject = subject;
    this.real = subject.real;
    this.model = subject.model;
    this.#greedy = greedy;
    this.#onWoken = onWoken;
  }

  /** Everybody who waits, in the order in which they were made. */
  get waiting(): readonly number[] {
    return [...this.#waits.keys()];
  }

  futureOf(who: number): Awaitable<unknown> | undefined {
    return this.#waits.get(who)?.future;
  }

  /** Makes a wait that nobody has polled so far. */
  make(kind: string, n: number): number {
    const who = this.#next++;
    const future = this.subject.waits[kind]?.(who, n) as Awaitable<unknown>;
    this.#waits.set(who, { future, waker: undefined, early: [], polling: false });
    return who;
  }

  /** Polls a wait, for a waker of its own unless it moves to another one. Answers what it answered. */
  poll(who: number, moved = false, then: () => void = () => {}): Answer {
    const wait = this.#waits.get(who) as Wait;
    if (wait.waker === undefined || moved) {
      if (wait.waker !== undefined) wait.waker.isLast = false;
      wait.waker = new NamedWaker(who, this.#woken, (waker) => {
        then();
        if (this.#greedy) this.#pollEarly(waker);
      });
    }
    const answer = this.#ask(wait);
    this.#answered(who, wait, answer);
    this.settle();
    return answer;
  }

  #ask(wait: Wait): Answer {
    wait.polling = true;
    try {
      return { value: pollFuture(wait.future, new Context(wait.waker as Waker)) };
    } catch (error) {
      return { error };
    } finally {
      wait.polling = false;
    }
  }

  #pollEarly(waker: NamedWaker): void {
    const wait = this.#waits.get(waker.who);
    if (wait === undefined || wait.waker !== waker || wait.polling || wait.early.some(isOver)) return;
    wait.early.push(this.#ask(wait));
  }

  #answered(who: number, wait: Wait, answer: Answer): void {
    agree(this.#inWords(answer), this.model.poll(who), `the poll of ${who}`);
    if (!isOver(answer)) return;
    if ('value' in answer) {
      this.#waits.delete(who);
      this.kept.set(who, answer.value);
      return;
    }
    // What throws out of an async function is dropped on the way.
    this.#waits.delete(who);
    dropFuture(wait.future);
    this.model.drop(who);
  }

  #inWords(answer: Answer): unknown {
    if ('error' in answer) return thrown(answer.error);
    if (answer.value === Pending) return Pending;
    return this.subject.word === undefined ? answer.value : this.subject.word(answer.value);
  }

  /** A wait is given up, if it is not over. */
  drop(who: number): void {
    const wait = this.#waits.get(who);
    if (wait === undefined) return;
    this.#waits.delete(who);
    dropFuture(wait.future);
    this.model.drop(who);
    this.settle();
  }

  /** Gives back what a wait has answered, if there is something. */
  letGo(who: number): void {
    if (!this.kept.has(who)) return;
    const answer = this.kept.get(who);
    this.kept.delete(who);
    this.subject.letGo?.(who, answer);
    this.settle();
  }

  /** Notes what was got without waiting for it. */
  keep(answer: unknown): number {
    const who = this.#next++;
    this.kept.set(who, answer);
    return who;
  }

  /** Does something that is no wait. */
  act(step: string, n: number): void {
    this.subject.steps[step]?.(this, n);
    this.settle();
  }

  /** Both must have woken the same ones, in the same order, and must look the same. */
  settle(): void {
    const foretold: number[] = [];
    for (let round = this.model.takeWoken(); round.length > 0; round = this.model.takeWoken()) {
      foretold.push(...round);
      for (const who of round) {
        const wait = this.#waits.get(who);
        const early = wait?.early.shift();
        if (wait !== undefined && early !== undefined) this.#answered(who, wait, early);
      }
    }
    const woken = this.#woken.splice(0);
    const names = woken.map(({ who }) => who);
    // Who comes back at once may wake others before the next one in line is woken.
    if (this.#greedy) agree(names.toSorted(), foretold.toSorted(), 'who was woken');
    else agree(names, foretold, 'who was woken');
    for (const waker of woken) agree(waker.isLast, true, `whether the waker of ${waker.who} is its last one`);
    agree(this.subject.seen(), this.model.seen(), 'what is seen');
    for (const who of foretold) if (this.#waits.has(who)) this.#onWoken(who);
  }
}

/** Compares what there is with what the model says. */
export function agree(real: unknown, foretold: unknown, what: string): void {
  if (real === foretold) return;
  const areObjects = typeof real === 'object' && typeof foretold === 'object';
  if (areObjects && JSON.stringify(real) === JSON.stringify(foretold)) return; // Much faster than `expect`.
  expect({ [what]: real }).toEqual({ [what]: foretold });
}

/** What `act` answers, or what it throws, in words. */
export function outcomeOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return thrown(error);
  }
}

function thrown(error: unknown): string {
  return `throws: ${(error as Error).message}`;
}
