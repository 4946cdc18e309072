/**
 * Scraper: hundreds of slow pages. One after the other, all at once, or a few at a time?
 *
 * You will see: a scraper waits almost all of the time. Waiting for all pages at once takes as long
 * as for the slowest of them; a semaphore keeps a crowd from becoming a stampede.
 *
 * Try: other limits. From which one on does a higher one no longer help?
 *
 * To run it from a file of your own: `await new Runtime().blockOn(main({ address: 'localhost:80' }))`.
 */
import {
  type Async,
  type Awaitable,
  Elapsed,
  IoError,
  joinAll,
  millis,
  now,
  println,
  Semaphore,
  secs,
  sleep,
  spawn,
  TcpStream,
  timeout,
} from 'async-lessons';

const TRIES = 4;

/** The server answers, but not with the page. */
class Refused extends Error {}

type Tally = ReturnType<typeof newTally>;
const newTally = () => ({ inFlight: 0, most: 0, pages: 0, retries: 0 });

function* get(address: string, path: string, tally: Tally): Async<string> {
  tally.inFlight += 1;
  tally.most = Math.max(tally.most, tally.inFlight);
  try {
    using connection = yield* TcpStream.connect(address);
    yield* connection.writeAll(`GET ${path} HTTP/1.1\r\nHost: ${address}\r\nConnection: close\r\n\r\n`);
    const [head = '', body = ''] = (yield* connection.readToString()).split('\r\n\r\n');
    if (!head.startsWith('HTTP/1.1 200 ')) throw new Refused(head);
    return body;
  } finally {
    tally.inFlight -= 1; // Also when the timeout drops it.
  }
}

function* scrape(address: string, path: string, tally: Tally): Async<void> {
  for (let attempt = 1, pause = millis(50); ; attempt += 1, pause *= 2) {
    try {
      yield* timeout(secs(1), get(address, path, tally));
      tally.pages += 1;
      return;
    } catch (error) {
      if (!(error instanceof Elapsed || error instanceof IoError || error instanceof Refused)) throw error;
    }
    if (attempt === TRIES) return;
    tally.retries += 1;
    yield* sleep(pause); // Haste does not help whoever is in trouble.
  }
}

function* oneAfterTheOther(pages: Async<void>[]): Async<void> {
  for (const [n, page] of pages.entries()) yield* spawn(page, { name: `page ${n + 1}` });
}

function* allAtOnce(pages: Async<void>[]): Async<void> {
  yield* joinAll(pages.map((page, n) => spawn(page, { name: `page ${n + 1}` })));
}

function* inTurn(semaphore: Semaphore, page: Async<void>): Async<void> {
  using _permit = yield* semaphore.acquire();
  yield* page;
}

function* aFewAtATime(pages: Async<void>[], limit: number): Async<void> {
  const semaphore = new Semaphore(limit);
  yield* allAtOnce(pages.map((page) => inTurn(semaphore, page)));
}

function* memoryNow(): Async<number> {
  return process.memoryUsage.rss();
}

export function* main({
  address = 'localhost:80',
  root = '',
  pages = 200,
  limit = 8,
  ways = [0, 1, 2],
  weigh = memoryNow as (way: number) => Awaitable<number>,
} = {}): Async<void> {
  const names = ['one after the other', 'all at once', `${limit} at a time`];
  const rows = [['', 'time', 'at once', 'retries', 'memory']];
  for (const way of ways) {
    println(`Scraping ${pages} pages, ${names[way]}.`);
    const [weighing, tally, begin] = [weigh(way), newTally(), now()];
    const all = Array.from({ length: pages }, (_, n) => scrape(address, `${root}/${way}/${n + 1}`, tally));
    yield* way === 0 ? oneAfterTheOther(all) : way === 1 ? allAtOnce(all) : aFewAtATime(all, limit);
    const time = `${((now() - begin) / 1000).toFixed(2)} s`;
    if (tally.pages < pages) println(`${pages - tally.pages} of them could not be had.`);
    const memory = (yield* weighing) / 1e6;
    const size = `${memory.toFixed(memory < 100 ? 1 : 0)} MB`;
    rows.push([`${names[way]}`, time, `${tally.most}`, `${tally.retries}`, size]);
  }
  for (const [name = '', ...cells] of rows) println(name.padEnd(19) + cells.map((cell) => cell.padStart(9)).join(''));
}
