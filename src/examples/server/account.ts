import type { RuntimeEvent } from '../../runtime/index.ts';
import { shortTime } from '../../trace/axis.ts';
import { FreeTime } from '../../trace/facts/free-time.ts';
import { Peak } from '../../trace/facts/peak.ts';
import { percent } from '../../trace/text.ts';
import type { Account } from '../card.ts';

/** How many visitors were there at once, and how much of the thread they needed. */
export class ServerAccount implements Account {
  readonly #free = new FreeTime();
  readonly #visits = new Peak();
  #busy = 0;

  fold(event: RuntimeEvent): void {
    this.#free.fold(event);
    if (event.kind === 'task.poll-ended') this.#busy += event.busy;
    if (event.kind === 'task.spawned' && event.task.id !== 0) this.#visits.come();
    if ((event.kind === 'task.completed' || event.kind === 'task.cancelled') && event.task.id !== 0) this.#visits.go();
  }

  sentences(): string[] {
    const { all, most } = this.#visits;
    const { share, total } = this.#free;
    const slept = `The one thread slept ${percent(share)} of ${shortTime(total)}`;
    if (all === 0) return [`Nobody came. ${slept}.`];
    return [
      `${all === 1 ? 'One visitor was one task' : `${all} visitors were ${all} tasks`}; at most ${most} lived at the same time.`,
      `${slept}; all polls together took ${shortTime(this.#busy)}.`,
    ];
  }
}
