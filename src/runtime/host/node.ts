/**
 * Node's event loop as a {@link Host}.
 *
 * @module
 */
import { findSourceMap } from 'node:module';
import { useSourceMapper } from '../location.ts';
import type { Call, Caller, Host, Work } from './host.ts';
import { type Threads, threads } from './threads.ts';

/** The longest wait that `setTimeout` takes; a longer one would fire at once. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** Executors that are parked with nothing but hope: told when Node is about to exit. */
const hopeful = new Set<NodeHost>();

function beforeExit(): void {
  // One at a time, as its end may wake another, and in a turn of its own, so that Node comes here again.
  for (const host of hopeful) {
    setImmediate(() => host.drained());
    return;
  }
}

/** How many hosts listen for that. */
let listening = 0;

/** Parks on `setTimeout`, comes back through `setImmediate`. */
export class NodeHost implements Host {
  #resume: (() => void) | undefined = undefined;
  #drained: (() => void) | undefined = undefined;
  #timeout: NodeJS.Timeout | undefined = undefined;
  #immediate: NodeJS.Immediate | undefined = undefined;
  #listens = false;
  readonly #threads: Threads;
  readonly #comeBack = () => this.#back();

  constructor(pool: Threads = threads) {
    this.#threads = pool;
  }

  now(): number {
    return performance.now();
  }

  visit(resume: () => void): void {
    this.#resume = resume;
    this.#immediate = setImmediate(this.#comeBack);
  }

  park(wait: number | undefined, resume: () => void, drained: (() => void) | undefined): void {
    this.#resume = resume;
    if (wait !== undefined) this.#sleep(performance.now() + wait);
    if (drained === undefined) return;
    this.#drained = drained;
    hopeful.add(this);
    // It goes on listening until it is closed: a busy server parks 10,000 times a second.
    if (this.#listens) return;
    this.#listens = true;
    if (listening++ === 0) process.on('beforeExit', beforeExit);
  }

  /** Node has nothing left to do. @internal */
  drained(): void {
    const drained = this.#drained;
    // Somebody else's end may have woken us a moment ago.
    if (drained === undefined || this.#immediate !== undefined) return;
    this.close();
    drained();
  }

  #sleep(until: number): void {
    const wait = Math.min(Math.max(until - performance.now(), 0), LONGEST_TIMEOUT_MS);
    this.#timeout = setTimeout(() => {
      // Node's timers may come up to a millisecond early.
      if (performance.now() < until) this.#sleep(until);
      else this.#back();
    }, Math.ceil(wait));
  }

  unpark(): void {
    if (this.#resume === undefined || this.#immediate !== undefined) return;
    // An immediate runs after the callbacks of this turn: what they wake comes back together.
    this.#immediate = setImmediate(this.#comeBack);
  }

  hurry(): void {
    if (this.#resume !== undefined) queueMicrotask(this.#comeBack);
  }

  #back(): void {
    const resume = this.#resume;
    this.#unset();
    resume?.();
  }

  call(work: Work, caller: Caller): Call {
    return this.#threads.call(work, caller);
  }

  close(): void {
    this.#unset();
    if (!this.#listens) return;
    this.#listens = false;
    if (--listening === 0) process.off('beforeExit', beforeExit);
  }

  /** It waits for nothing any more. */
  #unset(): void {
    clearTimeout(this.#timeout);
    clearImmediate(this.#immediate);
    this.#timeout = undefined;
    this.#immediate = undefined;
    this.#resume = undefined;
    if (this.#drained === undefined) return;
    hopeful.delete(this);
    this.#drained = undefined;
  }
}

// Known only while Node reads source maps: --enable-source-maps, or process.setSourceMapsEnabled(true).
useSourceMapper((file, line, column) => {
  const entry = findSourceMap(file)?.findEntry(line - 1, column - 1);
  if (entry === undefined) return undefined;
  if (!('originalSource' in entry)) return null;
  return { file: entry.originalSource, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
});
