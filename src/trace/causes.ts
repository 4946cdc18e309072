/**
 * The causes of a run: a fold that knows, for each turn of a task, who brought it about.
 *
 * A wake says which task it came from and through which resource. What that task did there is the last
 * operation on the resource before the wake, so the operations of the turn in progress are kept, and
 * no others. The turn in which it happened is the next link of the chain.
 *
 * ```text
 *  timer 1 fired ─▶ producer is woken ─▶ producer is polled ─▶ channel 1 sent ─▶ main is woken ─▶ main is polled
 *                                        └─────────── one turn, and the cause of the next ──────────────┘
 * ```
 *
 * @module
 */
import type { Await, RuntimeEvent, TaskRef, WakeCause } from '../runtime/events.ts';
import { type Doer, deed, deedFor, news, type OpEvent, unnamed, yielded } from './deeds.ts';
import { place } from './places.ts';
import { type Cause, type CauseKind, Turn, Turns, times } from './turns.ts';
import { withPlace } from './words.ts';

const OUTSIDE = 'something outside of all tasks';
const NOBODY: Doer = { who: OUTSIDE, at: '' };

/** What will be the cause of the next turn of a task. */
interface Wake {
  readonly at: number;
  readonly kind: CauseKind;
  /** What stands behind "because". */
  readonly because: string;
  /** The turn in which that happened; none for a root. */
  readonly from: Turn | undefined;
}

/** What is remembered of a task that lives. */
interface Life {
  readonly ref: TaskRef;
  /** Present while it is ready: why. */
  wake: Wake | undefined;
  /** Its last turn. */
  turn: Turn | undefined;
  /** It has its turn now. A poll that is ready goes on to the end of the task. */
  running: boolean;
  /** When its last poll ended. */
  ended: number | undefined;
  awaits: readonly Await[];
  /** How it ended, once it has. */
  fate: 'has ended' | 'has panicked' | 'was dropped' | undefined;
}

/** What a turn has done to a resource. */
interface Done {
  readonly last: OpEvent;
  /** The last one that was no handing over: what made that possible. */
  readonly before: OpEvent | undefined;
}

/** Follows a run from cause to cause. */
export class Causes {
  readonly #folder: string;
  #now = 0;
  readonly #kept: number | undefined;
  #turns: Turns;
  readonly #lives = new Map<number, Life>();
  /** Tasks that have ended in this turn: those who join them hear it from them. */
  readonly #over: number[] = [];
  /** By resource: what was done to it in this turn. */
  readonly #done = new Map<number, Done>();
  /** What the host or the driver has done last, while nothing else happened. */
  #hosts: OpEvent | undefined;
  /** The main one has ended: nobody is polled any more, and the others are dropped, not aborted. */
  #isOver = false;

  /**
   * @param folder from where places are told.
   * @param kept how many turns keep the way to their root. @default KEPT, so that a run may be endless
   */
  constructor(folder: string, kept?: number) {
    this.#folder = folder;
    this.#kept = kept;
    this.#turns = new Turns(kept);
  }

  /** Takes one more event into account. Answers the turn that begins with it, if one does. */
  fold(event: RuntimeEvent): Turn | undefined {
    this.#now = event.at;
    switch (event.kind) {
      case 'task.spawned':
        this.#spawned(event);
        break;
      case 'task.poll-started':
        return this.#polled(event);
      case 'task.poll-ended':
        this.#pollEnded(event);
        break;
      case 'task.woken':
        this.#woken(event);
        return undefined;
      case 'task.completed':
        this.#ended(event.task, event.outcome === 'ok' ? 'has ended' : 'has panicked');
        break;
      case 'task.cancelled':
        return this.#cancelled(event.task);
      case 'resource.op':
        this.#op(event);
        return undefined;
      case 'resource.created':
        return undefined;
      case 'runtime.started':
        this.#begin();
        break;
      case 'runtime.parked':
      case 'runtime.unparked':
      case 'runtime.halted':
      case 'runtime.finished':
      case 'print':
      case 'task.unjoined':
      case 'future.unawaited':
        break;
      default:
        event satisfies never;
    }
    this.#hosts = undefined;
    return undefined;
  }

  /**
   * Why a task had its last turn, or the given poll, and why that came about, and so on: the last one
   * is the root. Empty for a task that had no turn, and for what was too long ago.
   */
  chain(task: number, poll?: number): readonly Cause[] {
    const last = this.#lives.get(task)?.turn;
    const turn =
      poll === undefined || last?.poll === poll ? (last ?? this.#turns.lastOf(task)) : this.#turns.find(task, poll);
    return turn?.chain() ?? [];
  }

  // Events

  /** The same observer may see one run after another, and tasks are numbered anew. */
  #begin(): void {
    this.#turns = new Turns(this.#kept);
    this.#lives.clear();
    this.#over.length = 0;
    this.#isOver = false;
  }

  #spawned({ at, task, parent, location }: Extract<RuntimeEvent, { kind: 'task.spawned' }>): void {
    this.#life(task).wake = { at, ...this.#spawn(task, parent, place(location, this.#folder)) };
  }

  #spawn(task: TaskRef, parent: TaskRef | null, at: string): Omit<Wake, 'at'> {
    if (parent !== null) {
      const { who, turn } = this.#doer(parent);
      return { kind: 'spawn', because: withPlace(`${who} spawned it`, at), from: turn };
    }
    if (task.id !== 0) return { kind: 'host', because: `${OUTSIDE} spawned it`, from: undefined };
    return { kind: 'start', because: 'the run begins', from: undefined };
  }

  #polled({ at, task, poll }: Extract<RuntimeEvent, { kind: 'task.poll-started' }>): Turn {
    this.#newTurn();
    const life = this.#life(task);
    const { wake } = life;
    const first = poll === 1 ? ' for the first time' : '';
    const because = wake === undefined ? ', and nothing was told of why' : ` because ${wake.because}`;
    const text = `${task.name} is polled${first}${because}${wake === undefined ? '' : times(life.ended, wake.at, at)}`;
    life.wake = undefined;
    life.running = true;
    life.turn = this.#turns.add(new Turn({ at, task, poll, kind: wake?.kind ?? 'unknown', text }, wake?.from));
    return life.turn;
  }

  #pollEnded({ at, task, outcome, awaits }: Extract<RuntimeEvent, { kind: 'task.poll-ended' }>): void {
    this.#done.clear();
    const life = this.#life(task);
    life.running = outcome === 'ready' || outcome === 'panicked';
    life.ended = at;
    life.awaits = awaits;
  }

  #woken({ at, task, by }: Extract<RuntimeEvent, { kind: 'task.woken' }>): void {
    const life = this.#life(task);
    life.wake = { at, kind: by.kind, ...this.#cause(life, by) };
  }

  #cancelled(task: TaskRef): Turn | undefined {
    const turn = this.#drop(this.#life(task));
    this.#ended(task, 'was dropped');
    return turn?.poll === null && !this.#isOver ? turn : undefined;
  }

  #ended(task: TaskRef, fate: Exclude<Life['fate'], undefined>): void {
    this.#life(task).fate = fate;
    if (task.id === 0) this.#isOver = true;
    this.#over.push(task.id);
  }

  #op(event: OpEvent): void {
    const { task, resource, op } = event;
    this.#hosts = task === null ? event : undefined;
    this.#done.set(resource.id, {
      last: event,
      before: op === 'granted' ? this.#done.get(resource.id)?.before : event,
    });
  }

  #newTurn(): void {
    this.#hosts = undefined;
    for (const id of this.#over.splice(0)) this.#lives.delete(id);
  }

  #life(ref: TaskRef): Life {
    let life = this.#lives.get(ref.id);
    if (life === undefined) {
      life = { ref, wake: undefined, turn: undefined, running: false, ended: undefined, awaits: [], fate: undefined };
      this.#lives.set(ref.id, life);
    }
    return life;
  }

  /** A task that does something outside of a poll is being dropped: its turn begins with that. */
  #drop(life: Life): Turn | undefined {
    const { wake } = life;
    if (wake === undefined || life.ref.id === 0 || this.#isOver) return life.turn;
    const { kind, from } = wake;
    // If it was ready already, its abort was no wake, and it is not told whose it was.
    const because = kind === 'abort' ? wake.because : 'it was aborted';
    const text = `${life.ref.name} is dropped because ${because}`;
    life.wake = undefined;
    life.turn = this.#turns.add(new Turn({ at: this.#now, task: life.ref, poll: null, kind, text }, from));
    return life.turn;
  }

  // Causes

  /** Who does something now, and in which turn. */
  #doer(task: TaskRef): { readonly who: string; readonly turn: Turn | undefined; readonly fate: Life['fate'] } {
    const life = this.#life(task);
    if (life.running) return { who: task.name, turn: life.turn, fate: life.fate };
    const turn = this.#drop(life);
    return { who: `${task.name}, as it was dropped,`, turn, fate: life.fate };
  }

  #cause(life: Life, by: WakeCause): Pick<Wake, 'because' | 'from'> {
    switch (by.kind) {
      case 'task':
        return this.#byTask(life, by);
      case 'self': {
        const at = place(by.location, this.#folder);
        const doer = { who: `${life.ref.name} itself`, at };
        if (by.resource !== null) return { because: this.#deed(life, by.resource, life.ref, doer), from: life.turn };
        return { because: withPlace(`${doer.who} asked for another poll`, at), from: life.turn };
      }
      case 'timer':
        return { because: news(by.resource, life.awaits, this.#folder), from: undefined };
      case 'io': {
        const op = this.#hosts?.resource.id === by.resource.id ? this.#hosts : undefined;
        const because = op === undefined ? news(by.resource, life.awaits, this.#folder) : deed(op, NOBODY);
        return { because, from: undefined };
      }
      case 'yield':
        return { because: yielded(life.awaits, this.#folder), from: life.turn };
      case 'abort': {
        if (by.task === null) return { because: `${OUTSIDE} aborted it`, from: undefined };
        const { who, turn } = this.#doer(by.task);
        return { because: by.task.id === life.ref.id ? 'it aborted itself' : `${who} aborted it`, from: turn };
      }
      case 'host':
        return { because: 'something outside of the runtime called its waker', from: undefined };
      default:
        return by satisfies never;
    }
  }

  #byTask(
    life: Life,
    { task, resource, location }: Extract<WakeCause, { kind: 'task' }>,
  ): Pick<Wake, 'because' | 'from'> {
    const at = place(location, this.#folder);
    const { who, turn, fate } = this.#doer(task);
    if (fate !== undefined && (resource === null || resource.kind === 'joinset')) {
      return { because: `${task.name}${resource === null ? '' : ` of ${resource.name}`} ${fate}`, from: turn };
    }
    if (resource === null) return { because: withPlace(`${who} called its waker`, at), from: turn };
    return { because: this.#deed(life, resource, task, { who, at }), from: turn };
  }

  /** What a task that runs has done last to the resource through which it wakes. */
  #deed(life: Life, resource: OpEvent['resource'], task: TaskRef, doer: Doer): string {
    const done = this.#done.get(resource.id);
    if (done === undefined || done.last.task?.id !== task.id) return unnamed(resource, doer);
    const { last, before } = done;
    if (last.op !== 'granted' || before === undefined) return deed(last, doer);
    return deedFor(before, doer, last, life.ref.name);
  }
}
