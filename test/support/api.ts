/**
 * What the package exports, read from the declarations that users get.
 */
import { readFileSync } from 'node:fs';

const ROOT = new URL('../../dist/runtime/', import.meta.url);

/** Bases whose members everybody knows: they are not listed again for each future or error. */
const COMMON = new Set(['Future', 'Resource', 'RuntimeError', 'Error', 'Waker', 'Disposable']);

const MEMBER = /^ {4}(?:static |readonly |get |set |abstract |override |\*)*([a-z]\w*)(?:<[^\n]*?>)?[(:?]/gm;

/** Every export, and of classes and interfaces every public member: `Semaphore.acquire`, `mpsc.Sender.send`. */
export function publicApi(file = new URL('index.d.ts', ROOT), prefix = ''): Set<string> {
  const names = new Set<string>();
  const text = readFileSync(file, 'utf8');
  for (const [, alias, from] of text.matchAll(/export \* as (\w+) from '(.+?)'/g)) {
    for (const name of publicApi(declarations(file, from), `${alias}.`)) names.add(prefix + name);
  }
  for (const [, list = '', from] of text.matchAll(/export (?:type )?\{([^}]*)\} from '(.+?)'/g)) {
    for (const name of list.split(',').map((item) => item.replace(/^\s*(type )?/, '').trim())) {
      if (name !== '') addAll(names, prefix + name, declarations(file, from), name);
    }
  }
  for (const [, name = ''] of text.matchAll(/export declare (?:abstract )?(?:class|function|const) (\w+)/g)) {
    addAll(names, prefix + name, file, name);
  }
  return names;
}

function declarations(file: URL, from = ''): URL {
  return new URL(from.replace(/\.[jt]s$/, '.d.ts'), file);
}

function addAll(names: Set<string>, as: string, file: URL, name: string): void {
  names.add(as);
  for (const member of members(file, name)) names.add(`${as}.${member}`);
}

/** The members of a class or an interface, with those of its own bases. */
function members(file: URL, name: string): Set<string> {
  const text = readFileSync(file, 'utf8');
  const head = new RegExp(`^(?:export )?(?:declare )?(?:abstract )?(?:class|interface) ${name}\\b([^{]*)\\{`, 'm');
  const start = head.exec(text);
  if (start === null) {
    const again = new RegExp(`[{,]\\s*(?:type )?${name}\\b[^}]*\\} from '(.+?)'`).exec(text);
    return again === null ? new Set() : members(declarations(file, again[1]), name);
  }
  const body = text.slice(start.index + start[0].length, text.indexOf('\n}', start.index));
  const found = new Set([...body.matchAll(MEMBER)].map((match) => match[1] as string));
  found.delete('constructor');
  const base = /extends (\w+)/.exec(start[1] ?? '')?.[1];
  if (base !== undefined && !COMMON.has(base)) for (const member of members(file, base)) found.add(member);
  return found;
}

/** What a docstring says behind `**Cancel safety:**`, of a function or of a method. */
export function cancelSafety(name: string): string | undefined {
  const doc = docs().get(name);
  return doc === undefined ? undefined : /\*\*Cancel safety:\*\* ([^]*?)(?=\n\n|\*\*Order|@|$)/.exec(doc)?.[1]?.trim();
}

let all: Map<string, string> | undefined;

/** Every docstring of the exports, by name. */
function docs(): Map<string, string> {
  all ??= new Map(collectDocs(new URL('index.d.ts', ROOT), ''));
  return all;
}

function* collectDocs(file: URL, prefix: string): Generator<[string, string]> {
  const text = readFileSync(file, 'utf8');
  for (const [, alias, from] of text.matchAll(/export \* as (\w+) from '(.+?)'/g)) {
    yield* collectDocs(declarations(file, from), `${alias}.`);
  }
  const files = [...text.matchAll(/export (?:type )?\{[^}]*\} from '(.+?)'/g)].map(([, from]) =>
    declarations(file, from),
  );
  for (const url of [file, ...files]) {
    let owner = '';
    const source = readFileSync(url, 'utf8');
    for (const match of source.matchAll(
      /^(?:\/\*\*([^]*?)\*\/\n)?export declare (?:abstract )?(?:class|function|const) (\w+)|^ {4}\/\*\*([^]*?)\*\/\n {4}(?:static |get |\*)*(\w+)|^export interface (\w+)/gm,
    )) {
      const [, doc, name, memberDoc, member, face] = match;
      if (name !== undefined || face !== undefined) owner = (name ?? face) as string;
      const clean = (doc ?? memberDoc ?? '').replace(/^\s*\* ?/gm, '');
      if (clean !== '') yield [prefix + (member === undefined ? owner : `${owner}.${member}`), clean];
    }
  }
}
