/**
 * Figures at the end of a run: a table of its tasks, and one of what they waited for.
 *
 * Each fits its page: where there is no room the least important columns are left out, and no row
 * goes on in the next line. Each stays short, and the memory for it too, however long the run:
 * of many the busiest are told, and how many others there were.
 *
 * @module
 */
import type { RuntimeEvent } from '../runtime/events.ts';
import type { Page } from './page.ts';
import { ResourceStats } from './stats/resources.ts';
import { TaskStats } from './stats/tasks.ts';
import type { Line } from './text.ts';

/** Folds a run, and tells its figures. */
export class Stats {
  readonly #tasks = new TaskStats();
  readonly #resources = new ResourceStats();

  /** Takes one more event into account. */
  fold(event: RuntimeEvent): void {
    this.#tasks.fold(event);
    this.#resources.fold(event);
  }

  /** Both tables, with an empty line between them. */
  lines(page: Page): Line[] {
    const resources = this.#resources.lines(page);
    return [...this.#tasks.lines(page), ...(resources.length === 0 ? [] : [EMPTY, ...resources])];
  }
}

const EMPTY: Line = { pieces: [{ tone: 'plain', text: '' }], indent: 0 };
