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
import type { Await, Location, TaskRef } from '../runtime/events.ts';
import type { Page } from './page.ts';
import { place } from './places.ts';
import { type Line, safeLine, type Tone } from './text.ts';
import { describe } from './words.ts';

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
export function stackLines(task: TaskRef, awaits: readonly Await[], { unicode, folder }: Page): Line[] {
  const { more, last, beside, below } = unicode ? UNICODE : ASCII;
  if (awaits.length === 0) return [line('', `${task.name} waits for nothing that could wake it`)];
  const waits = awaits.flatMap((wait, i) => {
    const isLast = i === awaits.length - 1;
    const frames = wait.stack.map((location) => line(isLast ? below : beside, frame(location, folder), 'quiet'));
    return [line(isLast ? last : more, describe(wait)), ...frames];
  });
  return [line('', `${task.name} waits for`), ...waits];
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
