import type { RuntimeEvent } from '../../runtime/index.ts';
import { shortTime } from '../../trace/axis.ts';
import { count } from '../../trace/text.ts';
import type { Account } from '../card.ts';

/** What a timeout throws, in Tokio's words. */
const ELAPSED = 'deadline has elapsed';

/** One of the ways to fail. */
interface Way {
  /** The functions that were left, in that order. */
  readonly left: string[];
  /** What main caught. */
  caught?: string;
}

/** How far the first error went up, when a failed task was heard of, and what was stopped before its time. */
export class ErrorsAccount implements Account {
  readonly #ways: Way[] = [];
  readonly #deadlines = new Map<number, number>();
  #task: { readonly name: string; readonly failedAt: number; heardAt?: number } | undefined = undefined;
  #stopped = 0;
  #spared = 0;

  fold(event: RuntimeEvent): void {
    switch (event.kind) {
      case 'print':
        this.#print(event.text, event.at);
        break;
      case 'task.completed':
        if (event.outcome === 'panicked' && event.task.id !== 0) {
          this.#task ??= { name: event.task.name, failedAt: event.at };
        }
        break;
      case 'resource.op':
        if (event.op === 'armed') this.#deadlines.set(event.resource.id, event.deadline);
        if (event.op === 'cancelled') this.#disarm(event.resource.id, event.at);
        break;
    }
  }

  #print(text: string, at: number): void {
    if (text.endsWith(':')) this.#ways.push({ left: [] });
    const way = this.#ways.at(-1);
    const [, verb, what = ''] = /^(Leaving|Caught:) (.+)\.$/.exec(text) ?? [];
    if (verb === 'Leaving') way?.left.push(what);
    if (verb !== 'Caught:' || way === undefined) return;
    way.caught = what;
    if (this.#task !== undefined) this.#task.heardAt ??= at;
  }

  #disarm(timer: number, at: number): void {
    this.#stopped += 1;
    this.#spared += (this.#deadlines.get(timer) ?? at) - at;
  }

  sentences(): string[] {
    const task = this.#task;
    return [
      this.#errors(),
      ...(task?.heardAt === undefined
        ? []
        : [
            `The task ${task.name} failed at ${shortTime(task.failedAt)}; main heard of it ` +
              `${shortTime(task.heardAt - task.failedAt)} later, when it joined it.`,
          ]),
      ...(this.#stopped === 0
        ? []
        : [
            `${count(this.#stopped, 'timer')} ${this.#stopped === 1 ? 'was' : 'were'} disarmed, ` +
              `${shortTime(this.#spared)} before ${this.#stopped === 1 ? 'its' : 'their'} time in all: nobody needed ${this.#stopped === 1 ? 'it' : 'them'} any more.`,
          ]),
    ];
  }

  #errors(): string {
    const failed = this.#ways.filter(({ caught }) => caught !== undefined);
    const thrown = failed.find(({ caught }) => caught !== ELAPSED);
    if (failed.length === 0) return 'Nothing failed: every function was left because it returned.';
    if (thrown === undefined) return 'One error came to main, that of the timeout; what it waited for was dropped.';
    return (
      `${count(failed.length, 'error')} came to main. The first one went up through ` +
      `${thrown.left.join(' and ')}, and left each of them on its way.`
    );
  }
}
