/**
 * A call on another thread, as its joiner sees it.
 *
 * ```text
 *  spawnBlocking ─▶ in line ─▶ started ─▶ done        the function returned, or threw
 *                      │
 *                      └─▶ cancelled                  its turn came, and it had been aborted
 * ```
 *
 * It has a number, a name and a handle as every task has. But the executor never polls it, so the
 * trace knows it as something outside that tasks wait for: `worker 1`.
 *
 * @module
 */
import type { Waker } from '../context.ts';
import type { Executor } from '../executor.ts';
import type { Call, Caller, Ended, Work } from '../host/host.ts';
import { JoinError } from '../join-error.ts';
import { Resource, type ResourceKind } from '../resource.ts';
import { type Result, Task } from '../task.ts';
import { ClosureError, NotSendError } from './errors.ts';

/** What the joiner waits for. */
class WorkerCall extends Resource {
  readonly #name: string;

  constructor(name: string) {
    super();
    this.#name = name;
  }

  override get kind(): ResourceKind {
    return 'worker';
  }

  override get detail(): string {
    return this.#name;
  }
}

/** A task that somebody else runs. */
export class BlockingTask<T = unknown> extends Task<T> implements Caller {
  readonly #functionName: string;
  readonly #resource: WorkerCall;
  #call: Call | undefined;
  #aborted = false;

  constructor(executor: Executor, id: number, functionName: string) {
    super(executor, id, functionName || `task ${id}`);
    this.#functionName = functionName || 'the function';
    this.#resource = new WorkerCall(this.name);
  }

  /** Gives the work away. */
  start(work: Work): void {
    this.executor.tracer?.resource(this.#resource);
    this.executor.ioBegins(true);
    this.#call = this.executor.host.call(work, this);
  }

  override get awaited(): Resource {
    return this.#resource;
  }

  /** Nobody polls it, so nobody wakes it. */
  override wake(): void {}

  /** Too late once it has started. Else it is cancelled when its turn comes, not before. */
  override abort(): void {
    this.#aborted = true;
  }

  /** The runtime does not wait for it any more: it leaves the line, or its thread is ended. */
  override cancel(): void {
    if (this.done) return;
    this.#call?.end();
    this.complete({ error: JoinError.cancelled(this.id, this.name) });
  }

  /** A thread is free for it. Answers whether it still wants one. */
  starts(): boolean {
    if (this.#aborted) {
      this.complete({ error: JoinError.cancelled(this.id, this.name) });
      return false;
    }
    this.executor.tracer?.op(this.#resource, { op: 'opened', detail: this.name });
    return true;
  }

  /** The thread is done with it. */
  ended(how: Ended): void {
    this.complete('value' in how ? { value: how.value as T } : { error: this.#panic(how) });
  }

  #panic(how: Exclude<Ended, { readonly value: unknown }>): JoinError {
    let cause: unknown;
    if ('stuck' in how) cause = NotSendError.value(`the value of ${this.#functionName}`, how.stuck);
    else if (how.missing === undefined) cause = how.thrown;
    else cause = new ClosureError(this.#functionName, how.missing, how.thrown);
    return JoinError.panic(this.id, this.name, cause);
  }

  protected override complete(result: Result<T>): void {
    this.#call = undefined;
    this.executor.ioEnds(true);
    super.complete(result);
    this.executor.blocking.forget(this as BlockingTask);
  }

  protected override tell(result: Result<T>): void {
    const { tracer } = this.executor;
    if ('value' in result) tracer?.op(this.#resource, { op: 'settled', outcome: 'fulfilled' });
    else if (result.error.isCancelled()) tracer?.op(this.#resource, { op: 'cancelled' });
    else {
      tracer?.op(this.#resource, { op: 'settled', outcome: 'rejected' });
      this.executor.panics.add(this as Task, result.error);
    }
  }

  /** It ends outside of every task, so no task is the one that wakes. */
  protected override tellJoiner(joiner: Waker | undefined): void {
    if (this.detached) this.dropOutput();
    joiner?.wake(this.#resource);
  }
}
