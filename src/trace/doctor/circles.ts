/**
 * Circles in a graph.
 *
 * @module
 */

/** A way from one node to another. */
export interface Arrow<N, L> {
  readonly from: N;
  readonly to: N;
  readonly label: L;
}

/**
 * A shortest circle of every group of nodes that all lead to one another, and of every node that leads
 * to itself. In the order in which their first nodes stand in `nodes`.
 *
 * The groups are found as Tarjan does it, without recursion: ten thousand tasks may wait in a row.
 */
export function circles<N, L>(nodes: readonly N[], arrowsOf: (node: N) => readonly Arrow<N, L>[]): Arrow<N, L>[][] {
  return groupsOf(nodes, arrowsOf).flatMap((group) => {
    const members = new Set(group);
    for (const node of nodes) {
      const circle = members.has(node) ? shortest(node, members, arrowsOf) : undefined;
      if (circle !== undefined) return [circle];
    }
    return [];
  });
}

/** Nodes that all lead to one another; a node that leads nowhere is a group of its own. */
function groupsOf<N, L>(nodes: readonly N[], arrowsOf: (node: N) => readonly Arrow<N, L>[]): N[][] {
  const groups: N[][] = [];
  const order = new Map<N, number>();
  const lowest = new Map<N, number>();
  const open: N[] = [];
  const isOpen = new Set<N>();
  for (const root of nodes) {
    if (order.has(root)) continue;
    const path: { readonly node: N; readonly arrows: readonly Arrow<N, L>[]; next: number }[] = [];
    const visit = (node: N) => {
      order.set(node, order.size);
      lowest.set(node, order.size - 1);
      open.push(node);
      isOpen.add(node);
      path.push({ node, arrows: arrowsOf(node), next: 0 });
    };
    visit(root);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const { node } = step;
      const arrow = step.arrows[step.next++];
      if (arrow !== undefined) {
        if (!order.has(arrow.to)) visit(arrow.to);
        else if (isOpen.has(arrow.to)) lower(lowest, node, order.get(arrow.to) as number);
        continue;
      }
      path.pop();
      const before = path.at(-1);
      if (before !== undefined) lower(lowest, before.node, lowest.get(node) as number);
      if (lowest.get(node) === order.get(node)) groups.push(closed(node, open, isOpen));
    }
  }
  return groups;
}

function lower<N>(lowest: Map<N, number>, node: N, to: number): void {
  lowest.set(node, Math.min(lowest.get(node) as number, to));
}

/** Takes the group of a node from the open ones. */
function closed<N>(node: N, open: N[], isOpen: Set<N>): N[] {
  const group = open.splice(open.indexOf(node));
  for (const member of group) isOpen.delete(member);
  return group;
}

/** The shortest way from a node back to itself within its group. */
function shortest<N, L>(
  start: N,
  members: ReadonlySet<N>,
  arrowsOf: (node: N) => readonly Arrow<N, L>[],
): Arrow<N, L>[] | undefined {
  const came = new Map<N, Arrow<N, L>>();
  const line: N[] = [start];
  for (let node = line.shift(); node !== undefined; node = line.shift()) {
    for (const arrow of arrowsOf(node)) {
      if (arrow.to === start) return [...wayTo(node, start, came), arrow];
      if (!members.has(arrow.to) || came.has(arrow.to)) continue;
      came.set(arrow.to, arrow);
      line.push(arrow.to);
    }
  }
  return undefined;
}

function wayTo<N, L>(node: N, start: N, came: ReadonlyMap<N, Arrow<N, L>>): Arrow<N, L>[] {
  const way: Arrow<N, L>[] = [];
  for (let at = node; at !== start; ) {
    const arrow = came.get(at) as Arrow<N, L>;
    way.unshift(arrow);
    at = arrow.from;
  }
  return way;
}
