/**
 * Why the poll at the cursor happened, and why that, down to the root. Each link can be gone to.
 *
 * @module
 */
import { count, safeLine, seconds } from '../text.ts';
import type { Cause } from '../turns.ts';
import type { Cursor } from './cursor.ts';
import { button, h, oncePerFrame, section } from './dom.ts';
import { nameOf, type Run, taskOf } from './run.ts';

/** Of a longer chain so many causes are shown, and the root. */
const SHOWN = 12;

/** Shows a chain of causes. */
export class WhyView {
  readonly element: HTMLElement;
  readonly #run: Run;
  readonly #cursor: Cursor;
  readonly #body = h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Why it happened' });
  readonly #draw = oncePerFrame(() => this.#drawNow());
  /** Whose chain is shown in full: the turn that it begins with. */
  #whole: number | undefined;

  constructor(run: Run, cursor: Cursor) {
    this.#run = run;
    this.#cursor = cursor;
    this.element = section('why', 'Why', this.#body);
    cursor.follow(() => this.#draw());
  }

  focus(): void {
    this.#body.focus();
  }

  #drawNow(): void {
    const { step } = this.#cursor;
    const event = this.#run.event(step);
    const task = event === undefined ? null : taskOf(event);
    // What is no task's came after somebody's turn.
    const found = task === null ? this.#run.turnAt(undefined, step) : this.#turn(task.id);
    if (found === undefined) {
      const none = task === null ? 'Nobody has been polled yet.' : `${nameOf(task)} has not been polled yet.`;
      this.#body.replaceChildren(h('p', { class: 'quiet' }, none));
      return;
    }
    const chain = found.turn.chain();
    const isLong = chain.length > SHOWN + 2 && this.#whole !== found.step;
    const shown = isLong ? [...chain.slice(0, SHOWN), ...chain.slice(-1)] : chain;
    const what = found.turn.poll === null ? 'the drop' : `poll #${found.turn.poll}`;
    this.#body.replaceChildren(
      h('p', {}, `Why ${what} of ${nameOf(found.turn.task)} happened, and what led to it, to its root:`),
      h(
        'ol',
        { class: 'chain' },
        ...shown.flatMap((cause, i) => {
          const left = isLong && i === SHOWN - 1 ? chain.length - SHOWN - 1 : 0;
          return [this.#cause(cause, i === 0), ...(left > 0 ? [this.#rest(left, found.step)] : [])];
        }),
      ),
    );
  }

  /** Whoever has just been made ready is about to be polled: that is the poll to tell of. */
  #turn(task: number) {
    const { step } = this.#cursor;
    const isReady = this.#run.history.at(step).world.tasks.get(task)?.state === 'ready';
    const next = isReady ? this.#run.turnBeside(task, step, 1) : undefined;
    return this.#run.turnAt(task, next ?? step);
  }

  #cause(cause: Cause, isFirst: boolean): HTMLElement {
    const step = this.#run.stepOf(cause);
    const text = h('span', { class: 'cause' }, safeLine(cause.text));
    const when = step === undefined ? seconds(cause.at) : `event ${step}, ${seconds(cause.at)}`;
    const go =
      step === undefined
        ? h('span', { class: 'quiet' }, when)
        : button(when, () => this.#cursor.go(step), { class: 'link', ...(isFirst && { 'aria-current': 'true' }) });
    return h('li', {}, text, ' ', go);
  }

  #rest(left: number, turn: number): HTMLElement {
    const show = () => {
      this.#whole = turn;
      this.#drawNow();
      this.focus();
    };
    return h('li', { class: 'rest' }, button(`show ${count(left, 'more cause')}`, show, { class: 'link' }));
  }
}
