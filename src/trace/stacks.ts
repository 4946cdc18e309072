/**
 * Async stacks: the functions that await each other, from the wait outwards.
 *
 * ```text
 * main waits for
 * ├─ sleep(2s)
 * │    at boilWater (tea.ts:18:3)
 * │    at main (tea.ts:33:24)
 * └─ sleep(1s)
 *      at fetchCups (tea.ts:24:3)
 *      at main (tea.ts:33:24)
 * ```
 *
 * An ordinary stack says who called whom, and a task that waits has none. Its functions are there all
 * the same, each at its `yield*`.
 *
 * @module
 */
import type { Await, Location, RuntimeEvent, TaskRef } from '../runtime/events.ts';
import type { Page } from './page.ts';
import { place } from './places.ts';
import { TEXT_COLUMN } from './story.ts';
import { count, type Line, safeLine, type Tone } from './text.ts';
import { describe } from './words.ts';

/** Of more different waits of a task than this the others are counted. */
const SHOWN = 8;

/** What leads from a task to its waits. */
interface Branches {
  readonly more: string;
  readonly last: string;
  readonly beside: string;
  readonly below: string;
}

const UNICODE: Branches = { more: '├─ ', last: '└─ ', beside: '│    ', below: '     ' };
const ASCII: Branches = { more: '|- ', last: '`- ', beside: '|    ', below: '     ' };

/** The stacks of a waiting task: one for each of its waits, as `join` and `select` have several. */
export function stackLines(task: TaskRef, awaits: readonly Await[], page: Page): Line[] {
  if (awaits.length === 0) return [line('', `${task.name} waits for nothing that could wake it`)];
  return [line('', `${task.name} waits for`), ...tree(awaits, page)];
}

/**
 * The stacks below the lines of a story, where they say more than the story's own line: a function
 * that waits for another one, or waits in several functions. What was shown once is not shown
 * again: a loop comes back to the same wait, and ten tasks of a kind all wait at the same place.
 */
export class StackNotes {
  readonly #page: Page;
  readonly #shown = new Set<string>();

  constructor(page: Page) {
    this.#page = page;
  }

  /** What to show below the line that tells of an event: often nothing. */
  below(event: RuntimeEvent): Line[] {
    if (event.kind !== 'task.poll-ended' || !saysMore(event.awaits)) return [];
    const stacks = event.awaits.map(({ stack }) => stack.map(key).join(' '));
    if (stacks.every((stack) => this.#shown.has(stack))) return [];
    for (const stack of stacks) this.#shown.add(stack);
    const [wait] = event.awaits;
    const lines =
      event.awaits.length === 1 && wait !== undefined
        ? frames(wait.stack, '  ', this.#page.folder)
        : tree(event.awaits, this.#page, 'quiet');
    return lines.map(indented);
  }
}

/** The story's line has told what is waited for, and where: the innermost place of each wait. */
function saysMore(awaits: readonly Await[]): boolean {
  const innermost = new Set(awaits.map(({ stack }) => stack[0]?.fn));
  return innermost.size > 1 || awaits.some(({ stack }) => stack.length > 1);
}

function key({ file, line, column }: Location): string {
  return `${file}:${line}:${column}`;
}

/** A branch for each wait. Those that are the same are one, with a number. */
function tree(awaits: readonly Await[], { unicode, folder }: Page, tone: Tone = 'plain'): Line[] {
  const { more, last, beside, below } = unicode ? UNICODE : ASCII;
  const waits = [...merged(awaits)];
  const untold = waits.slice(SHOWN).reduce((sum, { times }) => sum + times, 0);
  const shown = waits.slice(0, SHOWN);
  const lines = shown.flatMap(({ text, stack, times }, i) => {
    const isLast = untold === 0 && i === shown.length - 1;
    const branch = line(isLast ? last : more, times === 1 ? text : `${text} (${times} times)`, tone);
    return [branch, ...frames(stack, isLast ? below : beside, folder)];
  });
  return untold === 0 ? lines : [...lines, line(last, count(untold, 'more wait'), 'quiet')];
}

interface Wait {
  readonly text: string;
  readonly stack: readonly Location[];
  times: number;
}

function merged(awaits: readonly Await[]): Iterable<Wait> {
  const waits = new Map<string, Wait>();
  for (const wait of awaits) {
    const text = describe(wait);
    const same = [text, ...wait.stack.map(key)].join(' ');
    const known = waits.get(same);
    if (known === undefined) waits.set(same, { text, stack: wait.stack, times: 1 });
    else known.times += 1;
  }
  return waits.values();
}

/** A line for each function. */
export function frames(stack: readonly Location[], before: string, folder: string): Line[] {
  return stack.map((location) => line(before, frame(location, folder), 'quiet'));
}

/** `at boilWater (tea.ts:18:3)`. */
function frame(location: Location, folder: string): string {
  const at = `${place(location, folder)}:${location.column}`;
  return location.fn === '' ? `at ${at}` : `at ${location.fn} (${at})`;
}

/** The wait itself stands out from the functions that lead to it. */
function line(before: string, text: string, tone: Tone = 'plain'): Line {
  return {
    pieces: [
      { tone: 'quiet', text: before },
      { tone, text: safeLine(text) },
    ],
    indent: before.length,
  };
}

/** The same, below the texts of a story. */
function indented({ pieces, indent }: Line): Line {
  return { pieces: [{ tone: 'quiet', text: ' '.repeat(TEXT_COLUMN) }, ...pieces], indent: TEXT_COLUMN + indent };
}
