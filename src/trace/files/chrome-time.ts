/**
 * Gives every event a time of its own, for viewers that know nothing but times.
 *
 * On the virtual clock everything between two waits happens at one instant: polls would last 0,
 * and nobody could see what came before what. So events of one instant are spread out in their
 * order, each in a slot of at most one microsecond, and never beyond the next instant:
 *
 * ```text
 *   at (ms)     0                                         2000
 *   events      a b c                                     d e
 *   slots       |a···|b···|c···|                          |d···|e···|     4 units each
 * ```
 *
 * Within its slot an event has four units, for what must stand strictly inside of something else.
 *
 * @module
 */
import type { RuntimeEvent } from '../../runtime/events.ts';

/** When an event is drawn, in nanoseconds. Up to `at + 4 * unit` belongs to it alone. */
export interface Slot {
  readonly event: RuntimeEvent;
  readonly at: number;
  readonly unit: number;
}

const UNITS = 4;
const LARGEST_UNIT = 250;

/** The latest time that is drawn, in ms: longer than any wait, and short enough for 64 bits of ns. */
const LATEST = 2 ** 43;

/** The events with their slots. */
export function* inSlots(events: Iterable<RuntimeEvent>): Generator<Slot, void, undefined> {
  let instant: RuntimeEvent[] = [];
  let end = 0;
  function* flush(next: number): Generator<Slot, void, undefined> {
    const first = instant[0];
    if (first === undefined) return;
    const start = Math.max(nanoseconds(first.at), end);
    const room = Math.floor((next - start) / (instant.length * UNITS));
    const unit = Math.max(smallestUnit(start), Math.min(LARGEST_UNIT, room));
    end = start;
    for (const event of instant) {
      yield { event, at: end, unit };
      end += UNITS * unit;
    }
    instant = [];
  }
  for (const event of events) {
    const last = instant.at(-1);
    if (last !== undefined && event.at !== last.at) yield* flush(nanoseconds(event.at));
    instant.push(event);
  }
  yield* flush(Number.POSITIVE_INFINITY);
}

function nanoseconds(ms: number): number {
  return Math.round(Math.min(Math.max(ms, 0), LATEST) * 1e6);
}

/** A nanosecond; more after so many days that a number cannot tell two nanoseconds apart. */
function smallestUnit(start: number): number {
  return Math.max(1, 2 ** (Math.ceil(Math.log2(start + 1)) - 50));
}
