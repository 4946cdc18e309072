/**
 * Select: several futures race, the first wins, and the others are dropped where they wait.
 *
 * You will see: the cache answers first. The request to the network does not go on in the
 * background: it is dropped, and its timers with it.
 *
 * Try: let each of the three win: the cache, the network, and the timeout.
 *
 * Your own copy: `npx async-lessons run select.ts`, or `await new Runtime().blockOn(main())` at its end.
 */
import { type Async, Elapsed, println, secs, select, sleep, timeout } from 'async-lessons';

function* fetchFromNetwork(latency: number): Async<string> {
  yield* sleep(latency);
  return 'Data from network';
}

function* fetchFromCache(latency: number): Async<string> {
  yield* sleep(latency);
  return 'Data from cache';
}

function* fetchInTime(limit: number, latency: number): Async<string> {
  try {
    return yield* timeout(limit, fetchFromNetwork(latency));
  } catch (error) {
    if (!(error instanceof Elapsed)) throw error;
    return 'Network timed out';
  }
}

export function* main({ network = secs(3), cache = secs(1), limit = secs(2) } = {}): Async<void> {
  const first = yield* select({
    network: fetchInTime(limit, network),
    cache: fetchFromCache(cache),
  });
  println(`Result: ${first.value}`);
}
