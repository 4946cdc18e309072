import type { World } from '../../trace/world.ts';
import type { Lesson } from '../card.ts';

export const scraper: Lesson = {
  name: 'scraper',
  summary: 'Hundreds of slow pages: in turn, all at once, or a few at a time',
  about: `Opens a local site with pages that are slow, each in its own way, and scrapes it over real sockets: one page
after the other, all at once, and with a semaphore that lets a few in at a time. What fails is tried again,
later and later. The site is a process of its own, listens on loopback, and ends with the lesson.`,
  options: {
    pages: { kind: 'count', description: 'how many pages the site has', standard: '200', atLeast: 1, atMost: 5000 },
    limit: { kind: 'count', description: 'how many pages at a time, the third way', standard: '8', atLeast: 1 },
    fail: { kind: 'percent', description: 'how many of the pages fail at first', standard: '0%' },
    site: { kind: 'count', description: 'which site: another number, other pages', standard: '1' },
  },
  before: ({ pages = 200, limit = 8 }) =>
    `The same ${pages} pages three times: one after the other, all at once, ${limit} at a time. Watch the time,
and how many requests are open at once.`,
  account: async () => new (await import('./account.ts')).ScraperAccount(),
  tries: [
    ['scraper', 'How much faster is all at once, and what does it take?'],
    ['scraper --pages 60 --fail 10%', 'What do timeouts and retries cost?'],
    ['scraper --pages 100 --limit 50', 'Does a higher limit still help?'],
    ['scraper --pages 3 --trace', 'What happens between two requests, step by step?'],
  ],
  onlyReal: 'The scraper lesson needs real sockets, and they take real time: run it without --instant.',
  file: 'scraper/scraper.ts',
  told: 2,
  async prepare({ pages: given = 200, limit: few = 8, fail = 0, site: which = 1 }) {
    const [{ main }, { Site }, { Weighing }, { fromPromise }] = await Promise.all([
      import('./scraper.ts'),
      import('./site.ts'),
      import('./weighing.ts'),
      import('../../runtime/index.ts'),
    ]);
    const [pages, limit] = [Number(given), Number(few)];
    const site = await Site.open({ site: Number(which), pages, fail: Number(fail) });
    const { address } = site;
    const weighing = new Weighing({ address, pages, limit });
    return {
      main: main({ address, pages, limit, weigh: (way) => fromPromise(weighing.weigh(way)) }),
      progress: (world) => bar(world, pages),
      async afterword() {
        const counted = await site.counted();
        const most = [0, 1, 2].map((way) => counted[way]?.most ?? 0);
        return `The site itself counted at most ${most[0]}, ${most[1]} and ${most[2]} requests that waited for an answer.`;
      },
      end() {
        weighing.end();
        site.close();
      },
    };
  },
};

/** So wide is the bar, in characters. */
const BAR = 24;

/** How many pages of the way that is being gone are done, or given up: each is a task. */
function bar({ spawned, tasks }: World, pages: number): string {
  const ended = spawned - [...tasks.keys()].filter((id) => id !== 0).length;
  const done = ended % pages;
  const filled = Math.floor((BAR * done) / pages);
  return `${'#'.repeat(filled).padEnd(BAR, '-')} ${done} of ${pages} pages`;
}
