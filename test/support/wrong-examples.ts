/**
 * Examples that must go red.
 *
 * @example
 * ```ts
 * 1 + 1; // => 3
 * ```
 *
 * @example
 * ```ts
 * if (secs(1) === 1) {
 *   secs(1); // => 1
 * }
 * ```
 */
export {};
