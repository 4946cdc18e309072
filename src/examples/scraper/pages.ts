/**
 * The pages of a site that there is only here: how slow each is, how long, and how it fails. All of
 * it follows from the number of the site and the number of the page.
 *
 * @module
 */

/** How a request fails before the page is served. */
type Failure = 'refused' | 'hung up' | 'silent';

/** One page. */
export interface Page {
  /** So long the server takes to answer, in ms. */
  readonly delayMs: number;
  readonly text: string;
  /** What happens to the first requests for it, one by one. */
  readonly failures: readonly Failure[];
}

/** Most pages take between these, in ms. */
const USUAL_MS = [5, 45] as const;

/** One page in so many is much slower than the others, up to this, in ms. */
const SLOW_ONE_IN = 25;
const SLOWEST_MS = 300;

/** No page fails more often: a scraper that tries four times loses a few. */
const MOST_FAILURES = 4;

const FAILURES: readonly Failure[] = ['refused', 'hung up', 'silent'];

/** @param fail the share of pages that fail at first, from 0 to 1. */
export function page(site: number, number: number, fail: number): Page {
  const random = randomOf(site, number);
  const [from, to] = random() < 1 / SLOW_ONE_IN ? [USUAL_MS[1], SLOWEST_MS] : USUAL_MS;
  const delayMs = from + random() * (to - from);
  const text = `This is page ${number} of site ${site}.\n`.repeat(1 + Math.floor(random() * 200));
  const failures: Failure[] = [];
  if (random() < fail) {
    do failures.push(FAILURES[Math.floor(random() * FAILURES.length)] as Failure);
    while (failures.length < MOST_FAILURES && random() < 1 / 2);
  }
  return { delayMs, text, failures };
}

/** Numbers from 0 to 1 that are the same each time (mulberry32). */
function randomOf(site: number, number: number): () => number {
  let state = (Math.imul(site, 0x9e3779b1) ^ Math.imul(number, 0x85ebca6b)) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
