/** Any program with a tree of tokens does what a tree of lists says. */
import { CancellationToken, Pending } from 'async-lessons';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { Gate } from '../../support/gate.ts';
import { agree, Model } from '../../support/trial.ts';
import { checkByHand, checkInTasks, type Field } from '../../support/trial-programs.ts';

interface Node {
  children: Node[];
  cancelled: boolean;
  waiting: number[];
}

class Tree extends Model {
  readonly nodes: Node[] = [];
  /** Which node a wait is about. */
  readonly about = new Map<number, Node>();
  /** What runs until a node is cancelled: has it begun, is it ready? */
  readonly work = new Map<number, { begun: boolean; ready: boolean }>();

  grow(parent?: Node): void {
    const node = { children: [], cancelled: parent?.cancelled ?? false, waiting: [] };
    this.nodes.push(node);
    if (!node.cancelled) parent?.children.push(node);
  }

  at(n: number): Node {
    return this.nodes[n % this.nodes.length] as Node;
  }

  poll(who: number): unknown {
    const node = this.about.get(who) as Node;
    const work = this.work.get(who);
    if (work !== undefined && (work.begun || !node.cancelled)) {
      work.begun = true;
      if (work.ready) {
        this.drop(who);
        return { value: 'done' };
      }
    }
    if (node.cancelled) return undefined;
    if (!node.waiting.includes(who)) node.waiting.push(who);
    return Pending;
  }

  drop(who: number): void {
    const node = this.about.get(who) as Node;
    node.waiting = node.waiting.filter((other) => other !== who);
  }

  finish(who: number): void {
    const work = this.work.get(who);
    if (work === undefined || work.ready) return;
    work.ready = true;
    if (work.begun) this.wake(who);
  }

  /** In tokio-util's order: see `cancel` in its `tree_node.rs`. */
  cancel(node: Node): void {
    if (node.cancelled) return;
    for (let child = node.children.pop(); child !== undefined; child = node.children.pop()) {
      if (child.cancelled) continue;
      for (const grandchild of child.children.splice(0).reverse()) {
        if (grandchild.cancelled) continue;
        if (grandchild.children.length > 0) node.children.push(grandchild);
        else this.#fell(grandchild);
      }
      this.#fell(child);
    }
    this.#fell(node);
  }

  #fell(node: Node): void {
    node.cancelled = true;
    this.wake(...node.waiting.splice(0));
  }

  seen(): unknown {
    return this.nodes.map(({ cancelled }) => cancelled);
  }
}

const trees: Field<number[], CancellationToken[], Tree> = {
  // Who is whose child, to begin with.
  given: fc.array(fc.nat(9), { maxLength: 10 }),
  waits: ['cancelled', 'cancelled', 'runUntilCancelled'],
  steps: ['childToken', 'cancel', 'dropGuard', 'disarm', 'finish', 'finish'],
  subject(parents) {
    const [real, model] = [[new CancellationToken()], new Tree()];
    const at = (n: number): CancellationToken => real[n % real.length] as CancellationToken;
    const gates = new Map<number, Gate<string>>();
    const grow = (n: number): void => {
      const [token, node] = [at(n), model.at(n)];
      real.push(token.childToken());
      model.grow(node);
    };
    model.grow();
    parents.forEach(grow);
    return {
      real,
      model,
      waits: {
        cancelled(who, n) {
          model.about.set(who, model.at(n));
          return at(n).cancelled();
        },
        runUntilCancelled(who, n) {
          const gate = new Gate<string>();
          gates.set(who, gate);
          model.about.set(who, model.at(n));
          model.work.set(who, { begun: false, ready: false });
          return at(n).runUntilCancelled(gate);
        },
      },
      steps: {
        childToken: (_, n) => grow(n),
        cancel(_, n) {
          if (n % 3 > 0) return;
          at(n).cancel();
          model.cancel(model.at(n));
        },
        dropGuard(_, n) {
          if (n % 3 !== 1) return;
          at(n).dropGuard()[Symbol.dispose]();
          model.cancel(model.at(n));
        },
        disarm(_, n) {
          using guard = at(n).dropGuard();
          agree(guard.disarm()?.isCancelled(), model.at(n).cancelled, 'disarm()');
        },
        finish(trial, n) {
          const who = trial.waiting[n % trial.waiting.length];
          if (who === undefined || model.work.get(who)?.ready !== false) return;
          gates.get(who)?.open('done');
          model.finish(who);
        },
      },
      seen: () => real.map((token) => token.isCancelled()),
    };
  },
};

describe('any program with a tree of tokens', () => {
  it('cancels whom it must, and wakes everybody who waits for it in order', () => checkByHand(trees));

  it('does so in tasks that run out of patience or are aborted', () => checkInTasks(trees));
});
