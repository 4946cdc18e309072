/**
 * Threads for work that blocks: started when there is work, kept for a while, shared by all
 * runtimes of the process.
 *
 * ```text
 *   call ─▶ a thread is idle ──────▶ it runs it, and is idle again
 *      ├──▶ fewer than 16 ─────────▶ a new one
 *      └──▶ else in line, first come first served
 * ```
 *
 * Only a thread that works keeps the process alive.
 *
 * @module
 */
import { Worker } from 'node:worker_threads';
import { whatCannotCross } from '../blocking/crossing.ts';
import type { Call, Caller, Ended, Work } from './host.ts';
import { type Reply, serve } from './thread-side.ts';

/**
 * How many threads there are at most.
 *
 * More than there are cores do not compute faster, but blocking work mostly waits. Tokio allows
 * 512; but each thread here has a JavaScript engine of its own, which takes 10 to 60 ms to start and
 * 8 to 12 MB (`bench/worker-start.js`, Node 20 to 26). So 16 take 160 MB, and 512 would take 5 GB.
 */
export const MOST_THREADS = 16;

/** How long an idle thread is kept, in real milliseconds. Tokio's figure. */
const KEEP_ALIVE_MS = 10_000;

/** What a thread runs first. It works as a script and as a module: `--input-type` decides which it is. */
const BOOT = `
const boot = ({ parentPort }) => (${serve})(parentPort, (url) => import(url), ${whatCannotCross});
if (typeof require === 'function') boot(require('node:worker_threads'));
else import('node:worker_threads').then(boot);
//# sourceURL=spawnBlocking:thread`;

interface Job {
  readonly work: Work;
  readonly caller: Caller;
}

/** A pool of threads with one line before it. */
export class Threads {
  readonly #most: number;
  readonly #keepAlive: number;
  /** The last one that became idle is the first to work, so that the others can go. */
  readonly #idle: Thread[] = [];
  readonly #busy = new Map<Job, Thread>();
  readonly #line = new Set<Job>();
  #count = 0;

  constructor(most: number, keepAlive = KEEP_ALIVE_MS) {
    this.#most = most;
    this.#keepAlive = keepAlive;
  }

  call(work: Work, caller: Caller): Call {
    const job = { work, caller };
    this.#line.add(job);
    this.#serve();
    return { end: () => this.#end(job) };
  }

  #end(job: Job): void {
    this.#line.delete(job);
    this.#busy.get(job)?.terminate();
    this.#busy.delete(job);
  }

  /** Brings those in line and free threads together. */
  #serve(): void {
    for (const job of this.#line) {
      if (this.#idle.length === 0 && this.#count === this.#most) return;
      this.#line.delete(job);
      if (job.caller.starts()) this.#run(job);
    }
  }

  #run(job: Job): void {
    let thread = this.#idle.pop();
    if (thread === undefined) {
      try {
        thread = new Thread(() => this.#gone());
      } catch (thrown) {
        job.caller.ended({ thrown });
        return;
      }
      this.#count += 1;
    }
    this.#busy.set(job, thread);
    thread.run(job.work, (how, isAlive) => {
      // Of a job that was taken back nobody wants to hear.
      if (!this.#busy.delete(job)) return;
      if (isAlive) this.#rest(thread);
      job.caller.ended(how);
      this.#serve();
    });
  }

  #rest(thread: Thread): void {
    this.#idle.push(thread);
    thread.rest(this.#keepAlive, () => {
      const index = this.#idle.indexOf(thread);
      if (index >= 0) this.#idle.splice(index, 1);
    });
  }

  #gone(): void {
    this.#count -= 1;
    this.#serve();
  }
}

/** One worker of Node's. */
class Thread {
  readonly #worker: Worker;
  #done: ((how: Ended, isAlive: boolean) => void) | undefined = undefined;
  #work: Work | undefined = undefined;
  #calls = 0;
  /** Leaves the pool. Set while it is idle. */
  #leave: (() => void) | undefined = undefined;
  #timeout: NodeJS.Timeout | undefined = undefined;
  #failure: { readonly thrown: unknown } | undefined = undefined;

  constructor(gone: () => void) {
    this.#worker = new Worker(BOOT, { eval: true, name: 'spawnBlocking' });
    this.#worker.on('message', (reply: Reply) => this.#reply(reply));
    this.#worker.on('messageerror', (thrown) => this.#settle({ thrown }, true));
    this.#worker.on('error', (thrown) => {
      this.#failure = { thrown };
    });
    this.#worker.on('exit', (code) => {
      this.#exit(code);
      gone();
    });
  }

  run(work: Work, done: (how: Ended, isAlive: boolean) => void): void {
    clearTimeout(this.#timeout);
    this.#leave = undefined;
    this.#work = work;
    this.#done = done;
    this.#calls += 1;
    const { name, code, args, transfer } = work;
    this.#worker.ref();
    this.#worker.postMessage({ call: this.#calls, name, code, args }, transfer as ArrayBuffer[]);
  }

  /** Waits for more work, but not for long. */
  rest(keepAlive: number, leave: () => void): void {
    this.#leave = leave;
    this.#timeout = setTimeout(() => this.terminate(), keepAlive).unref();
  }

  terminate(): void {
    this.#leave?.();
    this.#leave = undefined;
    clearTimeout(this.#timeout);
    void this.#worker.terminate();
  }

  #reply(reply: Reply): void {
    // Whatever else runs in the thread may post something as well.
    if (reply?.call !== this.#calls) return;
    const { how, fields } = reply;
    if ('thrown' in how && how.thrown instanceof Error) restore(how.thrown, fields);
    this.#settle(how, true);
  }

  #settle(how: Ended, isAlive: boolean): void {
    const done = this.#done;
    this.#done = undefined;
    this.#worker.unref();
    done?.(how, isAlive);
  }

  #exit(code: number): void {
    clearTimeout(this.#timeout);
    this.#leave?.();
    const name = this.#work?.name || 'the function';
    if (this.#done !== undefined) {
      this.#settle(this.#failure ?? { thrown: new Error(whyItEnded(name, code)) }, false);
    } else if (this.#failure !== undefined) {
      console.error(`what ${name} left behind in its thread threw after the call had ended:`, this.#failure.thrown);
    }
  }
}

/** Gives an error back what it lost on the way. */
function restore(error: Error, fields: object = {}): void {
  for (const [key, value] of Object.entries(fields)) {
    const enumerable = !(key in error) && key !== 'cause';
    Object.defineProperty(error, key, { value, enumerable, writable: true, configurable: true });
  }
}

function whyItEnded(name: string, code: number): string {
  return code === 0
    ? `the thread that ran ${name} had nothing left to do, and the promise of ${name} had not settled`
    : `the thread that ran ${name} ended with code ${code}`;
}

/** Those of this process. */
export const threads = new Threads(MOST_THREADS);
