/**
 * The members of a {@link JoinSet}: who still runs, and who has finished.
 *
 * ```text
 *              add                        wake: it has finished
 *   a task ──────────▶ running ────────────────────────────────▶ finished ──▶ reported, first come first
 *                         ▲                                          │
 *                         └──────────────────────────────────────────┘
 *                          the budget is used up: it comes back at the next driver step
 * ```
 *
 * Every member has a waker of its own, so that asking costs the same however many there are:
 * nobody looks through those that run.
 *
 * @module
 */
import { mayProceed, spend } from './budget.ts';
import { Context, tracing, Waker, type WakeSource } from './context.ts';
import { Pending, type Poll } from './future.ts';
import { Resource, type ResourceKind } from './resource.ts';
import { Ring } from './ring.ts';
import type { Task } from './task.ts';

/** One task of a set. The set gets to hear of its end through this waker. */
class Member<T> extends Waker {
  readonly spawned: Task<T>;
  readonly #members: Members<T>;

  constructor(task: Task<T>, members: Members<T>) {
    super();
    this.spawned = task;
    this.#members = members;
  }

  override wake(by?: WakeSource): void {
    this.#members.finish(this, by);
  }
}

/** What a set and the futures that ask it share. */
export class Members<T> extends Resource {
  /** The longest here first. */
  readonly #running = new Set<Member<T>>();
  /** The first that finished first. */
  readonly #finished = new Ring<Member<T>>();
  /**
   * Who asked last. Like Tokio's it is kept when an answer was given or the question was dropped,
   * so the next member that finishes may wake a task that waits for something else by then.
   */
  #asker: Waker | undefined = undefined;
  /** The question that waits for an answer right now. */
  #question: object | undefined = undefined;

  override get kind(): ResourceKind {
    return 'joinset';
  }

  get length(): number {
    return this.#running.size + this.#finished.length;
  }

  add(task: Task<T>): void {
    const member = new Member(task, this);
    this.#running.add(member);
    task.joiner = member;
    tracing()?.entered(this, task as Task);
    // The runtime is ending, and has cancelled the task at once.
    if (task.done) member.wake();
  }

  /** A member is woken. Called by the member. */
  finish(member: Member<T>, by: WakeSource | undefined): void {
    if (!this.#running.delete(member)) return;
    this.#finished.push(member);
    const asker = this.#asker;
    this.#asker = undefined;
    asker?.wake(by === 'yield' ? by : this);
  }

  /** Takes out the task that finished first; `undefined` if there are no members at all. */
  pollFinished(cx: Context, question: object): Poll<Task<T> | undefined> {
    const answer = this.length === 0 ? undefined : this.#take(cx);
    this.#question = answer === Pending ? question : undefined;
    return answer;
  }

  #take(cx: Context): Poll<Task<T>> {
    this.#asker = cx.leafWaker;
    const member = this.#finished.shift();
    if (member === undefined) return Pending;
    if (!mayProceed(new Context(member, cx.task, cx.executor))) {
      // Tokio puts off the member, not the asker. So with a new budget the asker takes the next.
      this.#running.add(member);
      cx.leafWaker.wake();
      return Pending;
    }
    spend();
    return member.spawned;
  }

  /** It is not asked any more. */
  givenUp(question: object): void {
    if (this.#question === question) this.#question = undefined;
  }

  /** Takes out the task that finished first, if there is one. */
  tryFinished(): Task<T> | undefined {
    return this.#finished.shift()?.spawned;
  }

  /** Aborts all that run, the longest here first. */
  abortAll(): void {
    for (const { spawned } of this.#running) spawned.abort();
  }

  /** Lets go of all of them: values that were there are dropped, panics are reported. */
  detachAll(abort = false): void {
    const tasks = [...this.#running].map(({ spawned }) => spawned);
    this.#running.clear();
    for (let task = this.tryFinished(); task !== undefined; task = this.tryFinished()) tasks.push(task);
    for (const task of tasks) {
      if (abort) task.abort();
      task.dropOutput();
    }
    this.#answerNobodyIsLeft();
  }

  /** In Rust nobody can wait for a set that somebody else empties; here another task may. */
  #answerNobodyIsLeft(): void {
    if (this.#question === undefined) return;
    const asker = this.#asker;
    this.#asker = undefined;
    asker?.wake(this);
  }
}
