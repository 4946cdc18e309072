/**
 * What the world looks like after some events of a run: a fold, and nothing but a fold. It asks the
 * runtime nothing, so it works as well on a run that was saved.
 *
 * @module
 */
import type { Await, Location, ResourceRef, RuntimeEvent, TaskRef } from '../runtime/events.ts';

/** Where a task is between its spawning and its end. */
type TaskState = 'ready' | 'running' | 'waiting' | 'completed' | 'panicked' | 'cancelled';

/** What is known of a task. */
export interface TaskView {
  readonly ref: TaskRef;
  state: TaskState;
  polls: number;
  wakes: number;
  /** How long it had the thread so far, in ms. */
  busy: number;
  /** What it waits for; empty unless it waits. */
  awaits: readonly Await[];
  /** It was woken while it ran, and goes to the back of the queue afterwards. */
  wokenWhileRunning: boolean;
}

/** What a task has of a lock. */
interface Holding {
  /** Null if it was no task that acquired it. */
  readonly task: TaskRef | null;
  permits: number;
  /** It was granted, and nobody has picked it up so far. */
  granted: boolean;
  /** Where the program took it; null before that, and where it is not known. */
  location: Location | null;
  /** How often its task had been polled when it was granted: if it was polled since, it has passed it over. */
  readonly polls: number;
}

/** What is known of a resource. */
export interface ResourceView {
  readonly ref: ResourceRef;
  /** A channel: how many messages are in it. */
  length: number;
  /** A channel: how many messages fit; null where there is no limit, or none was told. */
  capacity: number | null;
  /** A lock or a semaphore: who holds how much of it, in the order in which they got it. A channel: whom room was granted. */
  readonly holders: Holding[];
  /** A timer: when it fires, while it is armed. */
  deadline: number | null;
  closed: boolean;
  /** A barrier: how many have arrived, and of how many. */
  arrived: { readonly count: number; readonly size: number } | null;
}

/** Resources that have no state of their own to tell: who waits for them says it all. */
const MOMENTARY: ReadonlySet<ResourceRef['kind']> = new Set([
  'select',
  'promise',
  'worker',
  'signal',
  'joinset',
  'tracker',
]);

/** Those that a task can hold. */
const LOCKS: ReadonlySet<ResourceRef['kind']> = new Set(['mutex', 'rwlock', 'semaphore', 'once']);

/** The state of a run, as its events tell it. */
export class World {
  now = 0;
  clock: 'real' | 'virtual' = 'real';
  speed = 1;
  parked = false;
  /** How many tasks were spawned so far, without the main one. */
  spawned = 0;
  /** How many polls there were so far, of all tasks. */
  polls = 0;
  /** How long the thread was busy so far, in real ms. */
  busy = 0;
  outcome: 'returned' | 'threw' | 'stuck' | 'stopped' | undefined = undefined;
  /** Every task that has not ended. */
  readonly tasks = new Map<number, TaskView>();
  /** Numbers of the ready tasks, the next one first. The main one has a slot of its own. */
  readonly ready = new Set<number>();
  /** Resources in use: armed timers, channels, locks, open sockets. */
  readonly resources = new Map<number, ResourceView>();

  /** The same state once more, which goes its own way from here on. */
  copy(): World {
    return Object.assign(new World(), {
      ...this,
      tasks: new Map(Array.from(this.tasks, ([id, task]) => [id, { ...task }])),
      ready: new Set(this.ready),
      resources: new Map(
        Array.from(this.resources, ([id, view]) => [
          id,
          { ...view, holders: view.holders.map((holding) => ({ ...holding })) },
        ]),
      ),
    });
  }

  /** Takes one more event into account. */
  fold(event: RuntimeEvent): void {
    this.now = event.at;
    switch (event.kind) {
      case 'runtime.started':
        this.clock = event.clock;
        this.speed = event.speed;
        break;
      case 'runtime.parked':
        this.parked = true;
        break;
      case 'runtime.unparked':
        this.parked = false;
        break;
      case 'runtime.finished':
        this.outcome = event.outcome;
        break;
      case 'runtime.halted':
        break;
      case 'task.spawned':
        this.#spawn(event.task);
        break;
      case 'task.poll-started':
        this.#start(event.task);
        break;
      case 'task.poll-ended':
        this.#end(event);
        break;
      case 'task.woken':
        this.#wake(event.task);
        break;
      case 'task.completed':
      case 'task.cancelled':
        this.tasks.delete(event.task.id);
        this.ready.delete(event.task.id);
        break;
      case 'resource.created':
        if (!MOMENTARY.has(event.resource.kind)) this.#resource(event.resource);
        break;
      case 'resource.op':
        this.#op(event);
        break;
      case 'print':
      case 'task.unjoined':
      case 'future.unawaited':
        break;
      default:
        event satisfies never;
    }
  }

  #spawn(ref: TaskRef): void {
    if (ref.id !== 0) this.spawned += 1;
    this.tasks.set(ref.id, {
      ref,
      state: 'ready',
      polls: 0,
      wakes: 0,
      busy: 0,
      awaits: [],
      wokenWhileRunning: false,
    });
    this.ready.add(ref.id);
  }

  #start({ id }: TaskRef): void {
    const task = this.tasks.get(id);
    if (task === undefined) return;
    task.state = 'running';
    task.awaits = [];
    task.polls += 1;
    this.polls += 1;
    this.ready.delete(id);
  }

  #end(event: Extract<RuntimeEvent, { kind: 'task.poll-ended' }>): void {
    this.busy += event.busy;
    const task = this.tasks.get(event.task.id);
    if (task === undefined) return;
    task.busy += event.busy;
    task.awaits = event.awaits;
    task.state = 'waiting';
    if (!task.wokenWhileRunning) return;
    task.wokenWhileRunning = false;
    task.state = 'ready';
    this.ready.add(event.task.id);
  }

  #wake({ id }: TaskRef): void {
    const task = this.tasks.get(id);
    if (task === undefined) return;
    task.wakes += 1;
    if (task.state === 'running') {
      task.wokenWhileRunning = true;
      return;
    }
    task.state = 'ready';
    this.ready.add(id);
  }

  #resource(ref: ResourceRef): ResourceView {
    let view = this.resources.get(ref.id);
    if (view === undefined) {
      view = { ref, length: 0, capacity: null, holders: [], deadline: null, closed: false, arrived: null };
      this.resources.set(ref.id, view);
    }
    return view;
  }

  #op(event: Extract<RuntimeEvent, { kind: 'resource.op' }>): void {
    if (MOMENTARY.has(event.resource.kind)) return;
    const view = this.#resource(event.resource);
    switch (event.op) {
      case 'armed':
        view.deadline = event.deadline;
        break;
      case 'fired':
      case 'cancelled':
        view.deadline = null;
        // A timer that nobody can hear of again; without this a long run would keep them all.
        this.resources.delete(event.resource.id);
        break;
      case 'sent':
      case 'reserved':
        // The room that was granted is used now.
        abandon(view.holders, event.task);
        view.length = event.length;
        view.capacity = event.capacity;
        break;
      case 'received':
      case 'full':
      case 'returned':
      case 'discarded':
        view.length = event.length;
        view.capacity = event.capacity;
        break;
      case 'acquired':
        acquire(view.holders, event);
        break;
      case 'granted':
        view.holders.push({
          ...{ task: event.to, permits: event.permits, granted: true, location: null },
          polls: this.tasks.get(event.to?.id ?? -1)?.polls ?? 0,
        });
        break;
      case 'released':
      case 'downgraded':
        release(view.holders, event.holder, event.permits);
        break;
      case 'abandoned':
        if (event.granted) abandon(view.holders, event.task);
        break;
      case 'closed':
        view.closed = true;
        if (event.resource.kind === 'socket' && event.by === 'us') this.resources.delete(event.resource.id);
        break;
      case 'initialized':
        view.closed = true;
        break;
      case 'arrived':
        view.arrived = { count: event.count, size: event.size };
        break;
      case 'cloned':
      case 'disposed':
      case 'entered':
      case 'contended':
      case 'added':
      case 'forgotten':
      case 'lagged':
      case 'changed':
      case 'notified':
      case 'consumed':
      case 'opened':
      case 'readable':
      case 'writable':
      case 'won':
      case 'dropped':
      case 'settled':
        break;
      default:
        event satisfies never;
    }
    // What is free, or closed and empty, is as good as never seen: a long run would keep them all.
    const isOver = view.closed && view.length === 0 && view.holders.length === 0 && view.ref.kind !== 'socket';
    const isFree = LOCKS.has(view.ref.kind) && view.holders.length === 0;
    const isAnswered = view.ref.kind === 'oneshot' && event.op === 'received';
    if (isOver || isFree || isAnswered) this.resources.delete(view.ref.id);
  }
}

/** What was granted to a task is its own once it has picked it up. */
function acquire(holders: Holding[], event: Extract<RuntimeEvent, { op: 'acquired' }>): void {
  const { task, permits, location, granted: wasGranted } = event;
  const isIt = (holding: Holding) => holding.granted && holding.task?.id === task?.id && holding.permits === permits;
  const granted = wasGranted ? holders.find(isIt) : undefined;
  if (granted === undefined) holders.push({ task, permits, granted: false, location, polls: 0 });
  else Object.assign(granted, { granted: false, location });
}

/** Permits may be merged and split on the way, so they are counted, not matched. */
function release(holders: Holding[], task: TaskRef | null, permits: number): void {
  let left = permits;
  const held = holders.filter((holding) => !holding.granted);
  const isOurs = (holding: Holding) => holding.task?.id === task?.id;
  // Those that were merged came from others.
  for (const holding of [...held.filter(isOurs), ...held.filter((holding) => !isOurs(holding))]) {
    const given = Math.min(left, holding.permits);
    holding.permits -= given;
    left -= given;
    if (holding.permits === 0) holders.splice(holders.indexOf(holding), 1);
    if (left === 0) return;
  }
}

function abandon(holders: Holding[], task: TaskRef | null): void {
  const index = holders.findIndex((holding) => holding.granted && holding.task?.id === task?.id);
  if (index >= 0) holders.splice(index, 1);
}
