import type { RuntimeEvent } from '../../runtime/index.ts';
import { shortTime } from '../../trace/axis.ts';
import { count } from '../../trace/text.ts';
import type { Account } from '../card.ts';

/** Who won, who was dropped, and what will not happen any more because of that. */
export class SelectAccount implements Account {
  readonly #deadlines = new Map<number, number>();
  readonly #dropped: string[] = [];
  #winner = '';
  #at = 0;
  #disarmed = 0;
  #latest = 0;

  fold(event: RuntimeEvent): void {
    if (event.kind !== 'resource.op') return;
    switch (event.op) {
      case 'armed':
        this.#deadlines.set(event.resource.id, event.deadline);
        break;
      case 'cancelled':
        this.#disarmed += 1;
        this.#latest = Math.max(this.#latest, (this.#deadlines.get(event.resource.id) ?? event.at) - event.at);
        break;
      case 'won':
        this.#winner = event.branch;
        this.#at = event.at;
        break;
      case 'dropped':
        this.#dropped.push(event.branch);
        break;
    }
  }

  sentences(): string[] {
    if (this.#winner === '') return [];
    return [
      `The branch ${this.#winner} was first, after ${shortTime(this.#at)}.`,
      ...(this.#dropped.length === 0
        ? []
        : [`The other, ${this.#dropped.join(' and ')}, was dropped where it waited.`]),
      ...(this.#disarmed === 0
        ? []
        : [
            `${count(this.#disarmed, 'timer')} ${this.#disarmed === 1 ? 'was' : 'were'} disarmed, as nobody waits for them any more. ` +
              `The last of them would have fired ${shortTime(this.#latest)} later, for nothing.`,
          ]),
    ];
  }
}
