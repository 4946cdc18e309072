import type { RuntimeEvent } from '../../runtime/index.ts';
import { shortTime } from '../../trace/axis.ts';
import { FreeTime } from '../../trace/facts/free-time.ts';
import { Peak } from '../../trace/facts/peak.ts';
import { count, grouped, percent } from '../../trace/text.ts';
import type { Account } from '../card.ts';

/** How many people there were, what was said, heard and missed, and how much of the thread it took. */
export class ChatAccount implements Account {
  readonly #free = new FreeTime();
  readonly #people = new Peak();
  #sent = 0;
  #received = 0;
  #missed = 0;

  fold(event: RuntimeEvent): void {
    this.#free.fold(event);
    if (event.kind === 'task.spawned' && event.task.id !== 0) this.#people.come();
    if ((event.kind === 'task.completed' || event.kind === 'task.cancelled') && event.task.id !== 0) this.#people.go();
    if (event.kind !== 'resource.op' || event.resource.kind !== 'broadcast') return;
    if (event.op === 'sent') this.#sent += 1;
    if (event.op === 'received') this.#received += 1;
    if (event.op === 'lagged') this.#missed += event.missed;
  }

  sentences(): string[] {
    const { all, most } = this.#people;
    const { share, total } = this.#free;
    const slept = `The one thread slept ${percent(share)} of ${shortTime(total)}.`;
    if (all === 0) return [`Nobody came. ${slept}`];
    return [
      `${count(all, 'connection')}, at most ${most} at the same time, each of them a task.`,
      `${count(this.#sent, 'message')} went into the channel, and were taken out ${count(this.#received, 'time')}; ` +
        `${this.#missed === 0 ? 'nobody missed any' : `${grouped(this.#missed)} were missed by those who were too slow`}.`,
      slept,
    ];
  }
}
