/**
 * The bots of the chat lesson: they come from outside the runtime, in a process of their own, so that
 * everything in the trace is the server's.
 *
 * @module
 */
import { Companion } from '../companion.ts';
import type { Crowd, Figures, Report } from './bots-process.ts';

/** Come when the door is open, and leave when all is said. */
export class Bots {
  /** Settles when all is said and heard. Rejects if their process dies. */
  readonly done: Promise<void>;
  readonly #crowd: Omit<Crowd, 'address'>;
  #companion: Companion | undefined = undefined;
  #settle: (how: Promise<void> | undefined) => void = () => {};
  #progress: string | undefined = undefined;
  #figures: Figures | undefined = undefined;
  readonly #begin = process.cpuUsage();

  constructor(crowd: Omit<Crowd, 'address'>) {
    this.#crowd = crowd;
    this.done = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  come(address: string): void {
    const { bots, lines } = this.#crowd;
    const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const script = new URL(`./bots-process.${ending}`, import.meta.url);
    this.#companion = new Companion(script, { ...this.#crowd, address } satisfies Crowd, (report: Report) => {
      if ('done' in report) this.#settle(undefined);
      else if ('heard' in report) this.#figures = report;
      else
        this.#progress = `${number(report.joined)} of ${number(bots)} bots, ${number(report.said)} of ${number(bots * lines)} lines`;
    });
    // Also when it dies: a server without visitors would wait for ever.
    this.#companion.ended.then(
      () => this.#settle(undefined),
      (error: unknown) => this.#settle(Promise.reject(error)),
    );
  }

  progress(): string | undefined {
    return this.#progress;
  }

  /** How it was. @throws if somebody did not come, or heard no goodbye. */
  async report(): Promise<string | undefined> {
    await this.#companion?.ended;
    if (this.#figures === undefined) return undefined;
    const { joined, said, heard, missed, late, goodbyes } = this.#figures;
    const { user, system } = process.cpuUsage(this.#begin);
    const lagged =
      late === 0
        ? 'Nobody was too slow'
        : `${number(late)} were too slow at times, and missed ${number(missed)} messages`;
    return (
      `${number(joined)} bots said ${number(said)} lines, and read ${number(heard)} of others. ${lagged}. ` +
      `${number(goodbyes)} heard the goodbye.\n` +
      `This process needed ${((user + system) / 1e6).toFixed(1)} s of processor time, all that you see of it included.`
    );
  }

  end(): void {
    this.#companion?.end();
  }
}

function number(n: number): string {
  return n.toLocaleString('en-US');
}
