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

/** How many frames are read at most: deeper chains of awaiting functions lose their outermost ones. */
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
 * How far down the stack something was found. Each frame takes some 0.25 µs (bench/floor.js), so no more of them are taken
 * than were needed lately, and more only where those did not reach: an event takes 0.85 of the time.
 */
class Reach {
  /** So many frames are worth a look. */
  frames = FIRST_LOOK;
  #most = 0;
  #looks = 0;

  /** It took so many frames. Near places and far ones take turns, so a near one does not count at once. */
  took(frames: number): void {
    this.#most = Math.max(this.#most, frames);
    this.#looks += 1;
    this.frames = this.#looks < LOOKS ? Math.max(this.frames, frames) : this.#most;
    if (this.#looks < LOOKS) return;
    this.#most = 0;
    this.#looks = 0;
  }
}

/** Where a search begins. */
const FIRST_LOOK = 8;

/** What none of so many searches has needed is not taken any more. */
const LOOKS = 16;

const stackReach = new Map<string, Reach>();
const callerReach = new Map<string, Reach>();

/**
 * The program's frames right now, innermost first. Empty where the engine has no structured stacks.
 *
 * @param of what it is about: the frames of the runtime between are about as many each time.
 */
export function captureStack(of = ''): readonly Location[] {
  const reach = reachOf(stackReach, of);
  for (let frames = reach.frames; ; frames = Math.min(DEPTH, frames * 2)) {
    const sites = read(rawStack(frames));
    const stack: Location[] = [];
    const looked = collect(sites, stack);
    if (looked === frames && frames < DEPTH && toLocation(sites[looked - 1] as CallSite) !== 'root') continue;
    reach.took(looked);
    return shared(stack);
  }
}

/** Where the program called us: the innermost of its frames. `of` is as above. */
export function captureCaller(of = ''): Location | null {
  const reach = reachOf(callerReach, of);
  for (let frames = reach.frames; ; frames = Math.min(CALLER, frames * 2)) {
    const sites = read(rawStack(frames));
    for (let i = 0; i < sites.length; i++) {
      const location = toLocation(sites[i] as CallSite);
      if (location === null) continue;
      reach.took(i + 1);
      return location === 'root' ? null : location;
    }
    if (sites.length === frames && frames < CALLER) continue;
    reach.took(sites.length);
    return null;
  }
}

function reachOf(reaches: Map<string, Reach>, of: string): Reach {
  let reach = reaches.get(of);
  if (reach === undefined) {
    reach = new Reach();
    reaches.set(of, reach);
  }
  return reach;
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
  const stack: Location[] = [];
  collect(read(raw), stack);
  return shared(stack);
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

/** Collects the program's places among the frames, up to the root of its task. Answers at how many frames it looked. */
function collect(sites: readonly CallSite[], into: Location[]): number {
  for (let i = 0; i < sites.length; i++) {
    const location = toLocation(sites[i] as CallSite);
    if (location === 'root') return i + 1;
    if (location !== null) into.push(location);
  }
  return sites.length;
}

/** The same places are the same list. */
function shared(stack: readonly Location[]): readonly Location[] {
  const [innermost] = stack;
  if (innermost === undefined) return stack;
  const last = lastStacks.get(innermost);
  if (last?.length === stack.length && last.every((location, i) => location === stack[i])) return last;
  lastStacks.set(innermost, stack);
  return stack;
}

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
