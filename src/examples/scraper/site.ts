/**
 * The site that the scraper lesson scrapes: in a process of its own, so that its memory and its work
 * are not the scraper's.
 *
 * @module
 */
import { Companion } from '../companion.ts';
import type { Counted, Report, Site as Which } from './site-process.ts';

/** A site that is open. */
export class Site {
  readonly address: string;
  readonly #companion: Companion;
  #answer: ((counted: Readonly<Record<string, Counted>>) => void) | undefined = undefined;

  private constructor(companion: Companion, address: string) {
    this.#companion = companion;
    this.address = address;
  }

  /** Opens a site. @throws if its process dies before. */
  static async open(which: Which): Promise<Site> {
    const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const script = new URL(`./site-process.${ending}`, import.meta.url);
    return new Promise((resolve, reject) => {
      let open: Site | undefined;
      const companion = new Companion(script, which, (report: Report) => {
        if ('counted' in report) open?.heard(report.counted);
        else {
          open = new Site(companion, report.address);
          resolve(open);
        }
      });
      companion.ended.catch(reject);
    });
  }

  /** Its process has answered. */
  private heard(counted: Readonly<Record<string, Counted>>): void {
    this.#answer?.(counted);
  }

  /** What it has counted, for each way to scrape it. */
  async counted(): Promise<Readonly<Record<string, Counted>>> {
    const answer = new Promise<Readonly<Record<string, Counted>>>((resolve) => {
      this.#answer = resolve;
    });
    this.#companion.tell({});
    // One that has died answers nothing.
    return Promise.race([answer, this.#companion.ended.then(() => ({}))]);
  }

  close(): void {
    this.#companion.end();
  }
}
