/**
 * The bar with which one goes through a run: first, back, play, forward, last, and a slider for all of it.
 *
 * Whoever listens to the page hears of each event that one stops at, and of none that is played.
 *
 * @module
 */
import { place } from '../places.ts';
import { count, grouped } from '../text.ts';
import type { Cursor } from './cursor.ts';
import { button, h } from './dom.ts';
import { LEAST, MOST, type Player, SPEEDS } from './player.ts';
import { FOLDER, type Run } from './run.ts';

/** Whoever holds an arrow key down does not want to hear of every event, in ms. */
const PATIENCE = 250;

/** Speeds, as they are written. */
const FRACTIONS: Readonly<Record<number, string>> = { 0.25: '¼', 0.5: '½' };

const SPEED_MEANS = `1×: as the run went, but each event for ${LEAST / 1000} s at least, and ${MOST / 1000} s at most`;

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
  readonly #play: HTMLButtonElement;
  #timer = 0;

  constructor(run: Run, cursor: Cursor, player: Player) {
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
    this.#play = button('', () => player.toggle(), { class: 'play', 'aria-keyshortcuts': 'Space' });
    this.#name(false);
    this.element = h(
      'section',
      { id: 'transport', 'aria-label': 'Step through the run' },
      h(
        'div',
        { class: 'controls' },
        ...this.#back,
        this.#play,
        ...this.#forward,
        speeds(player),
        this.#slider,
        this.#where,
      ),
      h('p', { class: 'now' }, this.#what),
      this.#said,
    );
    // Nothing beside it moves when it gets longer.
    this.#where.style.minWidth = `${this.#whereIs(run.length).length}ch`;
    cursor.follow(() => this.#follow());
    cursor.watch((isPlaying) => this.#changed(isPlaying));
  }

  /** The name of the button is what it would do. */
  #name(isPlaying: boolean): void {
    const [sign, name] = isPlaying ? ['❚❚', 'Pause'] : ['►', 'Play'];
    this.#play.replaceChildren(h('span', { class: 'sign', 'aria-hidden': 'true' }, sign), ` ${name}`);
    this.#play.title = `${name} (Space)`;
  }

  #changed(isPlaying: boolean): void {
    const { step, last } = this.#cursor;
    this.#name(isPlaying);
    this.element.classList.toggle('playing', isPlaying);
    this.#tellSlider();
    clearTimeout(this.#timer);
    if (isPlaying) this.#said.textContent = `Playing from event ${step}`;
    else this.#sayWhere(step >= last ? 'The end. ' : 'Paused. ');
  }

  #whereIs(step: number): string {
    return `${grouped(step)} of ${count(this.#run.length, 'event')}`;
  }

  #follow(): void {
    const { step } = this.#cursor;
    const { time, task, event, detail } = this.#run.row(step);
    this.#slider.value = String(step);
    this.#where.textContent = this.#whereIs(step);
    this.#what.replaceChildren(
      h('span', { class: 'time' }, `${time} ms`),
      ' ',
      h('span', { class: 'task' }, task),
      ' ',
      h('strong', {}, event),
      ` ${detail}`,
    );
    this.#tellSlider();
    for (const one of this.#back) setDisabled(one, step <= 1);
    for (const one of this.#forward) setDisabled(one, step >= this.#cursor.last);
    if (!this.#cursor.isPlaying) this.#sayWhere();
  }

  /** A slider that has the focus is read out whenever its text changes: so it does not while it plays. */
  #tellSlider(): void {
    const { step, isPlaying } = this.#cursor;
    const { time } = this.#run.row(step);
    this.#slider.setAttribute(
      'aria-valuetext',
      isPlaying ? 'playing' : `event ${step}, ${time} ms, ${this.#textOf(step)}`,
    );
  }

  #sayWhere(how = ''): void {
    const { step } = this.#cursor;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      const at = place(this.#run.locationAt(step), FOLDER);
      const what = this.#textOf(step);
      const where = at === '' || what.endsWith(at) ? '' : `, at ${at}`;
      this.#said.textContent = `${how}Event ${step}, ${this.#run.row(step).time} milliseconds: ${what}${where}`;
    }, PATIENCE);
  }

  #textOf(step: number): string {
    const { task, event, detail } = this.#run.row(step);
    return [task, event, detail].filter(Boolean).join(' ');
  }
}

/** How fast it plays. */
function speeds(player: Player): HTMLSelectElement {
  const chooser = h('select', { id: 'speed', 'aria-label': 'Speed', title: SPEED_MEANS });
  for (const speed of SPEEDS) chooser.append(h('option', { value: speed }, `${FRACTIONS[speed] ?? speed}×`));
  chooser.value = String(player.speed);
  chooser.addEventListener('change', () => {
    player.speed = Number(chooser.value);
  });
  return chooser;
}

/** A button that is disabled while it has the focus would lose it: this one only says so. */
function setDisabled(element: HTMLButtonElement, disabled: boolean): void {
  element.setAttribute('aria-disabled', String(disabled));
}
