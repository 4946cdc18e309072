/**
 * The cooperative budget: a task whose leaves are always ready must still let others run.
 *
 * Each poll of a task starts with {@link TURN_BUDGET} units. A leaf that answers a value takes
 * one; a leaf that finds none left answers `Pending` instead and has its task woken at the next
 * driver step. `try…` operations take nothing.
 *
 * @module
 */
import { type Context, tracerOf } from './context.ts';

/**
 * How many leaf operations may answer in one poll of a task.
 *
 * Too small, and a busy channel pays for a trip through the ready queue every few messages. Too
 * large, and a task whose channel never runs dry holds up everybody else. Tokio's number.
 *
 * Unit: leaf operations that answered with a value.
 */
export const TURN_BUDGET = 128;

let left = Number.POSITIVE_INFINITY;

/** A new poll: the full budget. Answers what was left before, to be given to {@link restore}. */
export function refill(units: number = TURN_BUDGET): number {
  const before = left;
  left = units;
  return before;
}

/** Ends what {@link refill} began. */
export function restore(before: number): void {
  left = before;
}

/** Is anything left? */
export function hasBudget(): boolean {
  return left > 0;
}

/**
 * Asks, first thing in a leaf's poll, whether it may answer. If not, the task is woken later and
 * the leaf answers `Pending`.
 */
export function mayProceed(cx: Context): boolean {
  return left > 0 || isPutOff(cx);
}

/** Nothing is left. Apart from the question, because that is asked at every wait and is inlined there. */
function isPutOff(cx: Context): false {
  tracerOf(cx.executor)?.budgetSpent();
  cx.executor?.defer(cx.leafWaker);
  return false;
}

/** Takes one unit, last thing before a leaf answers a value. */
export function spend(): void {
  left -= 1;
}

/** Takes a {@link spend} back: it came to nothing. */
export function giveBack(): void {
  left += 1;
}
