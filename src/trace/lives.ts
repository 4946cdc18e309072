/**
 * How the tasks of a run spend their time.
 *
 * ```text
 *  spawned ─▶ scheduled ─▶ running ─┬─▶ ended
 *                 ▲                 │
 *                 │                 ├─▶ idle ──┐
 *                 └─────────────────┴──────────┘
 *                   woken while it ran, or while idle
 * ```
 *
 * The names are tokio-console's; the definitions are these:
 *
 * - **total**: from its spawning to its end, or to now.
 * - **busy**: how long its polls had the thread.
 * - **scheduled**: how long it was ready, and somebody else had the thread. It begins when the task
 *   is spawned or woken. Where it was woken while it ran, it begins at the end of that poll, so that
 *   no moment counts twice.
 * - **idle**: how long it waited for something to happen.
 *
 * Total, scheduled and idle are on the runtime's clock. Busy is real time, as the events tell it: on
 * a real clock *total = busy · speed + scheduled + idle*, but for the microseconds in which the
 * observer hears that a poll begins. On the virtual clock no time passes while a task runs or is
 * ready: all of a life is idle.
 *
 * @module
 */
import type { Await, Location, RuntimeEvent, TaskRef } from '../runtime/events.ts';

/** Where a task is in its life. The first three as tokio-console calls them; it knows one end, we three. */
export type LifeState = 'running' | 'scheduled' | 'idle' | 'done' | 'panicked' | 'cancelled';

/** One task, from its spawning on. Times are in ms. */
export class Life {
  readonly ref: TaskRef;
  /** Where it was spawned. */
  readonly location: Location | null;
  readonly spawnedAt: number;
  state: LifeState = 'scheduled';
  /** Real time. */
  busy = 0;
  polls = 0;
  wakes = 0;
  /** How many of {@link wakes} it did itself, while it was polled. A yield is woken by the driver. */
  selfWakes = 0;
  /** What it waits for. A task that was dropped keeps what it waited for then. */
  awaits: readonly Await[] = [];
  #scheduled = 0;
  #idle = 0;
  /** When its state began. */
  #since: number;
  #wokenWhileRunning = false;

  constructor(ref: TaskRef, location: Location | null, at: number) {
    this.ref = ref;
    this.location = location;
    this.spawnedAt = at;
    this.#since = at;
  }

  /** The same once more, which goes its own way from here on. */
  copy(): Life {
    const { state, busy, polls, wakes, selfWakes, awaits } = this;
    const copy = new Life(this.ref, this.location, this.spawnedAt);
    Object.assign(copy, { state, busy, polls, wakes, selfWakes, awaits });
    copy.#scheduled = this.#scheduled;
    copy.#idle = this.#idle;
    copy.#since = this.#since;
    copy.#wokenWhileRunning = this.#wokenWhileRunning;
    return copy;
  }

  get isOver(): boolean {
    return this.state === 'done' || this.state === 'panicked' || this.state === 'cancelled';
  }

  /** @param now the time of the last event; it does not matter once the task has ended. */
  total(now: number): number {
    return this.#until(now) - this.spawnedAt;
  }

  scheduled(now: number): number {
    return this.#scheduled + (this.state === 'scheduled' ? this.#until(now) - this.#since : 0);
  }

  idle(now: number): number {
    return this.#idle + (this.state === 'idle' ? this.#until(now) - this.#since : 0);
  }

  pollStarted(at: number): void {
    this.#become('running', at);
    this.awaits = [];
    this.polls += 1;
  }

  pollEnded(at: number, busy: number, awaits: readonly Await[], pending: boolean): void {
    this.busy += busy;
    this.awaits = awaits;
    // Whoever is not pending ends with the next event.
    if (pending) this.#become(this.#wokenWhileRunning ? 'scheduled' : 'idle', at);
    this.#wokenWhileRunning = false;
  }

  woken(at: number, bySelf: boolean): void {
    this.wakes += 1;
    if (bySelf) this.selfWakes += 1;
    if (this.state === 'running') this.#wokenWhileRunning = true;
    else this.#become('scheduled', at);
  }

  ended(at: number, how: 'done' | 'panicked' | 'cancelled'): void {
    this.#become(how, at);
    if (how !== 'cancelled') this.awaits = [];
  }

  #become(state: LifeState, at: number): void {
    if (this.isOver) return;
    if (this.state === 'scheduled') this.#scheduled += at - this.#since;
    if (this.state === 'idle') this.#idle += at - this.#since;
    this.state = state;
    this.#since = at;
  }

  #until(now: number): number {
    return this.isOver ? this.#since : Math.max(now, this.#since);
  }
}

/** The lives of all tasks that have not ended. */
export class Lives {
  now = 0;
  clock: 'real' | 'virtual' = 'real';
  speed = 1;
  readonly #lives = new Map<number, Life>();

  get(id: number): Life | undefined {
    return this.#lives.get(id);
  }

  /** In the order of their spawning. */
  values(): Iterable<Life> {
    return this.#lives.values();
  }

  /** The same once more, which goes its own way from here on. */
  copy(): Lives {
    const { now, clock, speed } = this;
    const copy = Object.assign(new Lives(), { now, clock, speed });
    for (const [id, life] of this.#lives) copy.#lives.set(id, life.copy());
    return copy;
  }

  /** Takes one more event into account. Answers the life that ended with it. */
  fold(event: RuntimeEvent): Life | undefined {
    // A file may be anything: time goes on, or stands still.
    this.now = Math.max(this.now, event.at);
    const at = this.now;
    switch (event.kind) {
      case 'runtime.started':
        this.clock = event.clock;
        this.speed = event.speed;
        return undefined;
      case 'task.spawned':
        this.#lives.set(event.task.id, new Life(event.task, event.location, at));
        return undefined;
      case 'task.poll-started':
        this.get(event.task.id)?.pollStarted(at);
        return undefined;
      case 'task.poll-ended':
        this.get(event.task.id)?.pollEnded(at, event.busy, event.awaits, event.outcome === 'pending');
        return undefined;
      case 'task.woken':
        this.get(event.task.id)?.woken(at, event.by.kind === 'self');
        return undefined;
      case 'task.completed':
        return this.#end(event.task, at, event.outcome === 'ok' ? 'done' : 'panicked');
      case 'task.cancelled':
        return this.#end(event.task, at, 'cancelled');
      default:
        return undefined;
    }
  }

  #end({ id }: TaskRef, at: number, how: 'done' | 'panicked' | 'cancelled'): Life | undefined {
    const life = this.#lives.get(id);
    life?.ended(at, how);
    this.#lives.delete(id);
    return life;
  }
}
