/**
 * What the runtime needs of the machine it runs on: a clock, a way to give the thread back, and
 * other threads.
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

  /** Ends a park or a visit at once: after the callback in progress. The host goes on with its turn later. */
  hurry(): void;

  /** Has work done on another thread, now or when one is free. */
  call(work: Work, caller: Caller): Call;

  /** The run is over. */
  close(): void;
}

/** What another thread is to do. Everything in it can go there. */
export interface Work {
  /** The name of the function, for stacks; empty if it has none. */
  readonly name: string;
  /** A function as source text, or where to find one. */
  readonly code: { readonly source: string } | { readonly url: string; readonly exported: string };
  readonly args: readonly unknown[];
  /** What goes along with the arguments instead of being copied. */
  readonly transfer: readonly object[];
}

/** Who wants work done. */
export interface Caller {
  /** A thread is free for it. Answers whether it is still wanted. */
  starts(): boolean;

  /** It is over, with a value or without. */
  ended(how: Ended): void;
}

/** How work on another thread ended. */
export type Ended =
  | { readonly value: unknown }
  /** `missing` is the name of a variable that the function used and that is not defined there. */
  | { readonly thrown: unknown; readonly missing?: string | undefined }
  /** It answered something that cannot come here. */
  | { readonly stuck: { readonly path: string; readonly what: string } };

/** Work that was given away. */
export interface Call {
  /** Takes it back: it does not start, or its thread is ended. The caller hears nothing more. */
  end(): void;
}
