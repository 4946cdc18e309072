/**
 * A lane of the timeline in words, for those who do not see the picture, and for whoever wants to
 * read or copy it.
 *
 * @module
 */
import { aboutSpan } from '../piece-words.ts';
import { count, seconds } from '../text.ts';
import type { Cursor } from './cursor.ts';
import { button, h, oncePerFrame } from './dom.ts';
import { FOLDER, nameOf, type Run, taskOf } from './run.ts';

/** So many pieces are told at once: those around the cursor. */
const SHOWN = 60;

/** Tells the lane that the cursor is in. */
export class LaneWords {
  readonly element: HTMLDetailsElement;
  readonly #run: Run;
  readonly #cursor: Cursor;
  readonly #body = h('div', { class: 'lane-words' });
  readonly #draw = oncePerFrame(() => this.#drawNow());

  constructor(run: Run, cursor: Cursor) {
    this.#run = run;
    this.#cursor = cursor;
    this.element = h('details', { id: 'lane-words' }, h('summary', {}, 'The timeline in words'), this.#body);
    this.element.addEventListener('toggle', () => this.#draw());
    cursor.follow(() => this.#draw());
  }

  #drawNow(): void {
    if (!this.element.open) return;
    const { step } = this.#cursor;
    const event = this.#run.event(step);
    const id = (event === undefined ? undefined : taskOf(event)?.id) ?? 0;
    const life = this.#run.lives.find(({ task }) => task.id === id);
    if (life === undefined) {
      this.#body.replaceChildren(h('p', { class: 'quiet' }, 'Nothing is known of that task.'));
      return;
    }
    const { spans, ended, task } = life;
    const now = spans.findLastIndex(({ from }) => from.step <= step);
    const first = Math.max(0, Math.min(now - SHOWN / 2, spans.length - SHOWN));
    const shown = spans.slice(first, first + SHOWN);
    const end = ended === null ? 'it has not ended' : `it ended at ${seconds(ended.at)}: ${ended.outcome}`;
    this.#body.replaceChildren(
      h(
        'p',
        {},
        `${nameOf(task)}: ${count(spans.length, 'piece')}, ${end}. Step to an event of another task for its lane.`,
      ),
      h(
        'ol',
        { start: first + 1 },
        ...shown.map((span, i) => {
          const go = button(aboutSpan(span, FOLDER), () => this.#cursor.go(span.from.step), { class: 'link' });
          if (first + i === now) go.setAttribute('aria-current', 'true');
          return h('li', {}, go);
        }),
      ),
      ...(spans.length > shown.length
        ? [h('p', { class: 'quiet' }, 'Only the pieces around the cursor are told.')]
        : []),
    );
  }
}
