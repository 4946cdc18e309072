/**
 * The visitors of the server lesson: they come from outside the runtime, in a thread of their own,
 * so that everything in the trace is the server's.
 *
 * @module
 */
import { Worker } from 'node:worker_threads';
import type { RuntimeEvent } from '../../runtime/index.ts';
import type { Visit } from './visitors-worker.ts';

/** Comes as soon as the door is open. */
export class Visitors {
  /** Settles when all have left. */
  readonly gone: Promise<void>;
  readonly #count: number;
  #leave: () => void = () => {};
  #visits: readonly Visit[] = [];
  #worker: Worker | undefined;

  constructor(count: number) {
    this.#count = count;
    this.gone = new Promise((resolve) => {
      this.#leave = resolve;
    });
  }

  /** Waits for the listener to open, then sends everybody in. */
  watch(event: RuntimeEvent): void {
    if (event.kind === 'runtime.finished') void this.#worker?.terminate();
    if (event.kind !== 'resource.op' || event.op !== 'opened' || event.resource.kind !== 'listener') return;
    const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    this.#worker = new Worker(new URL(`./visitors-worker.${ending}`, import.meta.url), {
      workerData: { address: event.detail, count: this.#count },
    });
    this.#worker.once('message', (visits: Visit[]) => {
      this.#visits = visits;
      this.#leave();
    });
    this.#worker.once('error', () => this.#leave());
  }

  /** How it was. @throws if somebody left without an answer. */
  report(): string | undefined {
    const failures = this.#visits.filter((visit) => !visit.answered);
    const missing = this.#count - this.#visits.length + failures.length;
    if (missing > 0) {
      const [why] = failures;
      throw new Error(`${missing} of ${this.#count} visitors got no answer${why ? `: ${why.what}` : ''}`);
    }
    if (this.#count === 0) return undefined;
    const slowest = this.#visits.reduce((most, { tookMs }) => Math.max(most, tookMs), 0);
    if (this.#count === 1) return `The visitor got its answer after ${slowest.toFixed(1)} ms.`;
    return `All ${this.#count} visitors got their answer. The slowest waited ${slowest.toFixed(1)} ms.`;
  }
}
