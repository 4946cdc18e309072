/**
 * What each task did, without a gap from its spawning to its end.
 *
 * ```text
 *   spawned      poll #1       pending       woken      poll #2       completed
 *      ├── ready ───┼── running ──┼── waiting ──┼── ready ──┼── running ──┤
 *   by: null      by: null      awaits: …     by: …       by: …
 * ```
 *
 * Where a span begins and ends is said twice: in ms on the runtime's clock, and in steps. A step is
 * the number of the event in the run. On the virtual clock a poll takes no time at all, and on the real
 * one two things may happen at the same reading of the clock: steps tell what came first.
 *
 * A fold over events, as every view: it works as well on a run that was saved.
 *
 * @module
 */
import type { Await, RuntimeEvent, TaskRef, WakeCause } from '../runtime/events.ts';

/** So many finished spans are kept; the oldest go first. */
const KEPT_SPANS = 20_000;

/** So many printed lines are kept; the oldest go first. */
const KEPT_PRINTS = 5_000;

/** A moment of a run. */
export interface Moment {
  /** Ms on the runtime's clock. */
  readonly at: number;
  /** The number of the event, from 1. Two events are never at the same step. */
  readonly step: number;
}

/** A stretch of a task's life in which nothing changed. The end is the beginning of the next one. */
export interface Span {
  readonly from: Moment;
  readonly to: Moment;
  readonly state: 'ready' | 'running' | 'waiting';
  /** Which poll: the one that runs, or the last one before; 0 before the first. */
  readonly poll: number;
  /** How that poll ended; null while it runs, and before the first. */
  readonly outcome: 'ready' | 'pending' | 'panicked' | 'aborted' | null;
  /** What it waits for; empty unless it waits. */
  readonly awaits: readonly Await[];
  /** What made it ready, or brought the poll; null before the first wake, and while it waits. */
  readonly by: WakeCause | null;
}

/** Who was woken when, by whom, through what. */
export interface Wake extends Moment {
  readonly task: TaskRef;
  readonly by: WakeCause;
}

/** A line that the program printed. The text is the program's own: clean it before you show it. */
export interface Print extends Moment {
  readonly task: TaskRef | null;
  readonly text: string;
}

/** How a task ended. */
export interface Ending extends Moment {
  readonly outcome: 'ok' | 'panicked' | 'cancelled';
}

/** The life of one task. */
export interface Life {
  readonly task: TaskRef;
  readonly parent: TaskRef | null;
  readonly spawned: Moment;
  /** In order, and each begins where the one before it ends. */
  readonly spans: readonly Span[];
  /** Null while it lives. */
  readonly ended: Ending | null;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

interface OwnLife extends Writable<Omit<Life, 'spans'>> {
  readonly spans: Writable<Span>[];
  /** What woke it while it ran. */
  next: WakeCause | null;
}

/** The spans of every task of a run, its wakes and its prints. */
export class Spans {
  /** The latest moment that is known. */
  now: Moment = { at: 0, step: 0 };
  /** All that happened from here on is kept: the beginning of the run, unless something was dropped. */
  since: Moment = { at: 0, step: 0 };
  clock: 'real' | 'virtual' = 'real';
  /** How the run ended; undefined while it goes on. */
  outcome: 'returned' | 'threw' | 'stuck' | 'stopped' | undefined = undefined;
  /** When main ended, or began to be dropped; null before. From then on all is dropped, and nothing runs. */
  over: Moment | null = null;
  /** How many spans were dropped because there were too many. */
  dropped = 0;
  /** How many tasks were spawned so far, those included of which nothing is kept. */
  spawned = 0;
  /** In order. */
  readonly wakes: Wake[] = [];
  /** In order. */
  readonly prints: Print[] = [];
  readonly #lives = new Map<number, OwnLife>();
  /** The lives of which each finished span is, in the order in which they were finished. */
  readonly #finished: OwnLife[] = [];
  readonly #kept: number;

  /** Keeps up to `kept` finished spans. */
  constructor(kept: number = KEPT_SPANS) {
    this.#kept = kept;
  }

  /** Every task of which something is kept, in the order of spawning. */
  lives(): readonly Life[] {
    for (const life of this.#lives.values()) {
      const last = life.spans.at(-1);
      if (last !== undefined && life.ended === null) last.to = this.now;
    }
    return [...this.#lives.values()];
  }

  /** Takes one more event into account. */
  fold(event: RuntimeEvent): void {
    this.now = { at: event.at, step: this.now.step + 1 };
    switch (event.kind) {
      case 'runtime.started':
        this.clock = event.clock;
        break;
      case 'runtime.finished':
        this.outcome = event.outcome;
        break;
      case 'task.spawned':
        this.#spawn(event.task, event.parent);
        break;
      case 'task.poll-started':
        this.#start(event.task, event.poll);
        break;
      case 'task.poll-ended':
        this.#end(event);
        break;
      case 'task.woken':
        this.#wake(event.task, event.by);
        break;
      case 'task.completed':
        this.#finish(event.task, event.outcome);
        break;
      case 'task.cancelled':
        this.#finish(event.task, 'cancelled');
        break;
      case 'print':
        this.prints.push({ ...this.now, task: event.task, text: event.text });
        if (this.prints.length > KEPT_PRINTS * 1.25) this.prints.splice(0, this.prints.length - KEPT_PRINTS);
        break;
      default:
        // Resources tell nothing here that a task's own events do not tell.
        break;
    }
  }

  #spawn(task: TaskRef, parent: TaskRef | null): void {
    this.spawned += 1;
    const life: OwnLife = { task, parent, spawned: this.now, spans: [], ended: null, next: null };
    this.#lives.set(task.id, life);
    this.#open(life, { state: 'ready', poll: 0 });
  }

  #start({ id }: TaskRef, poll: number): void {
    const life = this.#alive(id);
    const last = life?.spans.at(-1);
    if (life !== undefined) this.#open(life, { state: 'running', poll, by: last?.by ?? null });
  }

  #end({ task, poll, outcome, awaits }: Extract<RuntimeEvent, { kind: 'task.poll-ended' }>): void {
    const life = this.#alive(task.id);
    const last = life?.spans.at(-1);
    if (life === undefined || last === undefined) return;
    last.outcome = outcome;
    // Its end follows, and is the end of its last poll.
    if (outcome !== 'pending') return;
    if (life.next === null) this.#open(life, { state: 'waiting', poll, outcome, awaits });
    else this.#open(life, { state: 'ready', poll, outcome, by: life.next });
    life.next = null;
  }

  #wake(task: TaskRef, by: WakeCause): void {
    this.wakes.push({ ...this.now, task, by });
    const isByMain = (by.kind === 'task' || by.kind === 'abort') && by.task?.id === 0;
    // It does not run, and yet it does something: what it holds is dropped.
    if (isByMain && this.#alive(0)?.spans.at(-1)?.state !== 'running') this.over ??= this.now;
    const life = this.#alive(task.id);
    const last = life?.spans.at(-1);
    if (life === undefined || last === undefined) return;
    if (last.state === 'running') life.next = by;
    else this.#open(life, { state: 'ready', poll: last.poll, outcome: last.outcome, by });
  }

  #finish({ id }: TaskRef, outcome: Ending['outcome']): void {
    const life = this.#alive(id);
    if (life === undefined) return;
    this.#close(life);
    life.ended = { ...this.now, outcome };
    if (id === 0) this.over ??= this.now;
  }

  #alive(id: number): OwnLife | undefined {
    const life = this.#lives.get(id);
    return life?.ended === null ? life : undefined;
  }

  #open(life: OwnLife, what: Pick<Span, 'state' | 'poll'> & Partial<Span>): void {
    this.#close(life);
    life.spans.push({ from: this.now, to: this.now, outcome: null, awaits: [], by: null, ...what });
  }

  /** Ends the span that goes on. */
  #close(life: OwnLife): void {
    const last = life.spans.at(-1);
    if (last === undefined) return;
    last.to = this.now;
    this.#finished.push(life);
    if (this.#finished.length > this.#kept) this.#forget();
  }

  /** Drops the oldest quarter: many at once, so that a long run does not pay for each. */
  #forget(): void {
    const dropped = this.#finished.splice(0, Math.ceil(this.#finished.length / 4));
    const counts = new Map<OwnLife, number>();
    for (const life of dropped) counts.set(life, (counts.get(life) ?? 0) + 1);
    for (const [life, count] of counts) {
      const last = life.spans.splice(0, count).at(-1);
      if (last !== undefined && last.to.step > this.since.step) this.since = last.to;
    }
    this.dropped += dropped.length;
    for (const [id, life] of this.#lives) if (life.ended !== null && life.spans.length === 0) this.#lives.delete(id);
    const first = this.wakes.findIndex(({ step }) => step >= this.since.step);
    this.wakes.splice(0, first < 0 ? this.wakes.length : first);
  }
}
