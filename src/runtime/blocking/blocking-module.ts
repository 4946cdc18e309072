/**
 * Functions for another thread that live in a file of their own, with everything it imports.
 *
 * @module
 */
import { InvalidOptionError } from '../errors.ts';

/** What a call of `F` may be given. */
type Arguments<F> = F extends (...args: infer A) => unknown ? A : never;

/** What a call of `F` answers. */
type Answer<F> = F extends (...args: never) => infer R ? R : never;

/** The names of the functions that a module exports. */
type FunctionNames<M> = { [K in keyof M]: M[K] extends (...args: never) => unknown ? K : never }[keyof M] & string;

/** A function of a module, for `spawnBlocking`. This thread never loads the module. */
export class BlockingFunction<A extends readonly unknown[], R> {
  declare private readonly types: (...args: A) => R;
  readonly url: string;
  /** The name that the module exports it by. */
  readonly name: string;

  /** @internal */
  constructor(url: string, name: string) {
    this.url = url;
    this.name = name;
  }
}

/** A module whose functions run on other threads. */
export class BlockingModule<M> {
  readonly #url: string;

  /** @internal */
  constructor(url: string) {
    this.#url = url;
  }

  /** One of its functions, by the name that it is exported by. */
  get<K extends FunctionNames<M>>(name: K): BlockingFunction<Arguments<M[K]>, Answer<M[K]>> {
    return new BlockingFunction(this.#url, name);
  }
}

/**
 * A module for `spawnBlocking`, by its URL. Its functions may import and share whatever they like:
 * each thread loads the module once, when it first needs it.
 *
 * Beside the file that asks: `blockingModule<typeof import('./heavy.ts')>(new URL('./heavy.ts',
 * import.meta.url))`. A `.ts` file needs a Node that runs TypeScript, or a loader such as tsx.
 *
 * @throws {InvalidOptionError} for a path: a thread has no folder to start from.
 *
 * @example
 * ```ts
 * type Prices = { gross(net: number): number };
 * const prices = blockingModule<Prices>(
 *   new URL('data:text/javascript,const tax = 0.19; export const gross = (net) => net * (1 + tax);'),
 * );
 * yield* spawnBlocking(prices.get('gross'), 100); // => 119
 * ```
 */
export function blockingModule<M = Record<string, (...args: unknown[]) => unknown>>(
  url: URL | string,
): BlockingModule<M> {
  const href = String(url);
  if (!/^[a-z][a-z+.-]+:/i.test(href)) {
    throw new InvalidOptionError('blockingModule()', 'a URL such as new URL("./heavy.ts", import.meta.url)', url);
  }
  return new BlockingModule<M>(href);
}
