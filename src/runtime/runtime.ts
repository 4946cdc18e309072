/**
 * The front door: a runtime runs one program, from its main future to its end.
 *
 * @module
 */
import { DeadlockError } from './autopsy.ts';
import { anySeed, type Choices, TokioOrder } from './choices.ts';
import { current } from './context.ts';
import {
  InvalidOptionError,
  messageOf,
  NestedRuntimeError,
  RuntimeFinishedError,
  RuntimeStoppedError,
} from './errors.ts';
import type { Observer } from './events.ts';
import { Executor } from './executor.ts';
import { type Awaitable, asFuture } from './future.ts';
import { NodeHost } from './host/node.ts';
import { Threads } from './host/threads.ts';
import { RealClock, VirtualClock } from './time/clock.ts';
import { Tracer } from './tracer.ts';

/** Options of {@link Runtime}. */
export interface RuntimeOptions {
  /**
   * `real` waits as long as it says. `virtual` stands still while anything can run, and jumps to
   * the next deadline as soon as nothing can: a day of sleeping takes no time, and the order of
   * everything is the same in every run.
   *
   * @default 'real'
   */
  readonly clock?: 'real' | 'virtual';

  /** How many times as fast a real clock goes. More than 0. @default 1 */
  readonly speed?: number;

  /** Fixes what is random: where `select` starts. A whole number from 0 to 2³² - 1. @default another one each time */
  readonly seed?: number;

  /**
   * Gives this runtime threads of its own for `spawnBlocking`: so many at most, each with a JavaScript
   * engine. Whole number from 1 on. @default the 16 that all runtimes of the process share
   */
  readonly maxBlockingThreads?: number;

  /** Gets an event for everything that happens. Without it the runtime does the same and says nothing. */
  readonly observer?: Observer;

  /** Takes what the program prints while nobody observes. @default console.log */
  readonly print?: (text: string) => void;

  /** Who decides what goes first where Tokio could do one thing or another. @default Tokio's order */
  readonly choices?: Choices;

  /** Told of a panic that nobody joined, and of a task that ended with a future. @default console.error */
  readonly onWarning?: (message: string) => void;
}

/**
 * Runs a program: `await new Runtime().blockOn(main())`.
 *
 * Everything happens on the one thread that calls it, in the order of Tokio's `current_thread`
 * scheduler.
 *
 * @example
 * ```ts
 * const observed: string[] = [];
 * const runtime = new Runtime({ clock: 'virtual', observer: (event) => observed.push(event.kind) });
 * runtime.seed >= 0; // => true
 * ```
 */
export class Runtime {
  /** The seed of this run: give it to another to have the same choices again. */
  readonly seed: number;
  readonly #executor: Executor;
  readonly #starting: () => void;
  #started = false;

  /** @throws {InvalidOptionError} for an option out of range. */
  constructor(options: RuntimeOptions = {}) {
    const { clock = 'real', speed = 1, seed = anySeed(), observer, maxBlockingThreads } = options;
    if (clock !== 'real' && clock !== 'virtual') throw new InvalidOptionError('clock', '"real" or "virtual"', clock);
    if (typeof speed !== 'number' || !(speed > 0 && speed < Number.POSITIVE_INFINITY))
      throw new InvalidOptionError('speed', 'a number above 0', speed);
    if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
      throw new InvalidOptionError('seed', 'a whole number from 0 to 4294967295', seed);
    }
    if (maxBlockingThreads !== undefined && !(Number.isSafeInteger(maxBlockingThreads) && maxBlockingThreads > 0)) {
      throw new InvalidOptionError('maxBlockingThreads', 'a whole number from 1 on', maxBlockingThreads);
    }
    this.seed = seed;

    const host = new NodeHost(maxBlockingThreads === undefined ? undefined : new Threads(maxBlockingThreads));
    const time = clock === 'virtual' ? new VirtualClock() : new RealClock(host, speed);
    const warn = options.onWarning ?? ((message: string) => console.error(message));
    const failed = (error: unknown) => warn(`the observer threw, and is not told any more: ${messageOf(error)}`);
    const tracer = observer === undefined ? undefined : new Tracer(observer, () => time.now(), speed, failed);
    this.#executor = new Executor({
      host,
      clock: time,
      choices: options.choices ?? new TokioOrder(seed),
      tracer,
      print: options.print ?? ((text) => console.log(text)),
      warn,
    });
    this.#starting = () => {
      time.start();
      tracer?.emit({ kind: 'runtime.started', clock, seed, speed });
    };
  }

  /**
   * Polls a future until it is ready, and every task it spawns meanwhile. Then the tasks that are
   * left are dropped, in the order of their spawning. Calls of `spawnBlocking` are waited for, and
   * the promise settles.
   *
   * @throws what the future throws; {@link DeadlockError} when nothing can ever run again;
   *   {@link NestedRuntimeError} inside a task; {@link RuntimeFinishedError} the second time.
   */
  blockOn<T>(future: Awaitable<T>): Promise<T> {
    if (current !== undefined) throw new NestedRuntimeError();
    if (this.#started) throw new RuntimeFinishedError();
    const main = asFuture(future, 'blockOn()') as Awaitable<T>;
    this.#started = true;

    return new Promise<T>((resolve, reject) => {
      this.#starting();
      this.#executor.start(main, ({ result }, outcome, stuck) => {
        const { crash } = this.#executor;
        if (crash !== undefined) reject(crash.error);
        else if (outcome === 'stuck') reject(new DeadlockError(stuck));
        else if (outcome === 'stopped' || result === undefined) reject(new RuntimeStoppedError());
        else if ('value' in result) resolve(result.value);
        else reject(result.error.isPanic() ? result.error.cause : result.error);
      });
    });
  }

  /**
   * Ends the run as soon as the poll in progress is over: drops every task, ends the threads of
   * `spawnBlocking`; `blockOn` throws a {@link RuntimeStoppedError}. Once main is done it only ends
   * the wait for those threads. Before `blockOn` it does nothing.
   */
  stop(): void {
    this.#executor.stop();
  }
}
