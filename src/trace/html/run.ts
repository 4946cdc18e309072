/**
 * The run that a page shows: its events, and what follows from them.
 *
 * @module
 */
import type { Location, RuntimeEvent, TaskRef } from '../../runtime/events.ts';
import { Causes } from '../causes.ts';
import { logLine } from '../log.ts';
import { type Life, Spans } from '../spans.ts';
import { safeLine } from '../text.ts';
import type { Cause, Turn } from '../turns.ts';
import { countBefore, History } from './history.ts';
import type { Frame, PackedRun } from './packed.ts';

/** Places have their short names already. */
export const FOLDER = '';

/** An event in the columns of the log. */
export interface LogRow {
  readonly time: string;
  readonly task: string;
  readonly event: string;
  readonly detail: string;
  readonly tone: 'plain' | 'quiet' | 'good' | 'bad';
}

/** What is known of one task. */
interface Track {
  readonly ref: TaskRef;
  /** The numbers of its events, in order. */
  readonly steps: number[];
  /** The numbers of the events with which its turns began, in order. */
  readonly turns: number[];
}

/** A run, folded once. */
export class Run {
  readonly frame: Frame;
  readonly events: readonly RuntimeEvent[];
  readonly spans = new Spans(Number.POSITIVE_INFINITY);
  readonly lives: readonly Life[];
  readonly history: History;
  readonly tracks = new Map<number, Track>();
  readonly #turns = new Map<number, Turn>();
  /** Where turns began, of all tasks together. */
  readonly #began: number[] = [];
  readonly #polls = new Map<string, number>();

  constructor(packed: PackedRun) {
    this.frame = packed;
    this.events = packed.events;
    const causes = new Causes(FOLDER, Number.POSITIVE_INFINITY);
    let step = 0;
    for (const event of this.events) {
      step += 1;
      this.spans.fold(event);
      const turn = causes.fold(event);
      const task = taskOf(event);
      if (task !== null) this.#track(task).steps.push(step);
      if (turn === undefined) continue;
      this.#turns.set(step, turn);
      this.#began.push(step);
      this.#track(turn.task).turns.push(step);
      if (turn.poll !== null) this.#polls.set(`${turn.task.id} ${turn.poll}`, step);
    }
    this.lives = this.spans.lives();
    this.history = new History(this.events);
  }

  #track(ref: TaskRef): Track {
    let track = this.tracks.get(ref.id);
    if (track === undefined) {
      track = { ref, steps: [], turns: [] };
      this.tracks.set(ref.id, track);
    }
    return track;
  }

  /** How many events there are. */
  get length(): number {
    return this.events.length;
  }

  /** The event of that number, from 1; none for 0. */
  event(step: number): RuntimeEvent | undefined {
    return this.events[step - 1];
  }

  /** Where the page should open: where the story begins, or where it went wrong. */
  get opening(): number {
    const halted = this.events.findIndex(({ kind }) => kind === 'runtime.halted');
    return halted >= 0 ? halted + 1 : Math.min(1, this.length);
  }

  /** An event as the log tells it. */
  row(step: number): LogRow {
    const event = this.event(step);
    if (event === undefined) return { time: '', task: '', event: '', detail: '', tone: 'plain' };
    const [time, task, name, detail] = logLine(event, this.spans.clock, FOLDER).pieces;
    const tone = detail?.tone ?? 'plain';
    return {
      time: time?.text.trim() ?? '',
      task: task?.text.trim() ?? '',
      event: name?.text.trim() ?? '',
      detail: detail?.text.trim() ?? '',
      tone: tone === 'good' || tone === 'bad' ? tone : isQuiet(event) ? 'quiet' : 'plain',
    };
  }

  /** The last event of a task up to a step, or its first one after. */
  near(task: number, step: number): number {
    const steps = this.tracks.get(task)?.steps ?? [];
    return steps[Math.max(0, countBefore(steps, (n) => n <= step) - 1)] ?? step;
  }

  /** The turn that a task has at a step, or had last, and where it began; without a task, that of any. */
  turnAt(task: number | undefined, step: number): { readonly step: number; readonly turn: Turn } | undefined {
    const turns = task === undefined ? this.#began : (this.tracks.get(task)?.turns ?? []);
    const began = turns[countBefore(turns, (n) => n <= step) - 1];
    const turn = began === undefined ? undefined : this.#turns.get(began);
    return began === undefined || turn === undefined ? undefined : { step: began, turn };
  }

  /** The beginning of the turn of a task before or after the one at a step, if there is one. */
  turnBeside(task: number, step: number, by: 1 | -1): number | undefined {
    const { turns = [] } = this.tracks.get(task) ?? {};
    const upTo = countBefore(turns, (n) => n <= step);
    return turns[by === 1 ? upTo : turns[upTo - 1] === step ? upTo - 2 : upTo - 1];
  }

  /** Where the turn began that a cause is about. */
  stepOf({ task, poll, at }: Cause): number | undefined {
    if (poll !== null) return this.#polls.get(`${task.id} ${poll}`);
    return this.tracks.get(task.id)?.turns.find((step) => this.event(step)?.at === at && !this.#turns.get(step)?.poll);
  }

  /** Where in the program an event happened; if it does not say, where its task was last. */
  locationAt(step: number): Location | null {
    const event = this.event(step);
    if (event === undefined) return null;
    const own = locationOf(event);
    if (own !== null) return own;
    const steps = this.tracks.get(taskOf(event)?.id ?? -1)?.steps ?? [];
    for (let i = countBefore(steps, (n) => n < step) - 1; i >= 0; i--) {
      const before = this.event(steps[i] as number);
      const location = before === undefined ? null : locationOf(before);
      if (location !== null) return location;
    }
    return null;
  }
}

/** Whose event it is. */
export function taskOf(event: RuntimeEvent): TaskRef | null {
  return 'task' in event ? event.task : null;
}

/** Where an event says that it happened. */
function locationOf(event: RuntimeEvent): Location | null {
  switch (event.kind) {
    case 'task.spawned':
    case 'resource.created':
    case 'future.unawaited':
      return event.location;
    case 'task.woken':
      return 'location' in event.by ? event.by.location : null;
    case 'task.poll-ended':
      return event.awaits[0]?.stack[0] ?? null;
    default:
      return null;
  }
}

/** What a reader may skip: resources' own bookkeeping. */
function isQuiet(event: RuntimeEvent): boolean {
  return event.kind === 'resource.created' || event.kind.startsWith('runtime.');
}

/** A task's name, harmless to show. */
export function nameOf(task: TaskRef | null | undefined): string {
  return task ? safeLine(task.name) : 'nobody';
}
