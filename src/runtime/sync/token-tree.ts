/**
 * The family of a cancellation token.
 *
 * ```text
 *   server ◀── connection ◀── request     every token looks up: was anybody above me cancelled?
 *          ──▶                            down to those at or below which somebody waits
 * ```
 *
 * A token that nobody waits for need not be told, and its parent does not know it: a server may make
 * one for each visitor, and forget it with the visitor.
 *
 * @module
 */
import { Resource, type ResourceKind, tracing } from '../resource.ts';
import { WaitLine } from './wait-line.ts';

/** One token: its parent, and who waits for it. */
export class TokenNode extends Resource {
  readonly line = new WaitLine();
  /** Undefined for the first of all, and once it is cancelled. */
  #parent: TokenNode | undefined;
  /** By itself, or with a parent that had to tell it. */
  #cancelled = false;
  /** Which child of its parent it is, counted from 0. */
  readonly #rank: number;
  /** How many children were made of it. */
  #children = 0;
  /** The children at or below which somebody waits. */
  readonly #awaited = new Set<TokenNode>();

  constructor(parent: TokenNode | undefined) {
    super();
    this.#parent = parent;
    this.#rank = parent?.nextRank() ?? 0;
  }

  override get kind(): ResourceKind {
    return 'token';
  }

  nextRank(): number {
    return this.#children++;
  }

  get cancelled(): boolean {
    for (let node: TokenNode | undefined = this; node !== undefined; node = node.#parent) {
      if (node.#cancelled) return true;
    }
    return false;
  }

  /** Somebody stands in line here: all above must know. */
  enlist(): void {
    let node: TokenNode = this;
    for (let parent = this.#parent; parent !== undefined; parent = parent.#parent) {
      if (parent.#awaited.has(node)) return;
      parent.#awaited.add(node);
      node = parent;
    }
  }

  /** Somebody has left: if nobody else waits here or below, those above can forget it. */
  delist(): void {
    let node: TokenNode = this;
    for (let parent = this.#parent; parent !== undefined; parent = parent.#parent) {
      if (node.line.first !== undefined || node.#awaited.size > 0) return;
      parent.#awaited.delete(node);
      node = parent;
    }
  }

  /** Cancels this and every descendant. */
  cancel(): void {
    if (this.cancelled) return;
    const nodes = this.#fell();
    const woken = nodes.map((node) => ({ node, tickets: node.line.leaveAll() }));
    for (const node of nodes) tracing()?.op(node, { op: 'cancelled' });
    // Wake last: a waker is foreign code and may come straight back to us.
    for (const { node, tickets } of woken) for (const { waker } of tickets) waker.wake(node);
  }

  /**
   * Cancels this, and every descendant at or below which somebody waits. Answers them in the order
   * in which tokio-util wakes: the latest child first, the children of a child before it unless
   * they have children of their own, and the node itself last.
   */
  #fell(): TokenNode[] {
    const felled: TokenNode[] = [];
    const branches = this.#takeAwaited();
    for (let child = branches.pop(); child !== undefined; child = branches.pop()) {
      for (const grandchild of child.#takeAwaited().reverse()) {
        if (grandchild.#children > 0) branches.push(grandchild);
        else felled.push(grandchild.#end());
      }
      felled.push(child.#end());
    }
    const parent = this.#parent;
    felled.push(this.#end());
    parent?.forget(this);
    return felled;
  }

  /** The earliest first. */
  #takeAwaited(): TokenNode[] {
    const nodes = [...this.#awaited].sort((a, b) => a.#rank - b.#rank);
    this.#awaited.clear();
    return nodes;
  }

  /** A child is cancelled. */
  forget(child: TokenNode): void {
    if (this.#awaited.delete(child)) this.delist();
  }

  #end(): this {
    this.#cancelled = true;
    this.#parent = undefined;
    return this;
  }
}
