/**
 * Measures a crowd in a process of its own: nothing else is in its figures, nobody observes it, and
 * the machine has everything back when it is over.
 *
 * @module
 */
import { freemem, totalmem } from 'node:os';
import { Companion } from '../companion.ts';
import type { Crowd } from './crowd-process.ts';
import type { Cost } from './threads.ts';

/** A crowd gets this share of the memory that is free when it starts. */
const SHARE = 1 / 2;

/** One megabyte, as Node's options count. */
const MEBIBYTE = 1024 * 1024;

/** What the process reports. */
type Report = { readonly started: number } | { readonly cost: Cost };

/** How much memory this process could have, in bytes: less than the machine's in a container. */
export function memoryOfMachine(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

function freeMemory(): number {
  // Node 20.13 and later know of the limits of a container.
  const available = (process as { availableMemory?: () => number }).availableMemory?.() ?? Number.POSITIVE_INFINITY;
  return Math.min(available, freemem());
}

/** Measures one crowd after the other. */
export class Apart {
  #companion: Companion | undefined = undefined;
  #how: string | undefined = undefined;

  /** @throws if the process dies, for example because the system refuses so many threads. */
  async measure(kind: Crowd['kind'], count: number): Promise<Cost> {
    const memory = freeMemory() * SHARE;
    let cost: Cost | undefined;
    const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const companion: Companion = new Companion(
      new URL(`./crowd-process.${ending}`, import.meta.url),
      { kind, count, memory } satisfies Crowd,
      (report: Report) => {
        if ('cost' in report) {
          cost = report.cost;
          companion.end();
        } else this.#how = `${report.started.toLocaleString('en-US')} of ${count.toLocaleString('en-US')} ${kind}`;
      },
      // A heap that is larger than it may become does no harm: the crowd stops long before.
      [`--max-old-space-size=${Math.max(512, Math.ceil(memory / MEBIBYTE))}`],
    );
    this.#companion = companion;
    await companion.ended.catch((error: Error) => {
      throw new Error(`${error.message}. Try fewer with --${kind}.`, { cause: error });
    });
    this.#how = undefined;
    if (cost === undefined) throw new Error(`the process with the ${kind} ended before it had measured them`);
    return cost;
  }

  /** How far it is. */
  progress(): string | undefined {
    return this.#how;
  }

  /** Gives up, and ends all that was started. */
  end(): void {
    this.#companion?.end();
  }
}
