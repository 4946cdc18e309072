/**
 * Stamps the time around the part of a program that counts, and weighs it.
 *
 * Three clocks, because a benchmark machine is seldom alone:
 *
 * - `wall`: what a clock on the wall shows;
 * - `waited`: how long the main thread was ready to run and the kernel had given the processor to
 *   somebody else (Linux tells; elsewhere it is 0);
 * - `cpu`: the processor time of all threads, those of garbage collector and compiler included.
 *
 * What the table shows is `wall - waited`: the time it takes with a processor of its own.
 *
 * @module
 */
import { readFileSync } from 'node:fs';

/** All in ns. */
function stamp() {
  const { user, system } = process.cpuUsage();
  return { wall: Number(process.hrtime.bigint()), cpu: (user + system) * 1000, waited: waitedForProcessor() };
}

function waitedForProcessor() {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]);
  } catch {
    return 0;
  }
}

/** Bytes that are alive in the JavaScript heap, and those that the process has from the system. */
function weight() {
  for (let i = 0; i < 3; i++) globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, rss };
}

/** Handed to every program; one that calls nothing of it is measured from call to answer. */
export class Meter {
  #from = stamp();
  #to;
  #before;
  #bytes = {};

  /** From here on it counts. */
  start() {
    this.#from = stamp();
  }

  /** It counts up to here. */
  stop() {
    this.#to = stamp();
  }

  /** What the process weighs without what is to be weighed. */
  empty() {
    this.#before = weight();
  }

  /** What it weighs with it. */
  full() {
    const now = weight();
    this.#bytes = { heap: now.heap - this.#before.heap, rss: now.rss - this.#before.rss };
  }

  /** The result of a measurement. */
  reading() {
    const from = this.#from;
    const to = this.#to ?? stamp();
    return { wall: to.wall - from.wall, cpu: to.cpu - from.cpu, waited: to.waited - from.waited, ...this.#bytes };
  }
}
