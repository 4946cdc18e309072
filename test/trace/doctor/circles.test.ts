import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Arrow, circles } from '../../../src/trace/doctor/circles.ts';

type Way = Arrow<number, string>;

/** The circles of a graph that is given by its arrows, each as the nodes it goes through. */
function found(count: number, arrows: readonly (readonly [from: number, to: number])[]): number[][] {
  const nodes = Array.from({ length: count }, (_, node) => node);
  const ways: Way[] = arrows.map(([from, to]) => ({ from, to, label: `${from}>${to}` }));
  return circles(nodes, (node) => ways.filter(({ from }) => from === node)).map((circle) =>
    circle.map(({ from }) => from),
  );
}

/** From where to where there is a way, by trying all of them. */
function reachable(count: number, arrows: readonly (readonly [number, number])[]): boolean[][] {
  const nodes = Array.from({ length: count }, (_, node) => node);
  const way = nodes.map((from) => nodes.map((to) => arrows.some(([a, b]) => a === from && b === to)));
  for (const over of nodes)
    for (const from of nodes)
      for (const to of nodes) {
        const row = way[from] as boolean[];
        row[to] ||= (row[over] as boolean) && ((way[over] as boolean[])[to] as boolean);
      }
  return way;
}

describe('circles', () => {
  it('finds none where there is none', () => {
    expect(
      found(3, [
        [0, 1],
        [1, 2],
        [0, 2],
      ]),
    ).toEqual([]);
  });

  it('finds a node that leads to itself', () => {
    expect(
      found(2, [
        [0, 1],
        [1, 1],
      ]),
    ).toEqual([[1]]);
  });

  it('begins with the first node, and goes the shortest way', () => {
    expect(
      found(4, [
        [3, 0],
        [0, 1],
        [1, 2],
        [2, 3],
        [1, 3],
      ]),
    ).toEqual([[0, 1, 3]]);
  });

  it('finds one for each group', () => {
    expect(
      found(5, [
        [0, 1],
        [1, 0],
        [1, 2],
        [2, 3],
        [3, 2],
        [4, 4],
      ]),
    ).toHaveLength(3);
  });

  it('does not mind a hundred thousand nodes in a row', () => {
    const count = 100_000;
    const nodes = Array.from({ length: count }, (_, node) => node);
    const next = (node: number): Way[] => [{ from: node, to: (node + 1) % count, label: '' }];

    expect(circles(nodes, next)[0]).toHaveLength(count);
  });

  it('finds one in each group of nodes that lead to one another, and they are circles', () => {
    const node = fc.nat({ max: 6 });
    fc.assert(
      fc.property(fc.array(fc.tuple(node, node), { maxLength: 20 }), (arrows) => {
        const way = reachable(7, arrows);
        const onCircle = [0, 1, 2, 3, 4, 5, 6].filter((n) => way[n]?.[n]);
        const groups = new Set(onCircle.map((n) => onCircle.filter((m) => way[n]?.[m] && way[m]?.[n]).join()));

        const answer = found(7, arrows);

        expect(answer).toHaveLength(groups.size);
        for (const circle of answer) {
          expect(new Set(circle).size).toBe(circle.length);
          for (const [i, from] of circle.entries()) {
            const to = circle[(i + 1) % circle.length];
            expect(arrows.some(([a, b]) => a === from && b === to)).toBe(true);
          }
        }
      }),
    );
  });
});
