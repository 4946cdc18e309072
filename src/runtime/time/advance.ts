/**
 * Moving time by hand.
 *
 * @module
 */
import { currentExecutor } from '../context.ts';
import type { Async } from '../future.ts';
import { yieldNow } from '../spawn.ts';
import { checkDuration } from './duration.ts';

/**
 * Moves a virtual clock forward at once, then yields. Timers that were passed fire at the next
 * driver step, in the order of their deadlines, all at the new time.
 *
 * @throws {InvalidOptionError} on a real clock.
 *
 * @example
 * ```ts
 * yield* advance(40);
 * now(); // => 40
 * ```
 */
export function* advance(duration: number): Async<void> {
  const { clock } = currentExecutor('advance()');
  clock.advanceTo(clock.now() + checkDuration('advance()', duration));
  yield* yieldNow();
}
