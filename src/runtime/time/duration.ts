/**
 * Durations are plain numbers of milliseconds. These two make the unit visible.
 *
 * @module
 */
import { InvalidDurationError } from '../errors.ts';

/**
 * The longest wait: some 30 years. Longer ones, and `Infinity`, are cut to it, as Tokio does.
 *
 * Unit: milliseconds.
 */
export const FAR_FUTURE_MS = 30 * 365 * 86_400_000;

/**
 * Seconds, in milliseconds.
 *
 * @example
 * ```ts
 * secs(1.5); // => 1500
 * ```
 */
export function secs(count: number): number {
  return count * 1000;
}

/**
 * Milliseconds, said aloud.
 *
 * @example
 * ```ts
 * millis(20); // => 20
 * ```
 */
export function millis(count: number): number {
  return count;
}

/** Checks a duration and cuts it to {@link FAR_FUTURE_MS}. @throws {InvalidDurationError} */
export function checkDuration(what: string, duration: number): number {
  if (typeof duration !== 'number' || Number.isNaN(duration) || duration < 0) {
    throw new InvalidDurationError(what, duration);
  }
  return Math.min(duration, FAR_FUTURE_MS);
}

/** A duration as people write it: `2s`, `1.5s`, `250ms`. */
export function showDuration(duration: number): string {
  if (duration >= FAR_FUTURE_MS) return 'for ever';
  if (duration >= 1000) return `${round(duration / 1000)}s`;
  return `${round(duration)}ms`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
