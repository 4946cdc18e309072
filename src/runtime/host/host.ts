/**
 * What the runtime needs of the machine it runs on: a clock, and a way to give the thread back.
 *
 * @module
 */

/** One executor's way to its host. */
export interface Host {
  /** Milliseconds on a clock that only goes forward, with fractions. */
  now(): number;

  /** Gives the host's event loop one turn (sockets, signals, promises), then calls back. */
  visit(resume: () => void): void;

  /**
   * Gives the thread back until `unpark()` is called or the time is up, then calls back.
   *
   * @param wait real milliseconds; without it, as long as it takes.
   * @param drained called instead if the host finds that nothing on it can ever call back.
   */
  park(wait: number | undefined, resume: () => void, drained: (() => void) | undefined): void;

  /** Ends a park soon: after what else the host has to say in this turn. */
  unpark(): void;

  /** The run is over. */
  close(): void;
}
