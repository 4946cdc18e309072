/**
 * Where in the program something happens.
 *
 * A poll goes from the root of a task down to the leaf, so while a leaf is polled or dropped the
 * functions that await each other all stand on the stack, each at its `yield*`. Reading the stack
 * there gives what other runtimes call an async backtrace, for free.
 *
 * Taken only while somebody traces, or when a program is stuck.
 *
 * @module
 */

/** A place in a source file. Lines and columns count from 1. */
export interface Location {
  /** A file URL or a path, as the host names it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The function it stands in; empty at top level and for anonymous functions. */
  readonly fn: string;
}

/**
 * Translates a place in the running code to the place in the source it was made from.
 *
 * Answers `undefined` where there is nothing to translate, and `null` for code that the compiler
 * has added, which is nobody's source.
 */
export type SourceMapper = (file: string, line: number, column: number) => Omit<Location, 'fn'> | null | undefined;

/** How many frames are read: deeper chains of awaiting functions lose their outermost ones. */
const DEPTH = 48;

/** How many frames lead at most from an operation of the runtime to the program that called it. */
const CALLER = 20;

/** How many frames lead from here to whoever makes a future: all that its place needs. */
const NEAR = 9;

/** This folder: frames of the runtime itself are left out. */
const RUNTIME = new URL('.', import.meta.url).href;

/** Places that were met before, by file and offset: a loop meets the same ones again and again. */
const known = new Map<string, Map<number, Location | 'root' | null>>();
let mapper: SourceMapper | undefined;

/** Sets who translates places. The host's part of the runtime does it once. */
export function useSourceMapper(translate: SourceMapper): void {
  mapper = translate;
  known.clear();
}

/**
 * So many frames were enough so far. Each frame takes some 0.2 µs (bench/floor.js), and what lies below the root of a
 * task is none of the program's: so fewer are tried first, and more only where they did not reach.
 */
let enoughForStack = 12;
let enoughForCaller = 6;

/** The program's frames right now, innermost first. Empty where the engine has no structured stacks. */
export function captureStack(): readonly Location[] {
  let sites = read(rawStack(enoughForStack));
  while (sites.length === enoughForStack && enoughForStack < DEPTH && !sites.some(isRootSite)) {
    enoughForStack = Math.min(DEPTH, enoughForStack * 2);
    sites = read(rawStack(enoughForStack));
  }
  return locations(sites);
}

/** Where the program called us: the innermost of its frames. */
export function captureCaller(): Location | null {
  let sites = read(rawStack(enoughForCaller));
  while (sites.length === enoughForCaller && enoughForCaller < CALLER && sites.every(isNoPlace)) {
    enoughForCaller = Math.min(CALLER, enoughForCaller * 2);
    sites = read(rawStack(enoughForCaller));
  }
  return locations(sites)[0] ?? null;
}

/**
 * Remembers where we are, to be read later with {@link readStack}, if at all. It costs some
 * microseconds, the more the deeper it goes.
 */
export function rawStack(depth: number = NEAR): Error {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = depth;
  const raw = new Error();
  Error.stackTraceLimit = limit;
  return raw;
}

/** Reads what {@link rawStack} remembered. */
export function readStack(raw: Error): readonly Location[] {
  return locations(read(raw));
}

const structured = (_: Error, sites: NodeJS.CallSite[]) => sites;

function read(raw: Error): CallSite[] {
  const prepare = Error.prepareStackTrace;
  Error.prepareStackTrace = structured;
  // The engine formats a stack when it is first read, with the formatter of that moment.
  const sites = raw.stack as unknown;
  Error.prepareStackTrace = prepare;
  return Array.isArray(sites) ? (sites as CallSite[]) : [];
}

/** The stack that was met last with this innermost place: a loop meets the same one again and again. */
const lastStacks = new WeakMap<Location, readonly Location[]>();

/** The program's places among the frames, up to the root of its task. The same ones are the same list. */
function locations(sites: readonly CallSite[]): readonly Location[] {
  const stack: Location[] = [];
  for (const site of sites) {
    const location = toLocation(site);
    if (location === 'root') break;
    if (location !== null) stack.push(location);
  }
  const [innermost] = stack;
  if (innermost === undefined) return stack;
  const last = lastStacks.get(innermost);
  if (last?.length === stack.length && last.every((location, i) => location === stack[i])) return last;
  lastStacks.set(innermost, stack);
  return stack;
}

const isRootSite = (site: CallSite) => toLocation(site) === 'root';
const isNoPlace = (site: CallSite) => toLocation(site) === null;

/** V8's view of a frame. */
interface CallSite extends NodeJS.CallSite {
  /** The offset in the file. */
  getPosition(): number;
}

/** The program's place of a frame, `root` where a task begins, or `null` if it is none of the program's. */
function toLocation(site: CallSite): Location | 'root' | null {
  const file = site.getFileName();
  if (!file) return null;
  let places = known.get(file);
  if (places === undefined) {
    places = new Map();
    known.set(file, places);
  }
  const position = site.getPosition();
  let location = places.get(position);
  if (location === undefined) {
    location = isRuntime(file) ? (isRoot(site) ? 'root' : null) : translate(site, file);
    places.set(position, location);
  }
  return location;
}

function translate(site: CallSite, file: string): Location | null {
  if (file.startsWith('node:')) return null;
  const line = site.getLineNumber();
  const column = site.getColumnNumber();
  if (line === null || column === null) return null;
  const place = mapper?.(file, line, column);
  if (place === null) return null;
  const fn = (site.getFunctionName() ?? '').replace(/\.(next|return|throw)$/, '');
  return { ...(place ?? { file, line, column }), fn };
}

/** Is it the method of a task that polls or drops its future? Whoever called that is not awaited. */
function isRoot(site: CallSite): boolean {
  const name = site.getFunctionName();
  return (name === 'run' || name === 'cancel') && /Task$/.test(site.getTypeName() ?? '');
}

function isRuntime(file: string): boolean {
  return file.startsWith(RUNTIME) || `file://${file}`.startsWith(RUNTIME);
}
