/**
 * The list of events: the lines of the log, of which only those in sight are elements.
 *
 * @module
 */
import { clockTime, count, grouped } from '../text.ts';
import type { Cursor } from './cursor.ts';
import { h, oncePerFrame, section } from './dom.ts';
import { countBefore } from './history.ts';
import { nameOf, type Run, taskOf } from './run.ts';

/** The height of a line, in pixels; the style sheet has it, too. */
const ROW = 22;

/** So many lines more than can be seen, above and below. */
const SPARE = 8;

/** Of more tasks than this a list to choose from would be of no use. */
const MOST_TASKS = 500;

/** Whoever types is waited for, in ms. */
const PATIENCE = 120;

/** Shows the events, and lets people look for some. */
export class EventList {
  readonly element: HTMLElement;
  readonly #run: Run;
  readonly #cursor: Cursor;
  readonly #list = h('div', { class: 'events', role: 'listbox', tabindex: 0, 'aria-label': 'Events' });
  readonly #rows = h('div', { class: 'rows', role: 'presentation' });
  readonly #found = h('p', { class: 'hint', role: 'status' });
  readonly #tasks = h('select', { id: 'task-filter' }, h('option', { value: '' }, 'all tasks'));
  readonly #words = h('input', { id: 'text-filter', type: 'search', placeholder: 'woken, channel 1, tea.ts…' });
  readonly #draw = oncePerFrame(() => this.#drawNow());
  /** The numbers of the events that are shown; undefined if all are. */
  #shown: readonly number[] | undefined;
  #texts: string[] | undefined;
  #timer = 0;

  constructor(run: Run, cursor: Cursor) {
    this.#run = run;
    this.#cursor = cursor;
    this.#list.append(this.#rows);
    this.#setWidths();
    for (const { task } of run.lives.slice(0, MOST_TASKS)) this.#tasks.append(option(task.id, nameOf(task)));
    this.element = section(
      'events',
      'Events',
      h(
        'div',
        { class: 'tools' },
        h('label', { for: 'task-filter' }, 'Task'),
        this.#tasks,
        h('label', { for: 'text-filter' }, 'Text'),
        this.#words,
      ),
      this.#list,
      this.#found,
    );
    this.#tasks.addEventListener('change', () => this.#filter());
    this.#words.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => this.#filter(), PATIENCE);
    });
    this.#list.addEventListener('scroll', () => this.#draw(), { passive: true });
    this.#list.addEventListener('keydown', (event) => {
      if (event.altKey || event.metaKey || event.ctrlKey || event.shiftKey) return;
      if (this.#key(event.key)) {
        event.preventDefault();
        event.stopPropagation();
      }
    });
    this.#list.addEventListener('click', ({ target }) => {
      const row = target instanceof Element ? target.closest<HTMLElement>('[data-step]') : null;
      if (row !== null) cursor.go(Number(row.dataset.step));
    });
    cursor.follow(() => this.#follow());
    cursor.watch(() => this.#tellHere());
    new ResizeObserver(() => this.#draw()).observe(this.#list);
    this.#filter();
  }

  /** Shows the events of one task. */
  only(task: number): void {
    const known = [...this.#tasks.options].some(({ value }) => value === String(task));
    if (!known) this.#tasks.append(option(task, nameOf(this.#run.tracks.get(task)?.ref)));
    this.#tasks.value = String(task);
    this.#filter();
  }

  /** Columns are as wide as what stands in them. */
  #setWidths(): void {
    const longest = this.#run.lives.reduce((most, { task }) => Math.max(most, nameOf(task).length), 'runtime'.length);
    const widths = {
      '--steps': String(this.#run.length).length + 1,
      '--times': clockTime(this.#run.spans.now.at).length + 1,
      '--names': Math.min(14, longest),
    };
    for (const [name, width] of Object.entries(widths)) this.#list.style.setProperty(name, `${width}ch`);
  }

  get #length(): number {
    return this.#shown?.length ?? this.#run.length;
  }

  #stepAt(index: number): number | undefined {
    return this.#shown === undefined ? (index < this.#run.length ? index + 1 : undefined) : this.#shown[index];
  }

  /** How many of the events that are shown come before that one. */
  #indexOf(step: number): number {
    return this.#shown === undefined ? step - 1 : countBefore(this.#shown, (one) => one < step);
  }

  #filter(): void {
    const words = this.#words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const task = this.#tasks.value === '' ? undefined : Number(this.#tasks.value);
    if (words.length === 0) {
      this.#shown = task === undefined ? undefined : (this.#run.tracks.get(task)?.steps ?? []);
    } else {
      const texts = this.#allTexts();
      const shown: number[] = [];
      for (let step = 1; step <= this.#run.length; step++) {
        const event = this.#run.event(step);
        if (task !== undefined && (event === undefined || taskOf(event)?.id !== task)) continue;
        if (words.every((word) => texts[step]?.includes(word))) shown.push(step);
      }
      this.#shown = shown;
    }
    this.#found.textContent =
      this.#shown === undefined
        ? count(this.#run.length, 'event')
        : `${count(this.#length, 'event')} of ${grouped(this.#run.length)}`;
    this.#rows.style.height = `${this.#length * ROW}px`;
    this.#follow();
  }

  /** Made when it is first needed: of a long run it takes a while. */
  #allTexts(): string[] {
    if (this.#texts === undefined) {
      this.#texts = [''];
      for (let step = 1; step <= this.#run.length; step++) {
        const { time, task, event, detail } = this.#run.row(step);
        this.#texts.push(`${time} ${task} ${event} ${detail}`.toLowerCase());
      }
    }
    return this.#texts;
  }

  #follow(): void {
    const top = this.#indexOf(this.#cursor.step) * ROW;
    const { scrollTop, clientHeight } = this.#list;
    if (top < scrollTop || top + ROW > scrollTop + clientHeight) {
      const isNear = Math.abs(top - scrollTop) < clientHeight + ROW;
      this.#list.scrollTop = isNear ? (top < scrollTop ? top : top + ROW - clientHeight) : top - clientHeight / 2;
    }
    this.#draw();
  }

  #drawNow(): void {
    const { scrollTop, clientHeight } = this.#list;
    const first = Math.max(0, Math.floor(scrollTop / ROW) - SPARE);
    const last = Math.min(this.#length, Math.ceil((scrollTop + clientHeight) / ROW) + SPARE);
    const rows: HTMLElement[] = [];
    for (let i = first; i < last; i++) rows.push(this.#row(i));
    this.#rows.replaceChildren(...rows);
    this.#tellHere();
  }

  /** Names the line of the cursor, which is read out if the list has the focus: not each while it plays. */
  #tellHere(): void {
    const here = this.#cursor.isPlaying ? null : this.#rows.querySelector(`#event-${this.#cursor.step}`);
    if (here === null) this.#list.removeAttribute('aria-activedescendant');
    else this.#list.setAttribute('aria-activedescendant', here.id);
  }

  #row(index: number): HTMLElement {
    const step = this.#stepAt(index) ?? 0;
    const { time, task, event, detail, tone } = this.#run.row(step);
    const row = h(
      'div',
      {
        ...{ id: `event-${step}`, class: `event ${tone}`, role: 'option', 'data-step': step },
        ...{ 'aria-selected': step === this.#cursor.step ? 'true' : 'false' },
        ...{ 'aria-setsize': this.#length, 'aria-posinset': index + 1 },
      },
      h('span', { class: 'step' }, String(step)),
      ' ',
      h('span', { class: 'time' }, time),
      ' ',
      h('span', { class: this.#isTasks(step) ? 'task' : 'nobody' }, task),
      ' ',
      h('span', { class: 'what' }, event),
      ' ',
      h('span', { class: 'detail' }, detail),
    );
    row.style.top = `${index * ROW}px`;
    return row;
  }

  /** Is it a task's, or the runtime's own? */
  #isTasks(step: number): boolean {
    const event = this.#run.event(step);
    return event !== undefined && taskOf(event) !== null;
  }

  #key(key: string): boolean {
    const index = this.#indexOf(this.#cursor.step);
    const isShown = this.#stepAt(index) === this.#cursor.step;
    const page = Math.max(1, Math.floor(this.#list.clientHeight / ROW) - 1);
    switch (key) {
      case 'ArrowDown':
        return this.#go(isShown ? index + 1 : index);
      case 'ArrowUp':
        return this.#go(index - 1);
      case 'PageDown':
        return this.#go(index + page);
      case 'PageUp':
        return this.#go(index - page);
      case 'Home':
        return this.#go(0);
      case 'End':
        return this.#go(this.#length - 1);
      default:
        return false;
    }
  }

  #go(index: number): true {
    const step = this.#stepAt(Math.max(0, Math.min(this.#length - 1, index)));
    if (step !== undefined) this.#cursor.go(step);
    return true;
  }
}

function option(task: number, name: string): HTMLOptionElement {
  return h('option', { value: task }, task === 0 ? name : `${name} (${task})`);
}
