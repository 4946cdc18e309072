/**
 * A run as a file of lines: a header, then one event a line, as docs/trace-format.md says.
 *
 * ```text
 * {"format":"async-lessons-trace","version":1,"package":"0.1.0","lesson":"tea",…,"dropped":0,"since":0}
 * {"at":0,"kind":"runtime.started","clock":"virtual","seed":1,"speed":1}
 * {"at":0,"kind":"task.spawned","task":{"id":0,"name":"main"},"parent":null,"location":null}
 * ```
 *
 * A file may have been made by a newer version, cut off, edited, or not be a trace at all. Nothing
 * in it is believed before it was checked; but its texts are only texts, and whoever prints one
 * makes it safe first.
 *
 * @module
 */
import type { RuntimeEvent } from '../../runtime/events.ts';
import { droppedNote, type Recorder } from '../recorder.ts';
import { count, safeLine } from '../text.ts';
import { type Header, readEvent, readHeader } from './event-shape.ts';
import { toJson } from './json.ts';
import { ShapeError } from './shape.ts';

const FORMAT = 'async-lessons-trace';
const VERSION = 1;

/** What the recorder does not know of a run. */
export interface About {
  /** The version of this package. */
  readonly package: string;
  /** The name of the lesson; null for a program of somebody's own. */
  readonly lesson: string | null;
}

/** A run that was saved. */
export interface SavedRun {
  readonly header: Header;
  readonly events: readonly RuntimeEvent[];
  /** What a person should know of it, one sentence each. Harmless to print. */
  readonly warnings: readonly string[];
}

/** A file cannot be read as a trace. The message says why, and is harmless to print. */
export class TraceFileError extends Error {
  override readonly name = 'TraceFileError';
}

/** The lines of a file that keeps a run, each with its line break. */
export function* jsonlLines(recorder: Recorder, about: About): Generator<string, void, undefined> {
  const { started, dropped, since } = recorder;
  const { clock, seed, speed } = started ?? { clock: null, seed: null, speed: null };
  const header: Header = {
    ...{ format: FORMAT, version: VERSION, package: about.package, lesson: about.lesson },
    ...{ clock, seed, speed, dropped, since },
  };
  yield `${toJson(header)}\n`;
  for (const event of recorder.events()) yield `${toJson(event)}\n`;
}

/**
 * Reads a file that {@link jsonlLines} wrote: all of it, or one chunk after the other.
 *
 * A last line that is cut off is left out, and so are events of kinds that only newer versions
 * know; the warnings say so. Fields that only newer versions know are left out silently.
 *
 * @throws {TraceFileError} if it is no trace, is of a newer format, or has a line that is wrong.
 */
export function readJsonl(text: string | Iterable<string | Uint8Array>): SavedRun {
  const events: RuntimeEvent[] = [];
  const warnings: string[] = [];
  const skipped = new Set<string>();
  let header: Header | undefined;
  let unknown = 0;
  let now = Number.NEGATIVE_INFINITY;

  for (const { line, nth, isWhole } of linesOf(typeof text === 'string' ? [text] : text)) {
    if (line.trim() === '') continue;
    const value = parse(line);
    if (header === undefined) {
      header = toHeader(value);
      continue;
    }
    if (value === undefined) {
      if (isWhole) throw new TraceFileError(`line ${nth} is not JSON`);
      warnings.push(`The last line, ${nth}, is cut off and was left out: was the run killed?`);
      break;
    }
    if (isHeader(value)) throw new TraceFileError(`line ${nth} begins another trace: a file holds one run`);
    try {
      const event = readEvent(value);
      if (event.at < now) throw new TraceFileError(`line ${nth} goes back in time, from ${now} to ${event.at} ms`);
      now = event.at;
      events.push(event);
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      if (!error.isNew) throw new TraceFileError(`line ${nth} is no event: ${error.message}`);
      unknown += 1;
      if (skipped.size < 5) skipped.add(kindOf(value));
    }
  }

  if (header === undefined) throw new TraceFileError('this is not a trace: it is empty');
  const note = droppedNote(header);
  if (note !== undefined) warnings.unshift(note);
  if (unknown > 0) {
    const kinds = [...skipped].join(', ');
    warnings.push(`${count(unknown, 'event')} of a kind that this version does not know left out: ${kinds}.`);
  }
  return { header, events, warnings };
}

/** The lines of a file, counted from 1. Only the last one can lack its line break. */
function* linesOf(chunks: Iterable<string | Uint8Array>) {
  const decoder = new TextDecoder();
  let nth = 0;
  let pieces: string[] = [];
  for (const chunk of chunks) {
    const [first = '', ...others] = (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })).split(
      '\n',
    );
    pieces.push(first);
    for (const other of others) {
      nth += 1;
      yield { line: pieces.join(''), nth, isWhole: true };
      pieces = [other];
    }
  }
  const rest = pieces.join('') + decoder.decode();
  if (rest !== '') yield { line: rest, nth: nth + 1, isWhole: false };
}

/** Undefined if it is not JSON. */
function parse(line: string): unknown {
  try {
    // Some editors put a mark before the first character of a file.
    return JSON.parse(line.startsWith('\ufeff') ? line.slice(1) : line);
  } catch {
    return undefined;
  }
}

function isHeader(value: unknown): value is { readonly version?: unknown } {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === FORMAT;
}

function toHeader(value: unknown): Header {
  if (!isHeader(value)) {
    throw new TraceFileError(`this is not a trace: its first line does not say "format":"${FORMAT}"`);
  }
  const { version } = value;
  if (typeof version === 'number' && version > VERSION) {
    throw new TraceFileError(
      `this file is of version ${version}, and this program reads up to ${VERSION}: update async-lessons`,
    );
  }
  try {
    return readHeader(value);
  } catch (error) {
    if (error instanceof ShapeError) throw new TraceFileError(`line 1 is no header: ${error.message}`);
    throw error;
  }
}

/** Which part of an event is new: `task.paused`, or `resource.op boiled`. */
function kindOf(value: unknown): string {
  const { kind, op } = value as { readonly kind: unknown; readonly op?: unknown };
  return safeLine(kind === 'resource.op' ? `${kind} ${op}` : String(kind)).slice(0, 40);
}
