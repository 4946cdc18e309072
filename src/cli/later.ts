/**
 * Something that is still being loaded, and is to miss nothing meanwhile.
 *
 * @module
 */

/** Does with a thing what is asked of it, in order: at once if it is there, else when it comes. */
export class Later<T> {
  readonly #coming: Promise<T>;
  #here: T | undefined = undefined;
  #missed: ((thing: T) => void)[] = [];

  constructor(coming: Promise<T>) {
    this.#coming = coming.then((thing) => {
      this.#here = thing;
      for (const use of this.#missed.splice(0)) use(thing);
      return thing;
    });
    // Whoever waits for it hears of an error; until then nobody need.
    this.#coming.catch(() => {});
  }

  use(use: (thing: T) => void): void {
    if (this.#here === undefined) this.#missed.push(use);
    else use(this.#here);
  }

  /** The thing, up to date. */
  settled(): Promise<T> {
    return this.#coming;
  }
}
