import type { RuntimeEvent } from '../../runtime/index.ts';
import { shortTime } from '../../trace/axis.ts';
import { FreeTime } from '../../trace/facts/free-time.ts';
import { percent, times } from '../../trace/text.ts';
import type { Account } from '../card.ts';

/** How often main was polled, and what the thread did meanwhile. */
export class TeaAccount implements Account {
  readonly #free = new FreeTime();
  readonly #waits: string[] = [];
  #polls = 0;

  fold(event: RuntimeEvent): void {
    this.#free.fold(event);
    if (event.kind === 'task.poll-started') this.#polls += 1;
    if (event.kind === 'task.poll-ended') this.#waits.push(...event.awaits.map(({ op }) => op));
  }

  sentences(): string[] {
    const polled = `Main was polled ${times(this.#polls)}.`;
    if (this.#waits.length === 0) return [`${polled} The water boiled at once: main never let go of the thread.`];
    const { share, total } = this.#free;
    return [
      `${polled} It let go of the thread ${times(this.#waits.length)}, for ${this.#waits.join(' and ')}.`,
      `The thread slept ${percent(share)} of ${shortTime(total)}: time for other tasks, if there were any.`,
    ];
  }
}
