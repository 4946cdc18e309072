/**
 * The bar with which one goes through a run: first, back, forward, last, and a slider for all of it.
 *
 * @module
 */
import { place } from '../places.ts';
import { count, grouped } from '../text.ts';
import type { Cursor } from './cursor.ts';
import { button, h } from './dom.ts';
import { FOLDER, type Run } from './run.ts';

/** Whoever holds an arrow key down does not want to hear of every event, in ms. */
const PATIENCE = 250;

/** Shows where the cursor is, and moves it. */
export class Transport {
  readonly element: HTMLElement;
  readonly #run: Run;
  readonly #cursor: Cursor;
  readonly #slider: HTMLInputElement;
  readonly #where = h('span', { class: 'where' });
  readonly #what = h('span', { class: 'what-now' });
  readonly #said = h('p', { class: 'away', 'aria-live': 'polite' });
  readonly #back: readonly HTMLButtonElement[];
  readonly #forward: readonly HTMLButtonElement[];
  #timer = 0;

  constructor(run: Run, cursor: Cursor) {
    this.#run = run;
    this.#cursor = cursor;
    this.#slider = h('input', {
      ...{ type: 'range', min: Math.min(1, run.length), max: run.length, step: 1, value: cursor.step },
      ...{ 'aria-label': 'Event' },
    });
    this.#slider.addEventListener('input', () => cursor.go(this.#slider.valueAsNumber));
    this.#back = [
      button('|◂', () => cursor.go(1), { 'aria-label': 'First event', title: 'First event' }),
      button('◂', () => cursor.by(-1), { 'aria-label': 'One event back', title: 'One event back (←)' }),
    ];
    this.#forward = [
      button('▸', () => cursor.by(1), { 'aria-label': 'One event forward', title: 'One event forward (→)' }),
      button('▸|', () => cursor.go(cursor.last), { 'aria-label': 'Last event', title: 'Last event' }),
    ];
    this.element = h(
      'section',
      { id: 'transport', 'aria-label': 'Step through the run' },
      h('div', { class: 'controls' }, ...this.#back, ...this.#forward, this.#slider, this.#where),
      h('p', { class: 'now' }, this.#what),
      this.#said,
    );
    cursor.follow(() => this.#follow());
  }

  #follow(): void {
    const { step } = this.#cursor;
    const { time, task, event, detail } = this.#run.row(step);
    const what = [task, event, detail].filter(Boolean).join(' ');
    this.#slider.value = String(step);
    this.#where.textContent = `${grouped(step)} of ${count(this.#run.length, 'event')}`;
    this.#what.replaceChildren(
      h('span', { class: 'time' }, `${time} ms`),
      ' ',
      h('span', { class: 'task' }, task),
      ' ',
      h('strong', {}, event),
      ` ${detail}`,
    );
    this.#slider.setAttribute('aria-valuetext', `event ${step}, ${time} ms, ${what}`);
    for (const one of this.#back) setDisabled(one, step <= 1);
    for (const one of this.#forward) setDisabled(one, step >= this.#cursor.last);
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      const at = place(this.#run.locationAt(step), FOLDER);
      this.#said.textContent = `Event ${step}, ${time} milliseconds: ${what}${at === '' || what.endsWith(at) ? '' : `, at ${at}`}`;
    }, PATIENCE);
  }
}

/** A button that is disabled while it has the focus would lose it: this one only says so. */
function setDisabled(element: HTMLButtonElement, disabled: boolean): void {
  element.setAttribute('aria-disabled', String(disabled));
}
