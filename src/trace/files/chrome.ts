/**
 * A run in the Chrome Trace Event format, for Perfetto, speedscope and chrome://tracing.
 *
 * ```text
 *   runtime                                             │ parked ... │wakes: timer 1│
 *   main    │ready│poll│ recv() on channel 1 │ready│poll│ recv() ...     │
 *   bob             ╰───▶│ready│poll│ sleep(1s) ...                      ╰────▶│ready│poll│ ...
 *              spawn            ╰─────wake────────▶                   wake
 * ```
 *
 * One process; a track for each task, which is ready, polled or waiting at any time, and one for
 * the runtime. An arrow leads from the poll that woke a task to the poll it led to. What happens to
 * resources, and what the program prints, are instants with their details; the lengths of channels
 * and of the ready queue are counters. Slices have no arguments, for speedscope makes them part of
 * the name. chrome-time.ts says at what times things are drawn.
 * The viewers' rules are written down in their sources only; test/support/chrome-rules.ts lists them.
 *
 * @module
 */
import type { Await, RuntimeEvent, TaskRef, WakeCause } from '../../runtime/events.ts';
import { place } from '../places.ts';
import { cause, waits } from '../words.ts';
import {
  type Arrow,
  clean,
  type Details,
  harmless,
  isTask,
  type Mark,
  metadata,
  type Open,
  where,
} from './chrome-marks.ts';
import { inSlots, type Slot } from './chrome-time.ts';
import { toJson } from './json.ts';

/** The number of the runtime's track. Task n has n + 1, for 0 is no number of a track. */
const RUNTIME = 2_000_000_000;

/** Only so many channels are drawn as counters. */
const COUNTED = 32;

/** Of a task that waits for many things at once, so many are named. */
const MOST_AWAITS = 3;

/** What a file says of itself. */
const ABOUT = {
  'made by': 'async-lessons',
  time: 'the clock of the runtime; events of one instant are drawn in their order, up to 1 us apart',
};

/** What a file is told beside the events. */
export interface ChromeOptions {
  /** What the process is called, for example `tea · async-lessons`. */
  readonly title: string;
  /** Places below this folder are told by their path from there. */
  readonly folder: string;
}

/** The text of a file, in pieces. Name it `*.trace.json`: by other names speedscope takes it for something else. */
export function* chromeTrace(
  events: Iterable<RuntimeEvent>,
  { title, folder }: ChromeOptions,
): Generator<string, void, undefined> {
  const drawing = new Drawing(folder);
  yield '{"displayTimeUnit":"ms","traceEvents":[';
  yield `\n${toJson(metadata('process_name', RUNTIME, { name: clean(title) }))}`;
  for (const slot of inSlots(events)) {
    for (const mark of drawing.draw(slot)) yield `,\n${toJson(mark)}`;
  }
  for (const mark of drawing.finish()) yield `,\n${toJson(mark)}`;
  yield `\n],"otherData":${toJson(ABOUT)}}\n`;
}

class Drawing {
  readonly #folder: string;
  #out: Mark[] = [];
  #open: Open | undefined;
  readonly #named = new Set<number>();
  readonly #counted = new Set<number>();
  /** What each task that does not run is shown to wait for. */
  readonly #waiting = new Map<number, string>();
  /** The arrow that will end at the next poll of each task. */
  readonly #arrows = new Map<number, Arrow>();
  #arrowCount = 0;
  readonly #ready = new Set<number>();
  #readyTold = 0;
  #end = 0;

  constructor(folder: string) {
    this.#folder = folder;
    this.#name(RUNTIME, 'runtime', 0);
  }

  /** What an event adds to the file. It may be told later, when the slice that it is in has ended. */
  draw(slot: Slot): Mark[] {
    this.#end = slot.at + 4 * slot.unit;
    this.#event(slot);
    if (this.#ready.size !== this.#readyTold) {
      this.#readyTold = this.#ready.size;
      this.#counter(slot, 'ready tasks', { tasks: this.#readyTold });
    }
    return this.#take();
  }

  /** Ends what has not ended: the record may be cut off. */
  finish(): Mark[] {
    this.#close(this.#end);
    for (const id of [...this.#waiting.keys()]) this.#endWait(id, this.#end);
    return this.#take();
  }

  #take(): Mark[] {
    const marks = this.#out;
    this.#out = [];
    return marks;
  }

  #event(slot: Slot): void {
    const { event, at, unit } = slot;
    switch (event.kind) {
      case 'runtime.started':
        this.#instant(slot, null, 'started', { clock: event.clock, seed: event.seed, speed: event.speed });
        break;
      case 'runtime.parked':
        this.#close(at);
        this.#open = { tid: RUNTIME, name: 'parked', start: at + unit, inside: [] };
        break;
      case 'runtime.unparked':
        this.#close(at);
        break;
      case 'runtime.halted':
        this.#close(at);
        this.#instant(slot, null, `halted: ${event.why}`);
        break;
      case 'runtime.finished':
        this.#close(at);
        this.#instant(slot, null, `finished: ${event.outcome}`);
        break;
      case 'task.spawned':
        this.#nameTask(event.task);
        this.#ready.add(event.task.id);
        if (this.#open !== undefined) this.#beginArrow(slot, this.#open.tid, event.task, 'spawn');
        this.#beginWait(event.task, 'ready', at + 2 * unit);
        break;
      case 'task.poll-started':
        this.#pollStarted(slot, event.task);
        break;
      case 'task.poll-ended':
        this.#close(at);
        if (event.outcome !== 'pending') break;
        this.#beginWait(
          event.task,
          this.#ready.has(event.task.id) ? 'ready' : this.#waits(event.awaits),
          at + 2 * unit,
        );
        break;
      case 'task.woken':
        this.#woken(slot, event.task, event.by);
        break;
      case 'task.completed':
        this.#ended(slot, event.task, event.outcome === 'ok' ? 'completed' : 'panicked', { error: event.error });
        break;
      case 'task.cancelled':
        this.#ended(slot, event.task, 'cancelled');
        break;
      case 'resource.created': {
        const { resource, detail, location } = event;
        this.#instant(slot, null, `${resource.name} created`, { detail, place: place(location, this.#folder) });
        break;
      }
      case 'resource.op':
        this.#operation(slot, event);
        break;
      case 'print':
        this.#instant(slot, event.task, event.text, { text: event.text });
        break;
      case 'task.unjoined':
        this.#instant(slot, null, `nobody joined ${event.task.name}`, { error: event.error });
        break;
      case 'future.unawaited':
        this.#instant(slot, null, `${event.op} was never awaited`, { place: place(event.location, this.#folder) });
        break;
      default:
        event satisfies never;
    }
  }

  // Polls

  #pollStarted({ at, unit }: Slot, task: TaskRef): void {
    this.#close(at);
    this.#nameTask(task);
    this.#ready.delete(task.id);
    this.#endWait(task.id, at);
    this.#open = { tid: task.id + 1, name: 'poll', start: at + unit, inside: [] };
    const arrow = this.#arrows.get(task.id);
    if (arrow === undefined) return;
    this.#arrows.delete(task.id);
    this.#put({ ph: 'f', bp: 'e', ...arrow, cat: 'wake', ...where(task.id + 1, at + 2 * unit) });
  }

  #close(at: number): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    const { tid, name, start, inside } = open;
    this.#out.push({ ph: 'X', name, cat: 'run', ...where(tid, start), dur: (at - start) / 1000 });
    for (const mark of inside) this.#out.push(mark);
  }

  #ended(slot: Slot, task: TaskRef, how: string, details: Details = {}): void {
    this.#ready.delete(task.id);
    this.#arrows.delete(task.id);
    this.#endWait(task.id, slot.at);
    this.#instant(slot, task, how, details);
  }

  // Waits

  #beginWait(task: TaskRef, name: string, at: number): void {
    this.#nameTask(task);
    this.#endWait(task.id, at);
    this.#waiting.set(task.id, name);
    this.#put({ ph: 'B', name, cat: 'wait', ...where(task.id + 1, at) });
  }

  #endWait(id: number, at: number): void {
    const name = this.#waiting.get(id);
    if (name === undefined) return;
    this.#waiting.delete(id);
    this.#put({ ph: 'E', name, cat: 'wait', ...where(id + 1, at) });
  }

  #waits(awaits: readonly Await[]): string {
    const more = awaits.length - MOST_AWAITS;
    return clean(`${waits(awaits.slice(0, MOST_AWAITS), this.#folder)}${more > 0 ? ` and ${more} more` : ''}`);
  }

  // Wakes

  #woken(slot: Slot, task: TaskRef, by: WakeCause): void {
    const { at, unit } = slot;
    this.#nameTask(task);
    this.#ready.add(task.id);
    const open = this.#open;
    if (open !== undefined && open.tid !== RUNTIME) {
      this.#beginArrow(slot, open.tid, task, 'wake');
    } else {
      const name = clean(`wakes: ${cause(by, this.#folder)}`);
      this.#put({ ph: 'X', name, cat: 'run', ...where(RUNTIME, at), dur: (3 * unit) / 1000 });
      this.#beginArrow(slot, RUNTIME, task, 'wake');
    }
    if (!this.#waiting.has(task.id)) return;
    this.#endWait(task.id, at + unit);
    this.#beginWait(task, 'ready', at + 2 * unit);
  }

  #beginArrow({ at, unit }: Slot, tid: number, to: TaskRef, name: Arrow['name']): void {
    this.#arrowCount += 1;
    const arrow = { name, id: `0x${this.#arrowCount.toString(16)}` };
    this.#arrows.set(to.id, arrow);
    this.#put({ ph: 's', ...arrow, cat: 'wake', ...where(tid, at + unit) });
  }

  // Resources

  #operation(slot: Slot, event: Extract<RuntimeEvent, { kind: 'resource.op' }>): void {
    const { at: _at, kind: _kind, resource, task, op, ...more } = event;
    const details = Object.entries(more).map(([key, value]) => [key, isTask(value) ? value.name : value]);
    this.#instant(slot, task, `${resource.name} ${op}`, Object.fromEntries(details));
    if (!('length' in event) || !this.#isCounted(resource.id)) return;
    this.#counter(slot, resource.name, { messages: event.length });
  }

  #isCounted(id: number): boolean {
    if (this.#counted.size < COUNTED) this.#counted.add(id);
    return this.#counted.has(id);
  }

  // Marks

  #put(mark: Mark): void {
    (this.#open?.inside ?? this.#out).push(mark);
  }

  #instant({ at, unit }: Slot, task: TaskRef | null, name: string, details: Details = {}): void {
    if (task !== null) this.#nameTask(task);
    const tid = task === null ? RUNTIME : task.id + 1;
    const args = Object.fromEntries(Object.entries(details).map(([key, value]) => [key, harmless(value)]));
    this.#put({ ph: 'i', s: 't', name: clean(name), cat: 'event', ...where(tid, at + 2 * unit), args });
  }

  #counter({ at, unit }: Slot, name: string, args: Readonly<Record<string, number>>): void {
    this.#put({ ph: 'C', name: clean(name), cat: 'count', ...where(RUNTIME, at + 3 * unit), args });
  }

  #nameTask({ id, name }: TaskRef): void {
    this.#name(id + 1, clean(name) || `task ${id}`, id + 1);
  }

  #name(tid: number, name: string, sort_index: number): void {
    if (this.#named.has(tid)) return;
    this.#named.add(tid);
    this.#out.push(metadata('thread_name', tid, { name }), metadata('thread_sort_index', tid, { sort_index }));
  }
}
