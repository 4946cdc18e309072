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

/** Translates a place in the running code to the place in the source it was made from. */
export type SourceMapper = (file: string, line: number, column: number) => Omit<Location, 'fn'> | undefined;

/** How many frames are read: deeper chains of awaiting functions lose their outermost ones. */
const DEPTH = 40;

/** This folder: frames of the runtime itself are left out. */
const RUNTIME = new URL('.', import.meta.url).href;

const known = new Map<string, Location>();
let mapper: SourceMapper | undefined;

/** Sets who translates places. The host's part of the runtime does it once. */
export function useSourceMapper(translate: SourceMapper): void {
  mapper = translate;
  known.clear();
}

/** The program's frames right now, innermost first. Empty where the engine has no structured stacks. */
export function captureStack(): Location[] {
  return readStack(rawStack());
}

/** Remembers where we are, to be read later with {@link readStack}, if at all. */
export function rawStack(): Error {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = DEPTH;
  const raw = new Error();
  Error.stackTraceLimit = limit;
  return raw;
}

/** Reads what {@link rawStack} remembered. */
export function readStack(raw: Error): Location[] {
  const prepare = Error.prepareStackTrace;
  Error.prepareStackTrace = (_, sites) => sites;
  // The engine formats a stack when it is first read, with the formatter of that moment.
  const sites = raw.stack as unknown;
  Error.prepareStackTrace = prepare;

  return Array.isArray(sites) ? (sites as NodeJS.CallSite[]).flatMap(toLocation) : [];
}

function toLocation(site: NodeJS.CallSite): Location[] {
  const file = site.getFileName();
  const line = site.getLineNumber();
  if (!file || line === null || file.startsWith('node:') || isRuntime(file)) return [];

  const column = site.getColumnNumber() ?? 1;
  const fn = (site.getFunctionName() ?? '').replace(/\.(next|return|throw)$/, '');
  const key = `${file}:${line}:${column}:${fn}`;
  let location = known.get(key);
  if (location === undefined) {
    location = { ...(mapper?.(file, line, column) ?? { file, line, column }), fn };
    known.set(key, location);
  }
  return [location];
}

function isRuntime(file: string): boolean {
  return file.startsWith(RUNTIME) || `file://${file}`.startsWith(RUNTIME);
}
