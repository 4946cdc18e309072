/**
 * How files of a person's own are found when `run` loads them. Node calls it for every import.
 *
 * `async-lessons` is always this very package, wherever the file lies and whatever is installed there:
 * a program that used another copy would have another runtime, and nobody could see what it does.
 *
 * Older Nodes load this file in a thread of its own, so it imports nothing of ours and keeps no state.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OURS = new URL('../runtime/index.js', import.meta.url).href;

interface Resolved {
  readonly url: string;
  readonly format?: string | null | undefined;
  readonly shortCircuit?: boolean;
}

type Next = (specifier: string, context: unknown) => Resolved | Promise<Resolved>;

/** The hook: what an import means. In a thread of its own it is asked asynchronously, otherwise not. */
export function resolve(specifier: string, context: unknown, next: Next): Resolved | Promise<Resolved> {
  if (specifier === 'async-lessons') return { url: OURS, format: 'module', shortCircuit: true };
  const found = next(specifier, context);
  return found instanceof Promise ? found.then(asModule) : asModule(found);
}

/** Statements that only a module has. */
const OF_A_MODULE =
  /^(?:import\s*(?:['"{*]|type\s|[\w$]+\s*(?:,\s*[{*]|from\b))|export\s+(?:default|async|function|const|let|var|class|type|interface|[{*])|export\s*[{*])/m;

/**
 * A program that has `import` or `export` is a module, also where the package.json beside it says
 * nothing of it, or something else, and where Node would not look into the file.
 */
function asModule(found: Resolved): Resolved {
  const { url, format } = found;
  const ending = /\.[jt]s$/.exec(url)?.[0];
  if (ending === undefined || !url.startsWith('file:') || url.includes('/node_modules/')) return found;
  if (format?.startsWith('module') || !OF_A_MODULE.test(sourceOf(url))) return found;
  return { ...found, format: ending === '.ts' ? 'module-typescript' : 'module' };
}

/** Empty if it cannot be read: Node says what is wrong with it. */
function sourceOf(url: string): string {
  try {
    return readFileSync(fileURLToPath(url), 'utf8');
  } catch {
    return '';
  }
}
