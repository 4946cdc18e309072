import { Runtime, type RuntimeEvent } from 'async-lessons';
import type { Given, Lesson } from '../../src/examples/index.ts';

/** What a lesson did. */
export interface Performed {
  /** What its program printed, each line with its time and its task. */
  readonly said: readonly string[];
  readonly events: readonly RuntimeEvent[];
}

/** Runs a lesson on the virtual clock, always with the same seed unless told otherwise. */
export async function perform(lesson: Lesson, given: Given = {}, seed = 1): Promise<Performed> {
  const events: RuntimeEvent[] = [];
  const { main } = await lesson.prepare(given);
  await new Runtime({ clock: 'virtual', seed, observer: (event) => events.push(event) }).blockOn(main);
  return { said: events.flatMap((event) => (event.kind === 'print' ? [line(event)] : [])), events };
}

function line({ at, task, text }: Extract<RuntimeEvent, { kind: 'print' }>): string {
  return `${at} ms  ${task?.name ?? 'nobody'}: ${text}`;
}

/** What a task waits for whenever it lets go of the thread: `1000 ms  send() on channel 1`. */
export function waitsOf(name: string, events: readonly RuntimeEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.kind !== 'task.poll-ended' || event.outcome !== 'pending' || event.task.name !== name) return [];
    return event.awaits.map(({ op, resource }) => `${event.at} ms  ${op}${resource ? ` on ${resource.name}` : ''}`);
  });
}

/** How each task ended, in that order: `0 ms  adder 1 completed`. */
export function endings(events: readonly RuntimeEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.kind === 'task.cancelled') return [`${event.at} ms  ${event.task.name} cancelled`];
    if (event.kind !== 'task.completed') return [];
    return [`${event.at} ms  ${event.task.name} ${event.outcome === 'ok' ? 'completed' : 'panicked'}`];
  });
}

/** What a lesson says of its run afterwards. */
export async function accountOf(lesson: Lesson, given: Given = {}, seed = 1): Promise<readonly string[]> {
  const { events } = await perform(lesson, given, seed);
  return told(lesson, events);
}

/** What a lesson says of a run. */
export async function told(lesson: Lesson, events: readonly RuntimeEvent[]): Promise<readonly string[]> {
  const account = await lesson.account();
  for (const event of events) account.fold(event);
  return account.sentences();
}
