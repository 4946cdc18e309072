/**
 * The table of tasks, with tokio-console's columns.
 *
 * | column | meaning |
 * |---|---|
 * | ID | number of the task; 0 is main |
 * | State | RUNNING, SCHED, IDLE, DONE, as tokio-console names them; PANICKED and CANCELLED, which it calls DONE, too |
 * | Name | as given to `spawn` |
 * | Total, Busy, Sched, Idle | see `lives.ts`; Busy is `-` on the virtual clock, where work takes no time |
 * | Polls, Wakes | how often it was polled, and made ready |
 * | Self | how often it made itself ready, and which part of Wakes that is |
 * | Waits on | what it waits for, or waited for when it was dropped |
 * | Where | where it waits; if it does not, where it was spawned |
 *
 * @module
 */
import type { RuntimeEvent } from '../../runtime/events.ts';
import { nameOf, placeOf } from '../lints/lint.ts';
import { type Life, type LifeState, Lives } from '../lives.ts';
import type { Page } from '../page.ts';
import { place } from '../places.ts';
import { count, grouped, type Line, span, type Tone } from '../text.ts';
import { type Column, type Row, table } from './table.ts';

/** Of more tasks than this the busiest are told, and of the others how many: a table should fit on a screen. */
const TOLD_TASKS = 30;

/** The columns of the table. */
export const COLUMNS: readonly Column[] = [
  { title: 'ID', align: 'right', drop: 0 },
  { title: 'State', drop: 0 },
  { title: 'Name', drop: 0, least: 8, most: 24 },
  { title: 'Total', align: 'right', drop: 4 },
  { title: 'Busy', align: 'right', drop: 2 },
  { title: 'Sched', align: 'right', drop: 5 },
  { title: 'Idle', align: 'right', drop: 9 },
  { title: 'Polls', align: 'right', drop: 1 },
  { title: 'Wakes', align: 'right', drop: 6 },
  { title: 'Self', align: 'right', drop: 7 },
  { title: 'Waits on', drop: 3, least: 12, most: 32 },
  { title: 'Where', drop: 8, least: 14, most: 32, cut: 'start' },
];

/** Where work takes no time, how long it took is the last thing to know. */
const VIRTUAL: readonly Column[] = COLUMNS.map((column) =>
  column.title === 'Busy' || column.title === 'Sched' ? { ...column, drop: column.drop + 10 } : column,
);

const STATES: Record<LifeState, readonly [name: string, tone: Tone]> = {
  running: ['RUNNING', 'good'],
  scheduled: ['SCHED', 'plain'],
  idle: ['IDLE', 'plain'],
  done: ['DONE', 'plain'],
  panicked: ['PANICKED', 'bad'],
  cancelled: ['CANCELLED', 'quiet'],
};

/** Folds what is told of tasks. It remembers those that live, and the busiest of those that have ended. */
export class TaskStats {
  readonly #lives = new Lives();
  #ended: Life[] = [];
  #spawned = 0;
  #busy = 0;
  #polls = 0;

  fold(event: RuntimeEvent): void {
    const ended = this.#lives.fold(event);
    if (event.kind === 'task.spawned') this.#spawned += 1;
    if (event.kind === 'task.poll-ended') {
      this.#busy += event.busy;
      this.#polls += 1;
    }
    if (ended === undefined) return;
    this.#ended.push(ended);
    // Twice as many are kept as are told, so that they are sorted once in a while only.
    if (this.#ended.length >= 2 * TOLD_TASKS) this.#ended = busiest(this.#ended);
  }

  lines(page: Page): Line[] {
    const { clock, now } = this.#lives;
    const told = busiest([...this.#lives.values(), ...this.#ended]).sort((a, b) => a.ref.id - b.ref.id);
    const rows = told.map((life) => row(life, now, clock, page.folder));
    const lines = table(clock === 'virtual' ? VIRTUAL : COLUMNS, rows, page.width, page.unicode);
    const others = this.#spawned - told.length;
    if (others <= 0) return lines;
    const polls = this.#polls - sum(told, ({ polls }) => polls);
    const busy = this.#busy - sum(told, ({ busy }) => busy);
    const dots = page.unicode ? '…' : '...';
    const text = `${dots} and ${grouped(others)} more, with ${count(polls, 'poll')}${clock === 'virtual' ? '' : ` and ${span(Math.max(0, busy))} busy`}`;
    return [...lines, { pieces: [{ tone: 'quiet', text }], indent: dots.length + 1 }];
  }
}

/** Main, and those that had the thread for the longest time; on the virtual clock those that were polled most. */
function busiest(lives: readonly Life[]): Life[] {
  const rank = (life: Life) => (life.ref.id === 0 ? 0 : 1);
  return [...lives]
    .sort((a, b) => rank(a) - rank(b) || b.busy - a.busy || b.polls - a.polls || a.ref.id - b.ref.id)
    .slice(0, TOLD_TASKS);
}

/** The row of a task: its cells, as {@link COLUMNS} has them, and how it is to look. */
export function row(life: Life, now: number, clock: 'real' | 'virtual', folder: string): Row {
  const { ref, busy, polls, wakes, selfWakes, location } = life;
  const awaits = life.state === 'idle' || life.state === 'cancelled' ? life.awaits : [];
  const [state, tone] = STATES[life.state];
  const self = selfWakes === 0 ? '0' : `${selfWakes} (${Math.round((100 * selfWakes) / wakes)}%)`;
  return {
    tone,
    cells: [
      String(ref.id),
      state,
      ref.name,
      span(life.total(now)),
      clock === 'virtual' ? '-' : span(busy),
      span(life.scheduled(now)),
      span(life.idle(now)),
      grouped(polls),
      grouped(wakes),
      self,
      awaits.map(nameOf).join(', '),
      // Main is begun by whoever runs the program, which is no line of it.
      place(placeOf(awaits) ?? (ref.id === 0 ? null : location), folder),
    ],
  };
}

function sum(lives: readonly Life[], figure: (life: Life) => number): number {
  return lives.reduce((total, life) => total + figure(life), 0);
}
