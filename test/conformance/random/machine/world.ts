/**
 * What a program works with: the resources that all share, and what each task has of its own.
 *
 * @module
 */
import {
  type Async,
  Barrier,
  broadcast,
  CancellationToken,
  type DropGuard,
  dropFuture,
  type Interval,
  type JoinHandle,
  JoinSet,
  Mutex,
  type MutexGuard,
  mpsc,
  type Notified,
  Notify,
  OnceCell,
  oneshot,
  RwLock,
  type RwLockReadGuard,
  type RwLockWriteGuard,
  Semaphore,
  type SemaphorePermit,
  type Sleep,
  TaskLocal,
  TaskTracker,
  watch,
} from 'async-lessons';
import { log } from '../../common.ts';
import type { Op } from './program.ts';

export const USER = new TaskLocal<number>('USER');

/** A number that is read and written under a lock. */
export interface Cell {
  value: number;
}

/** What a task holds. */
export type Guard =
  | MutexGuard<undefined>
  | RwLockReadGuard<Cell>
  | RwLockWriteGuard<Cell>
  | SemaphorePermit
  | DropGuard;

/** The resources of a program. What is taken or dropped is `undefined` from then on. */
export class World {
  readonly mutexes = [new Mutex(undefined), new Mutex(undefined)];
  readonly semaphores: Semaphore[];
  readonly lock = new RwLock<Cell>({ value: 0 });
  readonly notifies = [new Notify(), new Notify()];
  readonly barrier = new Barrier(2);
  readonly cells = [new OnceCell<number>(), new OnceCell<number>()];
  readonly tokens: CancellationToken[];
  readonly tracker = new TaskTracker();
  readonly tx: (mpsc.Sender<number> | undefined)[] = [];
  readonly rx: (mpsc.Receiver<number> | undefined)[] = [];
  readonly weak: mpsc.WeakSender<number>[] = [];
  readonly utx: (mpsc.UnboundedSender<number> | undefined)[] = [];
  readonly urx: mpsc.Receiver<number>;
  readonly otx: (oneshot.Sender<number> | undefined)[] = [];
  readonly orx: (oneshot.Receiver<number> | undefined)[] = [];
  readonly wtx: (watch.Sender<number> | undefined)[] = [];
  readonly wrx: watch.Receiver<number>;
  readonly btx: (broadcast.Sender<number> | undefined)[] = [];
  tasks = 0;

  /** @param sizes of the two channels, of the two semaphores, of the broadcast channel. */
  constructor(sizes: readonly number[]) {
    const size = (i: number) => sizes[i] ?? 0;
    for (const i of [0, 1]) {
      const [tx, rx] = mpsc.channel<number>(size(i));
      this.weak.push(tx.downgrade());
      this.tx.push(tx);
      this.rx.push(rx);
    }
    const [utx, urx] = mpsc.unboundedChannel<number>();
    this.utx.push(utx);
    this.urx = urx;
    for (let i = 0; i < 3; i++) {
      const [tx, rx] = oneshot.channel<number>();
      this.otx.push(tx);
      this.orx.push(rx);
    }
    const [wtx, wrx] = watch.channel(0);
    this.wtx.push(wtx);
    this.wrx = wrx;
    const [btx, unused] = broadcast.channel<number>(size(4));
    unused[Symbol.dispose]();
    this.btx.push(btx);
    this.semaphores = [new Semaphore(size(2)), new Semaphore(size(3))];
    const root = new CancellationToken();
    const child = root.childToken();
    const other = root.childToken();
    this.tokens = [root, child, other, child.childToken()];
  }
}

/** What one task has. It drops in this order. */
export class State implements Disposable {
  readonly name: string;
  readonly guards: Guard[] = [];
  /** A permit of Rust's owns its sender. */
  readonly permits: { readonly permit: mpsc.Permit<number>; readonly sender: mpsc.Sender<number> }[] = [];
  readonly notes: Notified[] = [];
  readonly kids: (JoinHandle<void> | undefined)[] = [];
  readonly set = new JoinSet<void>();
  readonly wrx: Mutex<watch.Receiver<number>>;
  readonly brx: Mutex<broadcast.Receiver<number>> | undefined;
  interval: Interval | undefined = undefined;
  readonly sleeps: Sleep[] = [];
  readonly #receivers: Disposable[];

  constructor(world: World) {
    const number = world.tasks++;
    this.name = number === 0 ? 'main' : `t${number}`;
    const wrx = world.wrx.clone();
    const brx = world.btx[0]?.subscribe();
    this.wrx = new Mutex(wrx);
    this.brx = brx === undefined ? undefined : new Mutex(brx);
    this.#receivers = brx === undefined ? [wrx] : [wrx, brx];
  }

  [Symbol.dispose](): void {
    log(this.name, 'state drop');
    for (const guard of this.guards) guard[Symbol.dispose]();
    for (const { permit, sender } of this.permits) {
      permit[Symbol.dispose]();
      sender[Symbol.dispose]();
    }
    for (const note of this.notes) dropFuture(note);
    for (const kid of this.kids) if (kid !== undefined) dropFuture(kid);
    this.set[Symbol.dispose]();
    for (const receiver of this.#receivers) receiver[Symbol.dispose]();
    this.interval?.[Symbol.dispose]();
    for (const sleep of this.sleeps) dropFuture(sleep);
  }
}

/** One operation on its way. */
export interface Call {
  readonly op: Op;
  readonly world: World;
  readonly me: State;
  /** Its i-th number, or 0. */
  n(i: number): number;
  /** Performs the i-th operation that it holds. */
  kid(i: number): Async<void>;
}

/** Does something, and says what came of it. */
export type Operation = (call: Call) => string | Async<string>;

/** The one that the first number points at. */
export function at<T>(list: readonly T[], call: Call): T {
  return list[call.n(0) % list.length] as T;
}

/** Takes it away. */
export function take<T>(list: (T | undefined)[], call: Call): T | undefined {
  if (list.length === 0) return undefined;
  const i = call.n(0) % list.length;
  const taken = list[i];
  list[i] = undefined;
  return taken;
}

/** Takes it away, and drops it. */
export function takeAndDrop(list: (Disposable | undefined)[], call: Call): string {
  const taken = take(list, call);
  taken?.[Symbol.dispose]();
  return `${taken !== undefined}`;
}
