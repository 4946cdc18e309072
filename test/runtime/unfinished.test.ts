import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Task } from '../../src/runtime/task.ts';
import { Unfinished } from '../../src/runtime/unfinished.ts';

type Entry = Pick<Task, 'id' | 'before' | 'after'>;

const entry = (id: number) => ({ id, before: undefined, after: undefined }) as Entry as Task;

function ids(list: Unfinished): number[] {
  const seen: number[] = [];
  list.some((task) => {
    seen.push(task.id);
    return false;
  });
  return seen;
}

describe('the unfinished tasks', () => {
  it('are in the order of their spawning, whoever has left', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9)), (moves) => {
        const list = new Unfinished();
        const tasks = Array.from({ length: 10 }, (_, id) => entry(id));
        const expected: number[] = [];
        for (const id of moves) {
          const at = expected.indexOf(id);
          if (at >= 0) {
            expected.splice(at, 1);
            list.delete(tasks[id] as Task);
          } else {
            expected.push(id);
            list.add(tasks[id] as Task);
          }
          expect(ids(list)).toEqual(expected);
          expect(list.first?.id).toBe(expected[0]);
        }
      }),
    );
  });

  it('lose nobody by the end of a task that is not among them', () => {
    const list = new Unfinished();
    list.add(entry(1));
    list.delete(entry(2));
    expect(ids(list)).toEqual([1]);
  });

  it('hold no neighbour of one that has left', () => {
    const list = new Unfinished();
    const [first, second, third] = [entry(1), entry(2), entry(3)];
    for (const task of [first, second, third]) list.add(task);
    list.delete(second);
    expect([second.before, second.after]).toEqual([undefined, undefined]);
  });

  it('are asked until one says yes', () => {
    const list = new Unfinished();
    for (const id of [1, 2, 3]) list.add(entry(id));
    const asked: number[] = [];
    expect(list.some(({ id }) => asked.push(id) === 2)).toBe(true);
    expect(asked).toEqual([1, 2]);
    expect(list.some(() => false)).toBe(false);
  });
});
