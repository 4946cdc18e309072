/**
 * Telling tasks to stop, politely: they hear it where they wait for it, and clean up.
 *
 * ```text
 *   server ─┬─ connection 1 ─── request       cancel() goes down to every descendant,
 *           └─ connection 2                   never up and never to a sibling
 * ```
 *
 * From tokio-util. An abort drops a task at whatever it waits for; a token asks.
 *
 * @module
 */
import { type Context, tracing } from '../context.ts';
import { PolledAfterCompletionError } from '../errors.ts';
import {
  type Awaitable,
  asFuture,
  dropAll,
  dropFuture,
  dropQuietly,
  Future,
  Pending,
  type Poll,
  pollFuture,
} from '../future.ts';
import { Resource, type ResourceKind } from '../resource.ts';
import { stand, type Ticket, WaitLine } from './wait-line.ts';

/**
 * One token of the tree.
 *
 * A child knows its parent from the start. A parent knows only those children that somebody waits
 * for, or for whose children somebody waits: a server makes a child for each visitor, cancels none,
 * and must not keep them.
 */
class Node extends Resource {
  readonly #line = new WaitLine();
  readonly #parent: Node | undefined;
  /** Its number among the children of its parent. */
  readonly #number: number = 0;
  #childrenMade = 0;
  #awaitedChildren = new Set<Node>();
  #cancelled = false;

  constructor(parent: Node | undefined) {
    super();
    this.#parent = parent;
    if (parent !== undefined) this.#number = parent.#childrenMade++;
  }

  override get kind(): ResourceKind {
    return 'token';
  }

  /** Was it cancelled, or one that it descends from? */
  get cancelled(): boolean {
    let node: Node | undefined = this;
    while (node !== undefined && !node.#cancelled) node = node.#parent;
    if (node !== undefined) this.#cancelled = true; // Not to be asked again.
    return this.#cancelled;
  }

  stand(ticket: Ticket | undefined, cx: Context): Ticket {
    const place = stand(this.#line, ticket, cx);
    for (let node: Node = this; node.#parent !== undefined; node = node.#parent) {
      if (node.#parent.#awaitedChildren.has(node)) break;
      node.#parent.#awaitedChildren.add(node);
    }
    return place;
  }

  leave(ticket: Ticket | undefined): void {
    this.#line.leave(ticket);
    this.#forgetIfUnawaited();
  }

  #forgetIfUnawaited(): void {
    let node: Node = this;
    while (node.#parent !== undefined && node.#line.first === undefined && node.#awaitedChildren.size === 0) {
      node.#parent.#awaitedChildren.delete(node);
      node = node.#parent;
    }
  }

  /** Cancels this and every descendant. */
  cancel(): void {
    if (this.cancelled) return;
    this.#cancelled = true;
    const woken = this.#branch().map((node) => ({ node, tickets: node.#line.leaveAll() }));
    this.#forgetIfUnawaited();
    for (const { node } of woken) tracing()?.op(node, { op: 'cancelled' });
    // Wake last: a waker is foreign code and may come straight back to us.
    for (const { node, tickets } of woken) for (const { waker } of tickets) waker.wake(node);
  }

  /**
   * This token and the descendants that somebody waits for, in the order in which tokio-util wakes:
   * the latest child first, the children of a child before it unless they have had children of their
   * own, and the token itself last.
   */
  #branch(): Node[] {
    const branch: Node[] = [];
    const left = this.#takeChildren();
    for (let child = left.pop(); child !== undefined; child = left.pop()) {
      for (const grandchild of child.#takeChildren().reverse()) {
        if (grandchild.#childrenMade > 0) left.push(grandchild);
        else branch.push(grandchild);
      }
      branch.push(child);
    }
    branch.push(this);
    return branch;
  }

  /** The children that are awaited, in the order of their making; forgotten by that. */
  #takeChildren(): Node[] {
    const children = [...this.#awaitedChildren].sort((a, b) => a.#number - b.#number);
    this.#awaitedChildren.clear();
    return children;
  }
}

/**
 * Tells any number of tasks to stop. Hand the same token to all of them, or a child token to those
 * that may also be stopped by themselves.
 *
 * @example
 * ```ts
 * const shutdown = new CancellationToken();
 * function* worker(): Async<string> {
 *   const winner = yield* select({ work: sleep(secs(60)), stop: shutdown.cancelled() });
 *   return winner.branch;
 * }
 * const handle = spawn(worker());
 * yield* sleep(5);
 * shutdown.cancel();
 * yield* handle; // => 'stop'
 * ```
 */
export class CancellationToken {
  readonly #node: Node;

  constructor();
  /** @internal */
  constructor(node?: Node);
  constructor(node: Node = new Node(undefined)) {
    this.#node = node;
  }

  /**
   * A token that is cancelled with this one, and can be cancelled without it.
   *
   * @example
   * ```ts
   * const server = new CancellationToken();
   * const [one, other] = [server.childToken(), server.childToken()];
   * one.cancel();
   * [server.isCancelled(), other.isCancelled()]; // => [false, false]
   * server.cancel();
   * other.isCancelled(); // => true
   * ```
   */
  childToken(): CancellationToken {
    return new CancellationToken(new Node(this.#node));
  }

  /**
   * Cancels this token and all that descend from it, for good. Twice does nothing.
   *
   * **Order:** of its children the latest is woken first, the token's own waiters last.
   */
  cancel(): void {
    this.#node.cancel();
  }

  /** Was it cancelled? */
  isCancelled(): boolean {
    return this.#node.cancelled;
  }

  /**
   * Waits until the token is cancelled.
   *
   * **Order:** first come, first woken. **Cancel safety:** nothing is lost.
   */
  cancelled(): Future<void> {
    return new Cancelled(this.#node);
  }

  /**
   * Runs a future until it is ready or the token is cancelled; then it is dropped. Answers
   * `{ value }`, or `undefined` if the token was first. A future that is ready in the poll that sees
   * the cancellation wins; if the token is cancelled before the first poll the future is not polled.
   *
   * **Cancel safety:** that of the future.
   *
   * @example
   * ```ts
   * const shutdown = new CancellationToken();
   * yield* shutdown.runUntilCancelled(sleep(1)); // => { value: undefined }
   * shutdown.cancel();
   * yield* shutdown.runUntilCancelled(sleep(1)); // => undefined
   * ```
   *
   * @throws what the future throws.
   */
  runUntilCancelled<T>(future: Awaitable<T>): Future<{ readonly value: T } | undefined> {
    return new RunUntilCancelled(this.#node, asFuture(future, 'runUntilCancelled()') as Awaitable<T>);
  }

  /** Cancels the token when it is disposed: `using _stop = token.dropGuard()`. */
  dropGuard(): DropGuard {
    return new DropGuard(this);
  }
}

/**
 * Cancels its token when disposed, also when the block it guards throws or its task is aborted.
 *
 * @example
 * ```ts
 * const token = new CancellationToken();
 * {
 *   using _stop = token.dropGuard();
 * }
 * token.isCancelled(); // => true
 * ```
 */
export class DropGuard implements Disposable {
  #token: CancellationToken | undefined;

  /** @internal */
  constructor(token: CancellationToken) {
    this.#token = token;
  }

  /** Lets the token live: disposing the guard does nothing from now on. Answers the token. */
  disarm(): CancellationToken | undefined {
    const token = this.#token;
    this.#token = undefined;
    return token;
  }

  [Symbol.dispose](): void {
    this.disarm()?.cancel();
  }
}

class Cancelled extends Future<void> {
  readonly #node: Node;
  #ticket: Ticket | undefined = undefined;

  constructor(node: Node) {
    super();
    this.#node = node;
  }

  override get label(): string {
    return 'cancelled()';
  }

  override get awaited(): Resource {
    return this.#node;
  }

  // Not budgeted, as in Tokio: a token is cancelled once, so it cannot keep a task busy.
  override poll(cx: Context): Poll<void> {
    if (this.#node.cancelled) return undefined;
    this.#ticket = this.#node.stand(this.#ticket, cx);
    return Pending;
  }

  override drop(): void {
    this.#node.leave(this.#ticket);
  }
}

class RunUntilCancelled<T> extends Future<{ readonly value: T } | undefined> {
  readonly #cancelled: Cancelled;
  readonly #node: Node;
  readonly #future: Awaitable<T>;
  #state: 'new' | 'running' | 'done' = 'new';

  constructor(node: Node, future: Awaitable<T>) {
    super();
    this.#node = node;
    this.#future = future;
    this.#cancelled = new Cancelled(node);
  }

  override get label(): string {
    return 'runUntilCancelled()';
  }

  override poll(cx: Context): Poll<{ readonly value: T } | undefined> {
    if (this.#state === 'done') throw new PolledAfterCompletionError(this.label);
    if (this.#state === 'running' || !this.#node.cancelled) {
      this.#state = 'running';
      const value = this.#run(cx);
      if (value !== Pending) {
        this.#state = 'done';
        dropFuture(this.#cancelled);
        return { value };
      }
      if (pollFuture(this.#cancelled, cx) === Pending) return Pending;
    }
    this.drop();
    return undefined;
  }

  #run(cx: Context): Poll<T> {
    try {
      return pollFuture(this.#future, cx);
    } catch (error) {
      this.#state = 'done';
      dropQuietly(() => dropFuture(this.#cancelled));
      throw error;
    }
  }

  override drop(): void {
    if (this.#state === 'done') return;
    this.#state = 'done';
    dropAll([this.#cancelled, this.#future]);
  }
}
