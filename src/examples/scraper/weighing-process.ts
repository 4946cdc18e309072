/**
 * Runs in a process of its own: scrapes the site once, in one way, and reports how much memory that took.
 *
 * @module
 */
import { Runtime } from '../../runtime/index.ts';
import { order, report } from '../companion-side.ts';
import { main } from './scraper.ts';

/** What to weigh. */
export interface Weighed {
  readonly address: string;
  readonly pages: number;
  readonly limit: number;
  readonly way: number;
}

const { way, ...site } = order<Weighed>();
// The site counts these requests apart.
const program = main({ ...site, root: '/weighed', ways: [way] });
await new Runtime({ print: () => {} }).blockOn(program);
// The system keeps the mark. It is in kilobytes.
report({ most: process.resourceUsage().maxRSS * 1024 });
process.disconnect();
