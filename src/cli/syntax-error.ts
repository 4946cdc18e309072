/**
 * Where a program has its syntax error, and what may help.
 *
 * Node tells the place of such an error only to those who let it end the process. For TypeScript and
 * for wrong names in imports it stands in the stack; for JavaScript another Node is asked, with `--check`.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { place } from '../trace/places.ts';

/** Such a program has hardly more files; a check takes some 50 ms. */
const MOST_FILES = 20;

/** A line of a file. */
interface Spot {
  readonly file: string;
  readonly line: number;
}

/** What is wrong with the syntax of a program, in a sentence; nothing if something else is wrong. */
export function aboutSyntax(error: unknown, path: string, file: string): string | undefined {
  if (!(error instanceof SyntaxError)) return undefined;
  const [head = '', ...rows] = (error.stack ?? '').split('\n');
  // JSON.parse and eval throw such errors as well, but not out of the loader.
  if (!rows.find((row) => /^\s+at /.test(row))?.includes('node:internal/modules/')) return undefined;
  const [, url, line] = /^((?:file:\/\/)?\/.*|[A-Za-z]:\\.*):(\d+)$/.exec(head) ?? [];
  const message = error.message.split('\n')[0] as string;
  const spot = url === undefined ? (searched(file) ?? usingIn(message, file)) : { file: url, line: Number(line) };
  const where = spot === undefined ? `${path}, or a file that it imports,` : placeOf(spot);
  if (/does not provide an export named/.test(message)) return `${where}: ${lowered(message)}.`;
  return `${where} has a syntax error: ${message}.${hint(message, spot ?? { file, line: 0 })}`;
}

function placeOf({ file, line }: Spot): string {
  return place({ file, line, column: 1, fn: '' }, process.cwd());
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Asks Node about a file of JavaScript, then about the files beside it that it imports. */
function searched(file: string, seen: Set<string> = new Set()): Spot | undefined {
  if (seen.size === MOST_FILES || seen.has(file) || !/\.m?js$/.test(file)) return undefined;
  seen.add(file);
  const source = sourceOf(file);
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '--check', '-'], {
    input: source,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const [, line] = /^\[stdin\]:(\d+)/m.exec(stderr) ?? [];
  if (line !== undefined) return { file: pathToFileURL(file).href, line: Number(line) };
  for (const [, other = ''] of source.matchAll(/\bfrom\s*['"](\.[^'"]+)['"]/g)) {
    const found = searched(resolve(dirname(file), other), seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

function sourceOf(file: string): string {
  try {
    return readFileSync(file.startsWith('file:') ? new URL(file) : file, 'utf8');
  } catch {
    return '';
  }
}

const USING = /(?:^|[\s(])using\s+([\w$]+)\s*(?:[=:]|of\b)/;

/** In TypeScript nobody can be asked, but a Node that stumbles over `using` names what stands behind it. */
function usingIn(message: string, file: string): Spot | undefined {
  const line = sourceOf(file)
    .split('\n')
    .findIndex((row) => message === `Unexpected identifier '${USING.exec(row)?.[1]}'`);
  return line < 0 ? undefined : { file: pathToFileURL(file).href, line: line + 1 };
}

/** What a person may have had in mind. */
function hint(message: string, { file, line }: Spot): string {
  const row = sourceOf(file).split('\n')[line - 1] ?? '';
  if (/^Unexpected (identifier|token)/.test(message) && !canUse() && USING.test(row)) {
    return ` \`using\` needs Node 24 or later, and this is ${process.version}: use a later Node, or drop it in a \`finally\` with \`x[Symbol.dispose]()\`.`;
  }
  if (/\bawait\b/.test(row) && /reserved word|await/.test(message)) {
    return ' An async function is a plain `function*` here: write `yield*` instead of `await`.';
  }
  if (/enum|namespace|parameter propert/i.test(message)) return ' Node takes types out, and translates nothing.';
  return '';
}

/** Does this Node know `using`? */
function canUse(): boolean {
  return Number(process.versions.node.split('.')[0]) >= 24;
}
