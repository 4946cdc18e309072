/**
 * A run as a page carries it: everything that the page shows, in one value.
 *
 * A place in the source is told again and again, so each is kept once, and where it stands its number
 * is left. Of files only the short names are kept that people are told, and never where on somebody's
 * disk they were: pages are there to be passed on.
 *
 * ```text
 *   {"at":0,"kind":"task.spawned","task":{"id":1,"name":"bob"},"location":{"@":3},…}
 *                                                                          └── places[3]
 * ```
 *
 * @module
 */
import type { Location, RuntimeEvent } from '../../runtime/events.ts';

/**
 * Why a file is not here: it lies elsewhere, belongs to a package, is no source by its name, is too large,
 * or could not be read.
 */
export type Missing = 'elsewhere' | 'package' | 'name' | 'large' | 'unreadable';

/** What is in a file, or why that is not here. */
export type Source =
  | { readonly text: string; readonly missing: null }
  | { readonly text: null; readonly missing: Missing };

/** A file that the run's places name: as they name it, `tea.ts`. */
export type SourceFile = Source & { readonly name: string };

/** What a lint has found. */
export interface PackedFinding {
  readonly lint: string;
  readonly text: string;
  readonly location: Location | null;
  /** What that means, and what to do: paragraphs of the handbook. */
  readonly means: string;
  readonly fix: string;
}

/** What a page says beside the events. */
export interface Frame {
  readonly title: string;
  /** The version of this package. */
  readonly package: string;
  /** What is missing in the record, if something is. */
  readonly note: string | null;
  /** The figures of the run, in one line. */
  readonly summary: string;
  /** What the doctor says of a run that came to a halt: lines of text. */
  readonly diagnosis: readonly string[];
  readonly findings: readonly PackedFinding[];
  readonly files: readonly SourceFile[];
}

/** All of it. */
export interface PackedRun extends Frame {
  readonly events: readonly RuntimeEvent[];
}

/** A place, where it is kept. */
type PackedPlace = readonly [file: string, line: number, column: number, fn: string];

/** Where a place stood: its number. */
interface Reference {
  readonly '@': number;
}

function isLocation(value: object): value is Location {
  return 'file' in value && 'line' in value && 'column' in value && 'fn' in value;
}

function isReference(value: object): value is Reference {
  return '@' in value;
}

/**
 * The run as JSON, in pieces.
 *
 * @param nameOf the short name of a file.
 */
export function* pack(
  frame: Frame,
  events: Iterable<RuntimeEvent>,
  nameOf: (file: string) => string,
): Generator<string, void, undefined> {
  const places = new Places(nameOf);
  const head = JSON.stringify(places.taken(frame));
  yield `${head.slice(0, -1)},"events":[`;
  let isFirst = true;
  for (const event of events) {
    yield `${isFirst ? '' : ','}${JSON.stringify(places.taken(event))}`;
    isFirst = false;
  }
  yield `],"places":${JSON.stringify(places.all)}}`;
}

/** Collects places. */
class Places {
  readonly all: PackedPlace[] = [];
  readonly #nameOf: (file: string) => string;
  readonly #names = new Map<string, string>();
  readonly #numbers = new Map<string, number>();

  constructor(nameOf: (file: string) => string) {
    this.#nameOf = nameOf;
  }

  /** A value with a number in place of each place. */
  taken(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.taken(item));
    if (isLocation(value)) return { '@': this.#numberOf(value) } satisfies Reference;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.taken(item)]));
  }

  #numberOf({ file, line, column, fn }: Location): number {
    const key = `${line}:${column}:${fn}:${file}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      const name = this.#names.get(file) ?? this.#nameOf(file);
      this.#names.set(file, name);
      number = this.all.push([name, line, column, fn]) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }
}

/** Reads what {@link pack} wrote. */
export function unpack(json: string): PackedRun {
  const { places, ...run } = JSON.parse(json) as PackedRun & { readonly places: readonly PackedPlace[] };
  const locations = places.map(([file, line, column, fn]): Location => ({ file, line, column, fn }));
  restore(run, locations);
  return run;
}

/** Puts places where their numbers are. In place: there may be very many. */
function restore(value: object, locations: readonly Location[]): void {
  const fields = value as Record<string, unknown>;
  for (const key in fields) {
    const item = fields[key];
    if (typeof item !== 'object' || item === null) continue;
    if (isReference(item)) fields[key] = locations[item['@']];
    else restore(item, locations);
  }
}
