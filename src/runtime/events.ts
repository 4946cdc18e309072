/**
 * What the runtime says of itself while it runs.
 *
 * One observer gets every event, in the order in which things happened. The events are plain data
 * (JSON keeps all of it), and enough of it: the state of the world after event n, which tasks are
 * ready in which order, who waits for what, what each channel holds, who has each lock, follows
 * from the first n events and from nothing else.
 *
 * Names follow tokio-console where it has one.
 *
 * @module
 */
import type { Location } from './location.ts';
import type { ResourceKind } from './resource.ts';

export type { Location } from './location.ts';
export type { ResourceKind } from './resource.ts';

/** Gets every event of a run. It must not call back into the runtime. */
export type Observer = (event: RuntimeEvent) => void;

/** Which task. The main future has number 0. */
export interface TaskRef {
  readonly id: number;
  readonly name: string;
}

/** Which timer, channel, lock or socket. `name` is its kind and its number among its kind. */
export interface ResourceRef {
  readonly id: number;
  readonly kind: ResourceKind;
  readonly name: string;
}

/** One thing a pending task waits for. */
export interface Await {
  /** For example `sleep(2s)` or `send()`. */
  readonly op: string;
  /** What it waits on, if that is one of the runtime's own things. */
  readonly resource: ResourceRef | null;
  /** The task whose end it waits for, if it joins one. */
  readonly task: TaskRef | null;
  /** The functions that await each other, innermost first; the first is where the wait stands. */
  readonly stack: readonly Location[];
}

/** Who or what made a task ready. */
export type WakeCause =
  /** A task that ran did it: sent, unlocked, dropped, completed. `resource` says through what. */
  | {
      readonly kind: 'task';
      readonly task: TaskRef;
      readonly resource: ResourceRef | null;
      readonly location: Location | null;
    }
  /** The task itself, while it was polled. */
  | { readonly kind: 'self'; readonly resource: ResourceRef | null; readonly location: Location | null }
  | { readonly kind: 'timer'; readonly resource: ResourceRef }
  | { readonly kind: 'io'; readonly resource: ResourceRef }
  /** It had yielded, or spent its budget, and this is the next driver step. */
  | { readonly kind: 'yield' }
  /** It was aborted, and is to be dropped in its turn. */
  | { readonly kind: 'abort'; readonly task: TaskRef | null }
  /** Something outside the runtime called its waker. */
  | { readonly kind: 'host' };

/** What a lock or a semaphore hands out. */
interface Permitted {
  /** How many: a mutex has one, a reader of an rwlock takes one of very many, a writer takes all. */
  readonly permits: number;
  /** How many are free afterwards. */
  readonly available: number;
}

/** What happened to a resource. Lengths count what is inside after the operation. */
export type ResourceOp =
  /** A timer was set, or moved to a later `deadline` (ms on the runtime's clock). */
  | { readonly op: 'armed'; readonly deadline: number }
  | { readonly op: 'fired' }
  /** A timer was given up; a token was cancelled; or a call on another thread will not start, or was ended. */
  | { readonly op: 'cancelled' }
  /** A channel took a message. `capacity` is null where there is no limit. */
  | { readonly op: 'sent'; readonly length: number; readonly capacity: number | null }
  | { readonly op: 'received'; readonly length: number; readonly capacity: number | null }
  /** The receiver is gone, and what was in the channel with it. */
  | { readonly op: 'discarded'; readonly length: number; readonly capacity: number | null }
  /** A permit keeps room for a message, or gives it back unused. */
  | { readonly op: 'reserved' | 'returned'; readonly length: number; readonly capacity: number | null }
  /** A sender found no room, and waits. */
  | { readonly op: 'full'; readonly length: number; readonly capacity: number | null }
  /** There is one more sender, number `sender` of this channel, and `senders` in all. The first one has number 1. */
  | { readonly op: 'cloned'; readonly sender: number; readonly senders: number; readonly location: Location | null }
  /** A sender is gone, and `senders` are left. Of the last one `closed` tells. */
  | { readonly op: 'disposed'; readonly sender: number; readonly senders: number }
  /** No more messages will be sent, or none received. */
  | { readonly op: 'closed'; readonly by: 'senders' | 'receiver' | 'peer' | 'us' }
  /** A receiver of a broadcast channel was too slow, and `missed` so many messages. */
  | { readonly op: 'lagged'; readonly missed: number }
  /** The value of a watch channel was replaced, for the `version`-th time. */
  | { readonly op: 'changed'; readonly version: number }
  /** A waiter joined the line of a lock, for so many of its permits. */
  | ({ readonly op: 'contended' } & Permitted)
  /**
   * `location` is where the program took it: whoever holds a lock, this is where to look. `granted` says
   * that it had stood in line, and picks up what it was granted.
   */
  | ({ readonly op: 'acquired'; readonly granted: boolean; readonly location: Location | null } & Permitted)
  /** `holder` is the task that had acquired it: another one may release. */
  | ({ readonly op: 'released'; readonly holder: TaskRef | null } & Permitted)
  /** A writer goes on as a reader: it gives back all of its permits but one. */
  | ({ readonly op: 'downgraded'; readonly holder: TaskRef | null } & Permitted)
  /** A semaphore has more permits than before, or fewer for good. */
  | ({ readonly op: 'added' | 'forgotten' } & Permitted)
  /** What was released belongs to that waiter now, before it has run. */
  | { readonly op: 'granted'; readonly to: TaskRef | null; readonly permits: number }
  /** A waiter left the line; `granted` says that it hands back what it had been granted. */
  | { readonly op: 'abandoned'; readonly granted: boolean }
  /** So many waiters were notified; `stored` says that there was none, and the next one need not wait. */
  | { readonly op: 'notified'; readonly waiters: number; readonly stored: boolean }
  /** A stored notification was used up. */
  | { readonly op: 'consumed' }
  /** So many of `size` are at the barrier. The last one opens it. */
  | { readonly op: 'arrived'; readonly count: number; readonly size: number }
  /** A task became a member of a join set. */
  | { readonly op: 'entered'; readonly member: TaskRef }
  /** A cell has its value, for good. */
  | { readonly op: 'initialized' }
  | { readonly op: 'opened'; readonly detail: string }
  | { readonly op: 'readable'; readonly bytes: number }
  | { readonly op: 'writable' }
  /** A select finished with this branch. */
  | { readonly op: 'won'; readonly branch: string }
  /** A branch of a select was dropped, unfinished. */
  | { readonly op: 'dropped'; readonly branch: string }
  /** A promise settled, or a call on another thread returned or threw. */
  | { readonly op: 'settled'; readonly outcome: 'fulfilled' | 'rejected' };

interface At {
  /** Milliseconds on the runtime's clock since the runtime started, with fractions. */
  readonly at: number;
}

/** Everything an observer can get. */
export type RuntimeEvent = At &
  (
    | {
        readonly kind: 'runtime.started';
        readonly clock: 'real' | 'virtual';
        readonly seed: number;
        readonly speed: number;
      }
    /** The thread is given back to the host. `until` is the next deadline; `io` counts waits that only the host can end. */
    | { readonly kind: 'runtime.parked'; readonly until: number | null; readonly io: number }
    | { readonly kind: 'runtime.unparked'; readonly by: 'timer' | 'io' }
    /** The run ends although its main future is not done. Nobody is polled any more; what is left is dropped from here on. */
    | { readonly kind: 'runtime.halted'; readonly why: 'stuck' | 'stopped' }
    | { readonly kind: 'runtime.finished'; readonly outcome: 'returned' | 'threw' | 'stuck' | 'stopped' }
    | {
        readonly kind: 'task.spawned';
        readonly task: TaskRef;
        readonly parent: TaskRef | null;
        readonly location: Location | null;
      }
    | { readonly kind: 'task.poll-started'; readonly task: TaskRef; readonly poll: number }
    | {
        readonly kind: 'task.poll-ended';
        readonly task: TaskRef;
        readonly poll: number;
        readonly outcome: 'ready' | 'pending' | 'panicked' | 'aborted';
        /** How long the poll had the thread, in real ms, the observer's own time included: always 0 on the virtual clock. */
        readonly busy: number;
        /** What it waits for now; empty unless pending. */
        readonly awaits: readonly Await[];
      }
    /** It was not ready, and is now. A wake of a task that is ready already changes nothing, and is not told. */
    | { readonly kind: 'task.woken'; readonly task: TaskRef; readonly by: WakeCause }
    | {
        readonly kind: 'task.completed';
        readonly task: TaskRef;
        readonly outcome: 'ok' | 'panicked';
        readonly error: string | null;
      }
    /** It was dropped before it was ready. */
    | { readonly kind: 'task.cancelled'; readonly task: TaskRef }
    /** It panicked with `error`, and nobody has joined it. Told at the end of the run. */
    | { readonly kind: 'task.unjoined'; readonly task: TaskRef; readonly error: string }
    | {
        readonly kind: 'resource.created';
        readonly resource: ResourceRef;
        readonly detail: string;
        readonly location: Location | null;
      }
    /** `task` is the task that ran while it happened, if one did. */
    | ({ readonly kind: 'resource.op'; readonly resource: ResourceRef; readonly task: TaskRef | null } & ResourceOp)
    /** The program printed a line. */
    | { readonly kind: 'print'; readonly task: TaskRef | null; readonly text: string }
    /** A future was made and never awaited: by `task`, to wait on `resource`. Told at the end of the run. */
    | {
        readonly kind: 'future.unawaited';
        readonly op: string;
        readonly resource: ResourceRef | null;
        readonly task: TaskRef | null;
        readonly location: Location | null;
      }
  );
