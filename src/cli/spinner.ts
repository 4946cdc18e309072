/**
 * Something that turns while the thread has nothing to do.
 *
 * @module
 */
import type { Ora } from 'ora';

/** A park shorter than this is not worth a movement, in ms. */
const WORTH_IT_MS = 80;

/** Turns on stderr while the runtime is parked. */
export class Spinner {
  readonly #ora: Ora;
  #soon: NodeJS.Timeout | undefined;

  private constructor(ora: Ora) {
    this.#ora = ora;
  }

  /** Loaded only where a person watches. */
  static async load(color: boolean): Promise<Spinner> {
    const { default: ora } = await import('ora');
    // Ctrl-C stays with us: ora must not take over the keyboard.
    const spinner = ora({ discardStdin: false, hideCursor: true, ...(color ? { color: 'cyan' } : { color: false }) });
    return new Spinner(spinner);
  }

  /** The runtime has parked. */
  start(text: string): void {
    this.#soon = setTimeout(() => this.#ora.start(text), WORTH_IT_MS);
    // Turning is no reason for the process to live.
    this.#soon.unref();
  }

  /** Turns from now on, whatever the runtime does, and says how far things are while there is something to say. */
  follow(progress: () => string | undefined): void {
    this.#soon = setInterval(() => {
      const text = progress();
      if (text === undefined) this.#ora.stop();
      else if (this.#ora.isSpinning) this.#ora.text = text;
      else this.#ora.start(text);
    }, WORTH_IT_MS);
    this.#soon.unref();
  }

  /** Something is about to happen. */
  stop(): void {
    clearTimeout(this.#soon);
    if (this.#ora.isSpinning) this.#ora.stop();
  }
}
