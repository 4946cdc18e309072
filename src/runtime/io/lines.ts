/**
 * Lines, one by one.
 *
 * @module
 */
import type { Future } from '../future.ts';
import type { BufReader } from './buf-reader.ts';

/**
 * The lines of a reader.
 *
 * @example
 * ```ts
 * const [a, b] = duplex(64);
 * yield* a.writeAll('milk\nsugar');
 * a[Symbol.dispose]();
 * const lines = new BufReader(b).lines();
 * const seen: string[] = [];
 * for (let line = yield* lines.nextLine(); line !== undefined; line = yield* lines.nextLine()) {
 *   seen.push(line);
 * }
 * seen; // => ['milk', 'sugar']
 * ```
 */
export class Lines implements Disposable {
  readonly #reader: BufReader;

  /** @internal */
  constructor(reader: BufReader) {
    this.#reader = reader;
  }

  /**
   * Waits for the next line: {@link BufReader.readLine}. `undefined` is the end.
   *
   * **Cancel safety:** nothing is lost.
   */
  nextLine(): Future<string | undefined> {
    return this.#reader.readLine();
  }

  /** Drops the reader. */
  [Symbol.dispose](): void {
    this.#reader[Symbol.dispose]();
  }
}
