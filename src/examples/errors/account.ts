import type { RuntimeEvent, TaskRef } from '../../runtime/index.ts';
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
  #failed: { readonly task: TaskRef; readonly at: number } | undefined = undefined;
  /** Whom its end woke. */
  readonly #heard: string[] = [];
  /** Who went on afterwards, and was done. */
  readonly #unmoved: { readonly name: string; readonly at: number }[] = [];
  #stopped = 0;
  #spared = 0;

  fold(event: RuntimeEvent): void {
    switch (event.kind) {
      case 'print':
        this.#print(event.text);
        break;
      case 'task.completed':
        if (event.task.id === 0) break;
        if (event.outcome === 'panicked') this.#failed ??= { task: event.task, at: event.at };
        else if (this.#failed !== undefined) this.#unmoved.push({ name: event.task.name, at: event.at });
        break;
      case 'task.woken':
        if (event.by.kind !== 'task' || event.by.task.id !== this.#failed?.task.id) break;
        this.#heard.push(event.task.name);
        break;
      case 'resource.op':
        if (event.op === 'armed') this.#deadlines.set(event.resource.id, event.deadline);
        if (event.op === 'cancelled') this.#disarm(event.resource.id, event.at);
        break;
    }
  }

  #print(text: string): void {
    if (text.endsWith(':')) this.#ways.push({ left: [] });
    const way = this.#ways.at(-1);
    const [, verb, what = ''] = /^(Leaving|Caught:) (.+)\.$/.exec(text) ?? [];
    if (verb === 'Leaving') way?.left.push(what);
    if (verb === 'Caught:' && way !== undefined) way.caught = what;
  }

  #disarm(timer: number, at: number): void {
    this.#stopped += 1;
    this.#spared += (this.#deadlines.get(timer) ?? at) - at;
  }

  sentences(): string[] {
    return [
      this.#errors(),
      ...this.#task(),
      ...(this.#stopped === 0
        ? []
        : [
            `${count(this.#stopped, 'timer')} ${this.#stopped === 1 ? 'was' : 'were'} disarmed, ` +
              `${shortTime(this.#spared)} before ${this.#stopped === 1 ? 'its' : 'their'} time in all: nobody needed ${this.#stopped === 1 ? 'it' : 'them'} any more.`,
          ]),
    ];
  }

  #task(): string[] {
    if (this.#failed === undefined) return [];
    const { task, at } = this.#failed;
    const others = this.#unmoved.map(
      ({ name, at: end }) => `${name} went on, and was done ${shortTime(end - at)} later`,
    );
    const heard =
      this.#heard.length === 0 ? 'nobody waited for it' : `${this.#heard.join(' and ')} had joined it and heard`;
    return [`The task ${task.name} failed at ${shortTime(at)}: ${[heard, ...others].join('; ')}.`];
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
