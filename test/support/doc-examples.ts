/**
 * The `ts` fences of doc comments, as modules that run.
 *
 * `import('src/runtime/time/sleep.ts?example=25')` is the example whose fence stands in that line:
 * a `main` with every `expression; // => expected` turned into an assertion. No file is written,
 * and the code keeps its line, so that a red example points into the comment.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FENCE = /```ts\n([\s\S]*?)```/g;
const CLAIM = /^( *)(.+?);? *\/\/ => (.+)$/;
const INDEX = fileURLToPath(new URL('../../src/runtime/index.ts', import.meta.url));

/** What the module of an example exports. */
export interface ExampleModule {
  main(): Generator<never, void, void>;
  /** The lines that show a value. */
  readonly claims: readonly number[];
  /** Those that ran. */
  readonly shown: ReadonlySet<number>;
}

/** The lines in which the examples of a source begin. */
export function exampleLines(source: string): number[] {
  return [...source.matchAll(FENCE)].map(({ index }) => lineAt(source, index));
}

/** The example that begins in a line of a source, as a module. */
function exampleModule(source: string, line: number): string {
  const fence = [...source.matchAll(FENCE)].find(({ index }) => lineAt(source, index) === line);
  if (fence === undefined) throw new Error(`no example in line ${line}`);

  const claims: number[] = [];
  const body = (fence[1] as string).split('\n').map((commented, index) => {
    const code = commented.replace(/^ *\* ?/, '');
    return code.replace(CLAIM, (_, indent, actual, expected) => {
      claims.push(line + 1 + index);
      return `${indent}shown.add(${claims.at(-1)}); expect(${actual}).toEqual(${expected});`;
    });
  });
  const head = `import { expect } from 'vitest'; import { ${publicNames()} } from 'async-lessons';
    export const claims = ${JSON.stringify(claims)}; export const shown = new Set(); export function* main() {`;
  return `${head.replace('\n', ' ')}${'\n'.repeat(line)}${body.join('\n')}\n}`;
}

/** Makes Vite load them. */
export function docExamples() {
  return {
    name: 'doc-examples',
    enforce: 'pre' as const,
    load(id: string) {
      const [, file, line] = /^(.+)\?example=(\d+)$/.exec(id) ?? [];
      return file === undefined ? undefined : exampleModule(readFileSync(file, 'utf8'), Number(line));
    },
  };
}

function lineAt(source: string, index: number): number {
  return source.slice(0, index).split('\n').length;
}

/** Types among them do no harm: a missing import is undefined here, and nobody asks. */
function publicNames(): string {
  const exports = readFileSync(INDEX, 'utf8').matchAll(/^export (?:type )?(?:\{([^}]*)\}|\* as (\w+))/gm);
  return [...exports]
    .map(([, list, name]) => name ?? list?.replace(/\btype /g, ''))
    .join(', ')
    .replace(/,\s*(?=,)/g, '');
}
