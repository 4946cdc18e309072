import type { RuntimeEvent } from '../../runtime/index.ts';
import { Waits } from '../../trace/facts/waits.ts';
import { count } from '../../trace/text.ts';
import type { Account } from '../card.ts';

/** How many additions there were, how many are in the count, and who waited for the lock. */
export class CounterAccount implements Account {
  readonly #locks = new Waits(({ resource }, { id }) => resource?.kind === 'mutex' && id !== 0);
  #tasks = 0;
  #added = 0;
  #held = false;
  #counted = 0;

  fold(event: RuntimeEvent): void {
    this.#locks.fold(event);
    if (event.kind === 'task.spawned' && event.task.id !== 0) this.#tasks += 1;
    if (event.kind === 'task.completed' && event.task.id !== 0) this.#added += 1;
    if (event.kind === 'resource.op' && event.op === 'acquired') this.#held = true;
    if (event.kind === 'print') this.#counted = Number(/^Final count: (\d+)$/.exec(event.text)?.[1] ?? 0);
  }

  sentences(): string[] {
    const lost = this.#added - this.#counted;
    const waited = this.#locks.times;
    return [
      `${this.#added} of ${count(this.#tasks, 'task')} added one, and the count is ${this.#counted}: ` +
        `${lost === 0 ? 'no addition was' : lost === 1 ? '1 addition was' : `${lost} additions were`} lost.`,
      this.#held
        ? `${waited === 0 ? 'Nobody' : `${waited} of them`} had to wait in line for the lock.`
        : 'There was no lock: nothing kept one task from reading while another was about to write.',
    ];
  }
}
