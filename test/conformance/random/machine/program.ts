/**
 * A program as `random.1.53.out` has it: `(sizes 1 2) (main (spawn (lock 0)) (sleep 3))`.
 *
 * @module
 */

/** An operation, the numbers it is given, and the operations that it holds. */
export interface Op {
  readonly name: string;
  readonly n: readonly number[];
  readonly kids: readonly Op[];
}

/** Reads all operations of a text. */
export function parse(text: string): Op[] {
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  let i = 0;

  function op(): Op {
    const name = tokens[i + 1] ?? '';
    i += 2;
    const n: number[] = [];
    const kids: Op[] = [];
    while (tokens[i] !== ')') {
      if (tokens[i] === undefined) throw new Error(`a parenthesis is missing: ${text}`);
      if (tokens[i] === '(') kids.push(op());
      else n.push(Number(tokens[i++]));
    }
    i += 1;
    return { name, n, kids };
  }

  const ops: Op[] = [];
  while (i < tokens.length) ops.push(op());
  return ops;
}
