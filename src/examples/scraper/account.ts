import type { RuntimeEvent } from '../../runtime/index.ts';
import { shortTime } from '../../trace/axis.ts';
import { FreeTime } from '../../trace/facts/free-time.ts';
import { Peak } from '../../trace/facts/peak.ts';
import { percent } from '../../trace/text.ts';
import type { Account } from '../card.ts';

/** One way to scrape, as the events tell it. */
interface Way {
  readonly name: string;
  readonly begin: number;
  end: number;
  readonly open: Peak;
}

/** How long each way took, how many connections were open at once, and what the thread did. */
export class ScraperAccount implements Account {
  readonly #free = new FreeTime();
  readonly #ways: Way[] = [];
  readonly #sockets = new Set<number>();

  fold(event: RuntimeEvent): void {
    this.#free.fold(event);
    const way = this.#ways.at(-1);
    if (event.kind === 'print') {
      const name = /^Scraping \d+ pages?, (.*)\.$/.exec(event.text)?.[1];
      if (way !== undefined && way.end === 0) way.end = event.at;
      if (name !== undefined) this.#ways.push({ name, begin: event.at, end: 0, open: new Peak() });
    }
    if (event.kind !== 'resource.op' || event.resource.kind !== 'socket' || way === undefined) return;
    if (event.op === 'opened') {
      this.#sockets.add(event.resource.id);
      way.open.come();
    }
    if (event.op === 'closed' && event.by === 'us' && this.#sockets.delete(event.resource.id)) way.open.go();
  }

  sentences(): string[] {
    const [inTurn, atOnce, few] = this.#ways;
    if (inTurn === undefined || atOnce === undefined || few === undefined || few.end === 0) return [];
    const { share, total } = this.#free;
    const took = ({ begin, end }: Way) => end - begin;
    const faster = (way: Way) => (took(inTurn) / took(way)).toFixed(1);
    return [
      `All at once was ${faster(atOnce)} times as fast as one after the other, with ${atOnce.open.most} connections ` +
        `open at the same time; ${few.name} was ${faster(few)} times as fast, with ${few.open.most}.`,
      `The one thread slept ${percent(share)} of ${shortTime(total)}.`,
      'The memory was weighed in processes of their own, which went the same ways at the same time, unobserved: ' +
        'the most that was resident in each.',
    ];
  }
}
