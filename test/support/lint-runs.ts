/** Runs of programs, as a lint sees them. */
import {
  type Async,
  type Await,
  type ResourceRef,
  Runtime,
  type RuntimeEvent,
  type RuntimeOptions,
  type TaskRef,
} from 'async-lessons';
import type { Finding, Lint } from '../../src/trace/lints/lint.ts';
import { programText } from './program-text.ts';
import { HERE, type Undated } from './views.ts';

/** All events of a run. However it ends: a deadlock and a panic are ends like any other. */
export async function eventsOf(main: () => Async<unknown>, options: RuntimeOptions = {}): Promise<RuntimeEvent[]> {
  const events: RuntimeEvent[] = [];
  const observer = (event: RuntimeEvent) => void events.push(event);
  const runtime = new Runtime({ clock: 'virtual', seed: 1, observer, onWarning: () => {}, ...options });
  await runtime.blockOn(main()).catch(() => {});
  return events;
}

/** What a lint finds in a run. */
export async function found(lint: Lint, main: () => Async<unknown>, options: RuntimeOptions = {}): Promise<Finding[]> {
  const watch = lint.create();
  for (const event of await eventsOf(main, options)) watch.fold(event);
  return watch.findings();
}

/** What they say, one after the other. */
export async function sentences(...run: Parameters<typeof found>): Promise<string[]> {
  return (await found(...run)).map(({ text }) => text);
}

/** The main future of a program that is text. */
export async function mainOf(text: string): Promise<() => Async<unknown>> {
  const { main } = await import(/* @vite-ignore */ programText(text));
  return main;
}

/** What a lint finds in events that somebody made up. */
export function foundIn(lint: Lint, events: readonly RuntimeEvent[]): string[] {
  const watch = lint.create();
  for (const event of events) watch.fold(event);
  return watch.findings().map(({ text }) => text);
}

/** An event that happened at that time. */
export function at(ms: number, event: Undated): RuntimeEvent {
  return { at: ms, ...event } as RuntimeEvent;
}

/** One poll of a task on the real clock, from a time on: what is told of its beginning and its end. */
export function poll(
  from: number,
  task: TaskRef,
  busy: number,
  awaits: readonly Await[] | 'ready' = [],
): RuntimeEvent[] {
  const isReady = awaits === 'ready';
  return [
    at(from, { kind: 'task.poll-started', task, poll: 1 }),
    at(from + busy, {
      kind: 'task.poll-ended',
      task,
      poll: 1,
      outcome: isReady ? 'ready' : 'pending',
      busy,
      awaits: isReady ? [] : awaits,
    }),
    ...(isReady ? [at(from + busy, { kind: 'task.completed', task, outcome: 'ok', error: null })] : []),
  ];
}

/** Something that a task waits for. */
export function wait(op: string, resource: ResourceRef | null = null, line = 18): Await {
  return { op, resource, task: null, stack: [{ ...HERE, line }] };
}
