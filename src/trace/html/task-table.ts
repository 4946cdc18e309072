/**
 * The table of tasks, with tokio-console's columns, as it stands at the cursor.
 *
 * @module
 */
import type { Life } from '../lives.ts';
import { COLUMNS, row } from '../stats/tasks.ts';
import { count, safeLine } from '../text.ts';
import type { Cursor } from './cursor.ts';
import { button, h, oncePerFrame, section } from './dom.ts';
import { FOLDER, nameOf, type Run, taskOf } from './run.ts';

/** So many rows are shown at once. */
const PAGE = 20;

/** What each column is sorted by, if it is not its text. */
const KEYS: Readonly<Record<string, (life: Life, now: number) => number>> = {
  ID: ({ ref }) => ref.id,
  Total: (life, now) => life.total(now),
  Busy: ({ busy }) => busy,
  Sched: (life, now) => life.scheduled(now),
  Idle: (life, now) => life.idle(now),
  Polls: ({ polls }) => polls,
  Wakes: ({ wakes }) => wakes,
  Self: ({ selfWakes }) => selfWakes,
};

/** What a column's title means, for those who hover. */
const MEANING: Readonly<Record<string, string>> = {
  Total: 'from its spawning to its end, or to now',
  Busy: 'how long its polls had the thread, in real time',
  Sched: 'how long it was ready, and somebody else had the thread',
  Idle: 'how long it waited for something to happen',
  Polls: 'how often it was polled',
  Wakes: 'how often it was made ready',
  Self: 'how often it made itself ready',
};

/** Shows the tasks there have been so far. */
export class TaskTable {
  readonly element: HTMLElement;
  readonly #run: Run;
  readonly #cursor: Cursor;
  readonly #choose: (task: number) => void;
  readonly #heads: HTMLElement[];
  readonly #body = h('tbody');
  readonly #pages = h('div', { class: 'tools', role: 'group', 'aria-label': 'Pages of the table' });
  readonly #where = h('span', { class: 'hint' });
  readonly #draw = oncePerFrame(() => this.#drawNow());
  #column = 0;
  #isDown = false;
  #page = 0;

  /** @param choose a task was chosen. */
  constructor(run: Run, cursor: Cursor, choose: (task: number) => void) {
    this.#run = run;
    this.#cursor = cursor;
    this.#choose = choose;
    this.#heads = COLUMNS.map(({ title, align = 'left' }, i) => {
      const meaning = MEANING[title];
      const sort = button(title, () => this.#sort(i), meaning === undefined ? {} : { title: meaning });
      return h('th', { scope: 'col', class: align }, sort);
    });
    this.#pages.append(
      button('Previous', () => this.#turn(-1)),
      this.#where,
      button('Next', () => this.#turn(1)),
    );
    this.element = section(
      'tasks',
      'Tasks',
      h(
        'div',
        { class: 'wide', tabindex: 0, role: 'group', 'aria-label': 'Table of tasks' },
        h('table', { 'aria-labelledby': 'tasks-title' }, h('thead', {}, h('tr', {}, ...this.#heads)), this.#body),
      ),
      this.#pages,
    );
    cursor.follow(() => this.#draw());
  }

  #sort(column: number): void {
    this.#isDown = column === this.#column ? !this.#isDown : COLUMNS[column]?.align === 'right' && column !== 0;
    this.#column = column;
    this.#page = 0;
    this.#drawNow();
  }

  #turn(by: number): void {
    this.#page += by;
    this.#drawNow();
  }

  #drawNow(): void {
    const { step } = this.#cursor;
    const { clock } = this.#run.spans;
    const lives = this.#run.history.lives(step);
    const { now } = this.#run.history.at(step).lives;
    const title = COLUMNS[this.#column]?.title ?? '';
    const key = KEYS[title];
    const textOf = (life: Life) => row(life, now, clock, FOLDER).cells[this.#column] ?? '';
    const order =
      key === undefined
        ? (a: Life, b: Life) => textOf(a).localeCompare(textOf(b))
        : (a: Life, b: Life) => key(a, now) - key(b, now);
    const sign = this.#isDown ? -1 : 1;
    lives.sort((a, b) => sign * order(a, b) || a.ref.id - b.ref.id);
    const pages = Math.max(1, Math.ceil(lives.length / PAGE));
    this.#page = Math.min(pages - 1, Math.max(0, this.#page));
    const shown = lives.slice(this.#page * PAGE, (this.#page + 1) * PAGE);
    const event = this.#run.event(step);
    const here = event === undefined ? undefined : taskOf(event)?.id;
    this.#body.replaceChildren(...shown.map((life) => this.#row(life, now, here)));
    this.#heads.forEach((head, i) => {
      if (i !== this.#column) head.removeAttribute('aria-sort');
      else head.setAttribute('aria-sort', this.#isDown ? 'descending' : 'ascending');
    });
    this.#pages.hidden = pages === 1;
    this.#where.textContent = `${this.#page + 1} of ${pages} (${count(lives.length, 'task')})`;
  }

  #row(life: Life, now: number, here: number | undefined): HTMLElement {
    const { cells, tone } = row(life, now, this.#run.spans.clock, FOLDER);
    const { id } = life.ref;
    const tds = cells.map((text, i) => {
      const { align = 'left', title } = COLUMNS[i] ?? { title: '' };
      if (title === 'Name') {
        const name = button(nameOf(life.ref), () => this.#choose(id), { class: 'link', title: 'show its events' });
        return h('th', { scope: 'row' }, name);
      }
      return h('td', { class: title === 'State' ? `state ${tone} ${life.state}` : align }, safeLine(text));
    });
    return h('tr', id === here ? { class: 'here', 'aria-current': 'true' } : {}, ...tds);
  }
}
