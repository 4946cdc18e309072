import type { RuntimeEvent } from '../../runtime/index.ts';
import { shortTime } from '../../trace/axis.ts';
import { FreeTime } from '../../trace/facts/free-time.ts';
import { grouped, percent } from '../../trace/text.ts';
import type { Account } from '../card.ts';

const STARTED = /^[\d,]+ (threads|tasks) took .* to start: ([\d.]+) (µs|ms) each\.$/;

/** How much longer it takes to start a thread, how it was measured, and what this thread did meanwhile. */
export class ThreadsAccount implements Account {
  readonly #free = new FreeTime();
  /** How long one of each took to start, in ms, as the program has printed it. */
  readonly #start = new Map<string, number>();

  fold(event: RuntimeEvent): void {
    this.#free.fold(event);
    if (event.kind !== 'print') return;
    const [, kind, time, unit] = STARTED.exec(event.text) ?? [];
    if (kind !== undefined) this.#start.set(kind, Number(time) / (unit === 'µs' ? 1000 : 1));
  }

  sentences(): string[] {
    const [thread, task] = [this.#start.get('threads'), this.#start.get('tasks')];
    if (thread === undefined || task === undefined || task === 0) return [];
    const { share, total } = this.#free;
    return [
      `In the time in which one thread starts, ${grouped(Math.round(thread / task))} tasks do.`,
      'Each crowd was measured in a process of its own, unobserved, by how much its resident memory (RSS) grew. ' +
        'A thread is a worker of Node here, and brings a JavaScript engine; the twin in Rust has threads without one.',
      `The process you see here only waited for the other two: its thread slept ${percent(share)} of ${shortTime(total)}.`,
    ];
  }
}
