/**
 * The small parts of a file in the Chrome Trace Event format.
 *
 * @module
 */
import type { TaskRef } from '../../runtime/events.ts';
import { safe, safeLine } from '../text.ts';

/** An event of the format. */
export type Mark = Readonly<Record<string, unknown>>;

const LONGEST_NAME = 200;
const PID = 1;

/** A poll that runs, or a time in which the runtime is parked. */
export interface Open {
  readonly tid: number;
  readonly name: string;
  readonly start: number;
  /** What happens meanwhile; it is written after the slice, which is written when its end is known. */
  readonly inside: Mark[];
}

/** An arrow that has begun. */
export interface Arrow {
  readonly name: 'wake' | 'spawn';
  readonly id: string;
}

/** What an instant tells when one clicks on it. */
export type Details = Readonly<Record<string, unknown>>;

export function where(tid: number, ns: number) {
  return { pid: PID, tid, ts: ns / 1000 };
}

export function metadata(name: string, tid: number, args: Details): Mark {
  return { ph: 'M', name, pid: PID, tid, args };
}

export function isTask(value: unknown): value is TaskRef {
  return typeof value === 'object' && value !== null;
}

export function harmless(value: unknown): unknown {
  return typeof value === 'string' ? wellFormed(safe(value)) : value;
}

/** A name: one line, not too long, and nothing in it that a reader of JSON could stumble over. */
export function clean(text: string): string {
  const line = safeLine(text);
  return wellFormed(line.length > LONGEST_NAME ? `${line.slice(0, LONGEST_NAME)}...` : line);
}

/** Without halves of characters, which not every reader of JSON bears. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
