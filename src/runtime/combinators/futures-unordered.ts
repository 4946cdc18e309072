/**
 * Many futures in one task, each with a waker of its own: only those that were woken are polled.
 *
 * ```text
 *               push                    poll: Pending
 *   a future ─────────▶ ready queue ─────────────────────▶ asleep
 *                        ▲   │                               │
 *                        │   │ poll: a value                 │
 *                        │   ▼                               │
 *                        │  answered                         │
 *                        └───────────────────────────────────┘
 *                          its waker is woken: it joins the queue, and the task is woken too
 * ```
 *
 * `join` polls all of its futures at every wake, which is the fastest way for a few, and quadratic
 * for many. Here a wake costs the same however many there are. It is an executor inside a task.
 *
 * @module
 */
import { Context, current, tracerOf, Waker, type WakeSource } from '../context.ts';
import { DroppedFromInsideError, PolledAfterCompletionError } from '../errors.ts';
import { type Awaitable, asFuture, dropEach, dropFuture, Future, Pending, type Poll, pollFuture } from '../future.ts';
import { Ring } from '../ring.ts';
import type { Task } from '../task.ts';
import type { KeptAwait } from '../tracer.ts';

/** One of the futures, and its waker. */
export class Member<T> extends Waker {
  readonly future: Awaitable<T>;
  /** How it ended. */
  answer: { readonly value: T } | { readonly error: unknown } | undefined = undefined;
  /** Invariant: `true` while the ready queue holds it, and for ever once it has ended. */
  queued = true;
  /** It was woken since its last poll began. */
  woken = false;
  /** When it was pushed or polled, compared with the others. */
  turn = 0;
  /** What it waited for when it was polled last, while somebody traces. */
  awaits: readonly KeptAwait[] = [];
  readonly #futures: Unordered<T>;
  #context: Context | undefined = undefined;

  constructor(future: Awaitable<T>, futures: Unordered<T>) {
    super();
    this.future = future;
    this.#futures = futures;
  }

  override wake(by?: WakeSource): void {
    this.woken = true;
    if (this.queued) return;
    this.queued = true;
    this.#futures.enqueue(this, by);
  }

  override get task(): Task | undefined {
    return this.#context?.task;
  }

  /** Polls it with its own waker. Answers whether it is still pending. */
  poll(cx: Context): boolean {
    let own = this.#context;
    if (own === undefined || own.task !== cx.task || own.executor !== cx.executor) {
      own = new Context(this, cx.task, cx.executor);
      this.#context = own;
    }
    try {
      const value = pollFuture(this.future, own);
      if (value === Pending) return true;
      this.answer = { value };
    } catch (error) {
      this.answer = { error };
    }
    return false;
  }
}

/** What {@link FuturesUnordered} and a large `joinAll` share. */
export class Unordered<T> {
  /** Those that have not ended, in the order in which they were pushed. */
  readonly #members = new Set<Member<T>>();
  readonly #ready = new Ring<Member<T>>();
  /** Who asked last. It is woken once for each time it asked. */
  #asker: Waker | undefined = undefined;
  #turns = 0;
  /** The member that is being polled. */
  #running: Member<T> | undefined = undefined;

  get length(): number {
    return this.#members.size;
  }

  push(future: Awaitable<T>): Member<T> {
    const member = new Member(future, this);
    member.turn = this.#turns++;
    this.#members.add(member);
    // Nobody is woken: the future is polled when somebody asks.
    this.#ready.push(member);
    return member;
  }

  /** A member was woken. Called by the member. */
  enqueue(member: Member<T>, by: WakeSource | undefined): void {
    this.#ready.push(member);
    const asker = this.#asker;
    this.#asker = undefined;
    asker?.wake(by);
  }

  /** Polls those that were woken until one ends, and takes that one out; `undefined` if there are none at all. */
  poll(cx: Context): Poll<Member<T> | undefined> {
    const count = this.length;
    let polled = 0;
    let yielded = 0;
    this.#asker = cx.leafWaker;

    for (let member = this.#ready.shift(); member !== undefined; member = this.#ready.shift()) {
      // It was woken in the very poll in which it ended.
      if (member.answer !== undefined) continue;
      member.queued = false;
      member.woken = false;
      if (!this.#isPending(member, cx)) {
        member.queued = true;
        this.#members.delete(member);
        return member;
      }
      member.turn = this.#turns++;

      // As many polls as there are members, or two members that want to let others run: then the
      // rest of the program has its turn before this goes on.
      polled += 1;
      if (member.woken) yielded += 1;
      if (yielded === 2 || polled === count) {
        cx.leafWaker.wake();
        break;
      }
    }
    if (this.length === 0) return undefined;
    // Also those that were not polled this time are waited for.
    tracerOf(cx.executor)?.awaitAgain(this.#members);
    return Pending;
  }

  #isPending(member: Member<T>, cx: Context): boolean {
    const tracer = tracerOf(cx.executor);
    const mark = tracer?.awaitMark();
    this.#running = member;
    const pending = member.poll(cx);
    this.#running = undefined;
    if (mark !== undefined) member.awaits = tracer?.takeAwaits(mark) ?? [];
    return pending;
  }

  /**
   * Drops all futures, the one that was pushed or polled last first.
   *
   * @throws {DroppedFromInsideError} if one of them does it; nothing is dropped then.
   */
  drop(): void {
    if (this.#running !== undefined) throw new DroppedFromInsideError('a FuturesUnordered or a joinAll()');
    const members = [...this.#members].sort((a, b) => b.turn - a.turn);
    this.#members.clear();
    this.#ready.clear();
    dropEach(members, (member) => {
      member.queued = true; // No wake counts any more.
      dropFuture(member.future);
    });
  }
}

/**
 * Futures that take turns inside one task, answered in the order in which they are ready. More can
 * be pushed at any time, also while some are on their way.
 *
 * Nothing is polled but inside `next()`. Disposing the set drops the futures that are left.
 *
 * @example
 * ```ts
 * function* boil(what: string, minutes: number): Async<string> {
 *   yield* sleep(secs(60 * minutes));
 *   return what;
 * }
 * using pots = new FuturesUnordered([boil('rice', 12), boil('tea', 3)]);
 * const first = yield* pots.next();
 * first?.value; // => 'tea'
 * pots.push(boil('eggs', 5));
 * const second = yield* pots.next();
 * second?.value; // => 'eggs'
 * now(); // => 480000
 * ```
 */
export class FuturesUnordered<T> implements Disposable {
  readonly #futures = new Unordered<T>();

  /** @throws {NotAFutureError} for anything that cannot be polled. */
  constructor(futures: Iterable<Awaitable<T>> = []) {
    for (const future of futures) this.push(future);
  }

  /** How many futures have not been answered. */
  get length(): number {
    return this.#futures.length;
  }

  /** Is there none? */
  isEmpty(): boolean {
    return this.length === 0;
  }

  /**
   * Adds a future. It is polled by the next `next()`.
   *
   * @throws {NotAFutureError} for anything that cannot be polled.
   */
  push(future: Awaitable<T>): void {
    this.#futures.push(asFuture(future, 'FuturesUnordered.push()') as Awaitable<T>);
  }

  /**
   * Waits until one of them is ready, takes it out and answers its value; `undefined` at once if
   * there are none.
   *
   * **Order:** those that were woken are polled, the first that was woken first; those that are new
   * count as woken when they were pushed. After as many polls as there are futures, or when two of
   * them have woken themselves, the rest of the program has its turn.
   * **Cancel safety:** nothing is lost.
   *
   * @throws what that future throws. It is out of the set as well.
   */
  next(): Future<{ readonly value: T } | undefined> {
    return new Next(this.#futures);
  }

  /**
   * Drops the futures that are left, the one that was pushed or polled last first.
   *
   * @throws {DroppedFromInsideError} if one of them does it: it runs. Nothing is dropped then.
   */
  [Symbol.dispose](): void {
    const autopsy = current?.executor?.autopsy;
    if (autopsy === undefined) this.#futures.drop();
    else autopsy.ignore(() => this.#futures.drop());
  }
}

class Next<T> extends Future<{ readonly value: T } | undefined> {
  readonly #futures: Unordered<T>;
  #done = false;

  constructor(futures: Unordered<T>) {
    super();
    this.#futures = futures;
  }

  override get label(): string {
    return 'next()';
  }

  override poll(cx: Context): Poll<{ readonly value: T } | undefined> {
    if (this.#done) throw new PolledAfterCompletionError(this.label);
    const member = this.#futures.poll(cx);
    if (member === Pending) return Pending;
    this.#done = true;
    const answer = member?.answer;
    if (answer !== undefined && 'error' in answer) throw answer.error;
    return answer;
  }
  override drop(): void {
    // It owns none of them. But in a stuck program they are what the task waited for, and nobody
    // will poll them again.
    if (current?.executor?.autopsy !== undefined) this.#futures.drop();
  }
}
