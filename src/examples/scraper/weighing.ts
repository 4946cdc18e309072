/**
 * How much memory a way to scrape takes: measured in a process of its own, which goes that way at the
 * same time, and which nobody observes. So what the trace keeps is not in the figure, and neither is
 * what the way before has left behind.
 *
 * @module
 */
import { Companion } from '../companion.ts';
import type { Weighed } from './weighing-process.ts';

/** Weighs one way at a time. */
export class Weighing {
  readonly #what: Omit<Weighed, 'way'>;
  #companion: Companion | undefined = undefined;

  constructor(what: Omit<Weighed, 'way'>) {
    this.#what = what;
  }

  /** Answers how much resident memory its process had at most, in bytes. */
  async weigh(way: number): Promise<number> {
    let most: number | undefined;
    const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const script = new URL(`./weighing-process.${ending}`, import.meta.url);
    this.#companion = new Companion(script, { ...this.#what, way } satisfies Weighed, (report: { most: number }) => {
      most = report.most;
    });
    await this.#companion.ended;
    if (most === undefined) throw new Error('the process that was to be weighed ended too soon');
    return most;
  }

  end(): void {
    this.#companion?.end();
  }
}
