/**
 * Who is polled next: the loop that runs the world.
 *
 * ```text
 *      ┌──────────────────────────────────────────────────────────────┐
 *      ▼                                                              │
 *  main, if it was woken ─▶ up to 61 tasks from the ready queue ─▶ driver step
 *                                                                  timers that are due,
 *                                                                  yields put off until now,
 *                                                                  the host, if its turn has come
 * ```
 *
 * The order is that of Tokio's `current_thread` scheduler. The main future has a slot of its own:
 * it is polled when it was woken, after each driver step, before the tasks that the same step
 * woke. Spawned tasks go through one queue, first woken first polled.
 *
 * A driver step always looks at timers and yields. The host's event loop (sockets, signals,
 * promises) costs far more than that, so it gets its turn when nothing is ready, and otherwise
 * only when its last turn is {@link HOST_TURN_MS} ago.
 *
 * @module
 */
import { Autopsy, type StuckTask } from './autopsy.ts';
import { BlockingCalls } from './blocking/calls.ts';
import type { Choices } from './choices.ts';
import { Context, current, enter, leave, Waker } from './context.ts';
import { messageOf } from './errors.ts';
import type { Awaitable } from './future.ts';
import type { Host } from './host/host.ts';
import { calling, type JoinError } from './join-error.ts';
import { UnjoinedPanics } from './panics.ts';
import { Ring } from './ring.ts';
import { Task } from './task.ts';
import type { Clock } from './time/clock.ts';
import { Timers } from './time/timers.ts';
import type { Tracer } from './tracer.ts';
import { Unfinished } from './unfinished.ts';

/**
 * How many tasks are polled before the drivers get their turn although the queue is not empty.
 *
 * Too small, and a busy queue pays for looking at the clock all the time. Too large, and timers
 * fire late. Tokio's number.
 */
export const EVENT_INTERVAL = 61;

/**
 * How long a busy executor keeps the thread before the host's event loop gets a turn.
 *
 * A turn of the host costs some five times as much as a driver step without it. Much shorter,
 * and a program that yields a lot spends its time there; much longer, and sockets and Ctrl-C wait
 * noticeably. Measured by `bench/driver-step.js`.
 *
 * Unit: real milliseconds, also on a virtual clock.
 */
export const HOST_TURN_MS = 1;

/**
 * How many sockets the host tells of before it is interrupted to serve them.
 *
 * With a thousand ready at once, what was fetched from memory to hear of the first is out of the
 * processor's reach again when the last is heard, and then each of them is served: a request took 4 to
 * 10 % more of its time. Much smaller, and the peers are woken for each answer instead of for many.
 *
 * Promises do not count. Those that the tasks make would be the next to be heard, and Node would
 * never come to its sockets.
 */
export const MOST_HEARD = 128;

/**
 * How many quick polls may pass before the clock is read again.
 *
 * Reading it takes as long as a switch between two tasks: 25 to 30 ns each. While polls are quick
 * (see {@link QUICK_MS}) the time that was read last is as good: it is off by a third of a
 * millisecond at most, and timers know whole ones. One slow poll, and every driver step reads it.
 */
const UNTIMED_POLLS = 32;

/** A poll that takes so long on average is slow. Unit: real milliseconds. */
const QUICK_MS = 0.01;

/** Nobody is polled in a driver step. */
class Nobody extends Waker {
  override wake(): void {}
}

/** How a run ended. */
export type Outcome = 'returned' | 'threw' | 'stuck' | 'stopped';

/** What an executor is made of. */
export interface Parts {
  readonly host: Host;
  readonly clock: Clock;
  readonly choices: Choices;
  readonly tracer: Tracer | undefined;
  /** Takes what the program prints while nobody observes. */
  readonly print: (text: string) => void;
  /** Tells a person of something that nobody will handle. */
  readonly warn: (message: string) => void;
}

/** Polls one main future, and every task it spawns, on one thread. */
export class Executor {
  readonly host: Host;
  readonly clock: Clock;
  readonly choices: Choices;
  readonly tracer: Tracer | undefined;
  readonly print: (text: string) => void;
  readonly warn: (message: string) => void;
  readonly timers: Timers;
  readonly panics: UnjoinedPanics;
  /** How many waits only the host can end: sockets, signals, promises. */
  io = 0;
  /** How many of {@link io} are promises, which stop a virtual clock: their time is real. */
  promises = 0;
  /** Calls on other threads: waited for when the run is over. */
  readonly blocking = new BlockingCalls();
  /** Sockets that are open: closed when the run is over. */
  readonly keepsOpen = new Set<Disposable>();
  /** What ended the run although no task had thrown it. */
  crash: { readonly error: unknown } | undefined = undefined;
  /** Present while a stuck program is taken apart to see what it waited for. */
  autopsy: Autopsy | undefined = undefined;

  readonly #ready = new Ring<Task>();
  /** Without the main one. */
  readonly #tasks = new Unfinished();
  /** Those that yielded: woken at the next driver step, the latest first. */
  readonly #deferred = new Ring<Waker>();
  /** The context of a driver step: no task runs. */
  readonly #driver = new Context(new Nobody(), undefined, this);
  #main: Task | undefined = undefined;
  #finish: (outcome: Outcome, stuck: readonly StuckTask[]) => void = () => {};
  #nextId = 1;
  #hostTurn = 0;
  /** The host's time when it was read last, and how many polls there were since. */
  #time = 0;
  #untimed = 0;
  /** The time at which timers were looked at last. */
  #fired = Number.NaN;
  #areQuick = false;
  /** How many sockets the host has told of since the last turn. See {@link MOST_HEARD}. */
  #heard = 0;
  #parked = false;
  #turning = false;
  #stopping = false;
  #closed = false;
  // How the host comes back, made once: a busy server parks 50,000 times a second.
  readonly #whenVisited = () => this.#fromHost(() => this.#afterHost());
  readonly #whenUnparked = () => this.#fromHost(() => this.#unpark());
  readonly #whenDrained = () => this.#fromHost(() => this.#stuck());

  constructor(parts: Parts) {
    this.host = parts.host;
    this.clock = parts.clock;
    this.choices = parts.choices;
    this.tracer = parts.tracer;
    this.print = parts.print;
    this.warn = parts.warn;
    this.timers = new Timers(this);
    this.panics = new UnjoinedPanics((error) => this.#reportPanic(error));
  }

  /** Runs the future to its end and then drops every task that is left. */
  start<T>(
    future: Awaitable<T>,
    finished: (main: Task<T>, outcome: Outcome, stuck: readonly StuckTask[]) => void,
  ): void {
    const main = new Task<T>(this, 0, 'main', future);
    this.#main = main as Task;
    this.#finish = (outcome, stuck) => finished(main, outcome, stuck);
    this.#beginHostTurn();
    this.tracer?.spawned(main as Task, undefined);
    main.isQueued(); // Polled once without having been woken.
    this.#fromHost(() => this.#turn());
  }

  /** Ends the run before the main future is ready: at once, or after the poll in progress. */
  stop(): void {
    if (this.#turning) this.#stopping = true;
    else if (this.#closed) this.blocking.cancelAll();
    else if (this.#main !== undefined) this.#end('stopped');
  }

  /** The number of the next task. */
  nextId(): number {
    return this.#nextId++;
  }

  /** Makes a task of a future and puts it at the end of the ready queue. */
  spawn<T>(future: Awaitable<T>, name: string | undefined): Task<T> {
    const task = new Task<T>(this, this.nextId(), name, future);
    this.tracer?.spawned(task as Task, current?.task);
    this.#tasks.add(task as Task);
    if (this.#closed) {
      task.cancel();
      return task;
    }
    task.isQueued();
    this.#ready.push(task as Task);
    return task;
  }

  /** Puts a woken task at the end of the ready queue. Called by the task. */
  schedule(task: Task): void {
    if (this.#closed) return;
    if (task !== this.#main) this.#ready.push(task);
    if (this.#parked) this.host.unpark();
  }

  /** Wakes somebody at the next driver step: after everybody who is ready now. */
  defer(waker: Waker): void {
    // A task that puts itself off twice in one poll is woken once.
    if (this.#deferred.last !== waker) this.#deferred.push(waker);
  }

  /** A task is done. Called by the task. */
  forget(task: Task): void {
    this.#tasks.delete(task);
  }

  /** A wait begins that only the host can end. */
  ioBegins(isPromise = false): void {
    this.io += 1;
    if (isPromise) this.promises += 1;
  }

  /** It was ended, or given up. */
  ioEnds(isPromise = false): void {
    this.io -= 1;
    if (isPromise) this.promises -= 1;
    if (this.#turning) return;
    // It may be what the executor is parked for, although nobody is woken by it.
    if (this.#parked) this.host.unpark();
    if (!isPromise && ++this.#heard === MOST_HEARD) this.host.hurry();
  }

  /** Polls until there is nothing to do but to wait for the host, which calls back. */
  #turn(): void {
    if (this.#closed) return; // What was woken on the way here has stopped us.
    const main = this.#main as Task;
    this.#turning = true;
    this.#heard = 0;
    try {
      do {
        if (main.queued) main.run();
        if (!main.done) this.#pollReady();
        if (main.done || this.#stopping) {
          this.#end(howItEnded(main));
          return;
        }
      } while (this.#driverStep());
    } finally {
      this.#turning = false;
    }
  }

  #pollReady(): void {
    let polls = 0;
    for (; polls < EVENT_INTERVAL && !this.#stopping; polls++) {
      const task = this.choices.nextTask(this.#ready);
      if (task === undefined) break;
      task.run();
    }
    this.#untimed += polls + 1; // And main.
  }

  /** Answers `false` if the thread went back to the host. */
  #driverStep(): boolean {
    const isIdle = this.#isIdle();
    if (isIdle || !this.#areQuick || this.#untimed >= UNTIMED_POLLS) this.#readTime();
    if (this.#time - this.#hostTurn >= HOST_TURN_MS) {
      this.host.visit(this.#whenVisited);
      return false;
    }
    if (isIdle && !this.timers.isDue()) return this.#park();
    this.#wakeDue();
    return true;
  }

  #readTime(): void {
    const time = this.host.now();
    this.#areQuick = time - this.#time < this.#untimed * QUICK_MS;
    this.#time = time;
    this.#untimed = 0;
  }

  #beginHostTurn(): void {
    this.#time = this.host.now();
    this.#untimed = 0;
    this.#hostTurn = this.#time;
  }

  /**
   * The host calls. What a foreign waker or a policy throws here is nobody's panic: it ends the run, not
   * the process.
   */
  #fromHost(step: () => void): void {
    try {
      step();
    } catch (error) {
      this.crash = { error };
      // It may have come from the drops at the end, and somebody waits to hear of that end.
      if (this.#closed) this.#finish('threw', []);
      else this.#end('threw');
    }
  }

  #afterHost(): void {
    if (this.#closed) return;
    this.#beginHostTurn();
    this.#wakeDue();
    this.#turn();
  }

  #wakeDue(): void {
    // A waker by hand may do anything: what it does belongs to this run, and to no task.
    const previous = enter(this.#driver);
    try {
      // At a time that was looked at before, what was due then has fired, and what was armed since is not due.
      if (this.#time !== this.#fired || this.clock.isVirtual) {
        this.#fired = this.#time;
        this.timers.fire(this.clock.at(this.#time));
      }
      // The latest first, as Tokio does since 1.38: A B C come back as C B A.
      const deferred = this.#deferred;
      for (let waker = deferred.pop(); waker !== undefined; waker = deferred.pop()) waker.wake('yield');
    } finally {
      leave(previous);
    }
  }

  /** Nothing is ready. Answers `true` if time alone could change that, and has. */
  #park(): boolean {
    const until = this.timers.nextDeadline();
    if (until === undefined && this.io === 0 && !this.#canBeWokenFromOutside()) {
      this.#stuck();
      return false;
    }

    this.tracer?.emit({ kind: 'runtime.parked', until: until ?? null, io: this.io });
    if (this.#stopping) return true; // By whoever heard of it.
    if (until !== undefined && this.clock.isVirtual && this.io === 0) {
      this.clock.advanceTo(until);
      this.#unparked();
      return true;
    }
    this.#parked = true;
    if (until === undefined) {
      this.host.park(undefined, this.#whenUnparked, this.#whenDrained);
    } else if (!this.clock.isVirtual) {
      this.host.park(this.clock.waitFor(until), this.#whenUnparked, undefined);
    } else if (this.promises > 0) {
      // Promises take real time. Only when the host knows that none will settle does time go on.
      this.host.park(undefined, this.#whenUnparked, () => this.#fromHost(() => this.#jump(until)));
    } else {
      this.host.visit(() => this.#fromHost(() => this.#jump(until)));
    }
    return false;
  }

  /** The host has nothing to say: a virtual clock goes on to the next deadline. */
  #jump(until: number): void {
    if (this.#isIdle()) this.clock.advanceTo(until);
    this.#unpark();
  }

  #isIdle(): boolean {
    return this.#deferred.length === 0 && this.#ready.length === 0 && !(this.#main as Task).queued;
  }

  #unpark(): void {
    if (this.#closed) return;
    this.#parked = false;
    this.#beginHostTurn();
    this.#unparked();
    this.#turn();
  }

  #unparked(): void {
    this.tracer?.emit({ kind: 'runtime.unparked', by: this.timers.isDue() ? 'timer' : 'io' });
    this.#wakeDue();
  }

  #canBeWokenFromOutside(): boolean {
    if ((this.#main as Task).wakerEscaped) return true;
    return this.#tasks.some((task) => task.wakerEscaped);
  }

  #stuck(): void {
    this.#parked = false;
    this.autopsy = new Autopsy(this.tracer);
    this.#end('stuck');
  }

  /** Drops the main future, then every task in the order of spawning; nobody is polled again. */
  #end(outcome: Outcome): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#parked = false;
    if (outcome === 'stuck' || outcome === 'stopped') this.tracer?.emit({ kind: 'runtime.halted', why: outcome });
    const main = this.#main as Task;
    const stuck: StuckTask[] = [];
    this.#take(main, stuck);
    // A drop may spawn; what it spawns is dropped by spawn().
    for (let task = this.#tasks.first; task !== undefined; task = this.#tasks.first) this.#take(task, stuck);
    this.#ready.clear();
    this.#deferred.clear();
    for (const open of this.keepsOpen) open[Symbol.dispose]();
    this.host.close();
    if (outcome === 'stopped') this.blocking.cancelAll();
    this.blocking.whenOver(() => {
      this.panics.reportAll();
      this.tracer?.finished(outcome);
      this.#finish(outcome, stuck);
    });
  }

  #take(task: Task, stuck: StuckTask[]): void {
    if (task.done) return;
    const { autopsy } = this;
    task.cancel();
    if (autopsy !== undefined) stuck.push({ id: task.id, name: task.name, waitsFor: autopsy.findings() });
  }

  #reportPanic(error: JoinError): void {
    const { cause } = error;
    this.tracer?.unjoined({ id: error.id, name: error.taskName }, messageOf(cause));
    const why = cause instanceof Error && cause.stack ? cause.stack : messageOf(cause);
    this.warn(`${calling(error.id, error.taskName)} panicked, and nobody joined it: ${why}`);
  }
}

function howItEnded(main: Task): Outcome {
  if (!main.done) return 'stopped';
  return main.result !== undefined && 'error' in main.result ? 'threw' : 'returned';
}
