/**
 * What the package exports, read from the declarations that users get.
 */
import { readFileSync } from 'node:fs';

const ROOT = new URL('../../dist/runtime/', import.meta.url);

/** Bases whose members everybody knows: they are not listed again for each future or error. */
const COMMON = new Set(['Future', 'Resource', 'RuntimeError', 'Error', 'Waker', 'Disposable']);

/** What every future and every resource has. */
const COMMON_MEMBERS = new Set(['constructor', 'poll', 'drop', 'label', 'awaited', 'mayBeIgnored', 'kind', 'detail']);

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
  if (['Future', 'Resource'].includes(baseOf(start[1]) ?? ''))
    for (const member of COMMON_MEMBERS) found.delete(member);
  found.delete('constructor');
  const base = baseOf(start[1]);
  if (base !== undefined && !COMMON.has(base)) for (const member of members(file, base)) found.add(member);
  return found;
}

function baseOf(head = ''): string | undefined {
  return /extends (\w+)/.exec(head)?.[1];
}

/** What a docstring says behind `**Cancel safety:**`, of a function or of a method, its own or inherited. */
export function cancelSafety(name: string): string | undefined {
  all ??= collectDocs(new URL('index.d.ts', ROOT), '');
  const [, owner = '', member = ''] = /^(.*?)(\.[a-z]\w*)?$/.exec(name) ?? [];
  for (let type: string | undefined = owner; type !== undefined; type = all.bases.get(type)) {
    const said = SAFETY.exec(all.docs.get(type + member) ?? '')?.[1];
    if (said !== undefined) return said.replace(/\s+/g, ' ').trim();
  }
  return undefined;
}

const SAFETY = /\*\*Cancel safety:\*\* ([\s\S]*?)(?=\n\n|\*\*Order|@|$)/;
const DOC = String.raw`\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n`;
const TYPE = String.raw`^(?:${DOC})?(?:export )?(?:declare )?(?:abstract )?(?:class|function|const|interface) (\w+)(.*)`;
const DOCUMENTED = new RegExp(String.raw`${TYPE}|^ {4}${DOC} {4}(?:static |get |\*)*(\w+)`, 'gm');

interface Docs {
  readonly docs: Map<string, string>;
  readonly bases: Map<string, string>;
}

let all: Docs | undefined;

/** Every docstring of the exports and of their members, by name. */
function collectDocs(file: URL, prefix: string, into: Docs = { docs: new Map(), bases: new Map() }): Docs {
  const text = readFileSync(file, 'utf8');
  for (const [, alias, from] of text.matchAll(/export \* as (\w+) from '(.+?)'/g)) {
    collectDocs(declarations(file, from), `${alias}.`, into);
  }
  const files = [...text.matchAll(/export (?:type )?\{[^}]*\} from '(.+?)'/g)];
  for (const url of [file, ...files.map(([, from]) => declarations(file, from))]) {
    let owner = '';
    for (const [, doc, name, head, memberDoc, member] of readFileSync(url, 'utf8').matchAll(DOCUMENTED)) {
      if (name !== undefined) {
        owner = prefix + name;
        const base = baseOf(head);
        if (base !== undefined) into.bases.set(owner, prefix + base);
      }
      const clean = (doc ?? memberDoc ?? '').replace(/^\s*\* ?/gm, '');
      if (clean !== '') into.docs.set(member === undefined ? owner : `${owner}.${member}`, clean);
    }
  }
  return into;
}
