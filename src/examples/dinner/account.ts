import type { RuntimeEvent } from '../../runtime/index.ts';
import { shortTime } from '../../trace/axis.ts';
import { type Bar, bars, type Stretch } from '../../trace/bars.ts';
import type { Page } from '../../trace/page.ts';
import type { Line } from '../../trace/text.ts';
import type { Account } from '../card.ts';

/** Something that is done for dinner. Times are those of the run. */
interface Job {
  readonly name: string;
  readonly from: number;
  /** Which poll of the run it began in. */
  readonly poll: number;
  /** When its timer is due, if it has one. */
  due?: number;
  to?: number;
  /** It had the thread from its beginning to its end. */
  blocks?: boolean;
}

/** One of the ways to do both. */
interface Way {
  readonly name: string;
  readonly from: number;
  total?: number;
  readonly jobs: Job[];
}

/** What begins a job, and what ends it. */
const JOBS: Readonly<Record<string, { readonly name: string; readonly ends: boolean }>> = {
  'Kettle on.': { name: 'kettle', ends: false },
  'The kettle whistles.': { name: 'kettle', ends: true },
  'Chopping.': { name: 'vegetables', ends: false },
  'Vegetables chopped.': { name: 'vegetables', ends: true },
};

/** How long each way took, and when which job went on. */
export class DinnerAccount implements Account {
  readonly #ways: Way[] = [];
  #polls = 0;

  fold(event: RuntimeEvent): void {
    if (event.kind === 'task.poll-started') this.#polls += 1;
    if (event.kind === 'print') this.#print(event.text, event.at);
    if (event.kind === 'resource.op' && event.op === 'armed') {
      // Whoever began last waits now.
      const job = this.#ways.at(-1)?.jobs.at(-1);
      if (job !== undefined) job.due ??= event.deadline;
    }
  }

  #print(text: string, at: number): void {
    const way = this.#ways.at(-1);
    const title = /^(.+):$/.exec(text)?.[1];
    if (title !== undefined) this.#ways.push({ name: title, from: at, jobs: [] });
    else if (text.startsWith('Dinner after ') && way !== undefined) way.total = at - way.from;
    const step = JOBS[text];
    if (step === undefined || way === undefined) return;
    if (!step.ends) {
      way.jobs.push({ name: step.name, from: at, poll: this.#polls });
      return;
    }
    const job = way.jobs.find(({ name }) => name === step.name);
    if (job === undefined) return;
    job.to = at;
    job.blocks = job.poll === this.#polls;
  }

  picture(page: Page): Line[] {
    const groups = this.#ways.map(({ name, from, total = 0, jobs }) => ({
      title: `${name}: ${shortTime(total)}`,
      bars: jobs.map((job): Bar => ({ name: job.name, stretches: stretches(job, from) })),
    }));
    const meanings = { waiting: 'waiting', running: 'has the thread', ready: 'due, and nobody looks' };
    return bars(groups, meanings, page);
  }

  sentences(): string[] {
    const late = this.#ways
      .flatMap(({ name, jobs }) => jobs.map((job) => ({ way: name, job, ms: lateness(job) })))
      .reduce<Late | undefined>((most, one) => (most === undefined || one.ms > most.ms ? one : most), undefined);
    if (late === undefined) return [];
    return [
      `Dinner took ${this.#each(({ total = 0 }) => shortTime(total))}.`,
      `Kettle and vegetables went on at the same time for ${this.#each(({ jobs }) => shortTime(overlap(jobs)))}.`,
      this.#ways.some(({ jobs }) => jobs.some(({ blocks }) => blocks))
        ? `Chopping held the thread: ${inside(late.way)} the ${late.job.name} was ready ${shortTime(late.ms)} before anybody looked.`
        : `Nobody held the thread: ${late.ms === 0 ? 'every timer was heard on time' : `no timer was heard more than ${shortTime(late.ms)} late`}.`,
    ];
  }

  /** `5 s in a row, 3 s with join, 3 s as two tasks`. */
  #each(figure: (way: Way) => string): string {
    return this.#ways.map((way) => `${figure(way)} ${inside(way.name)}`).join(', ');
  }
}

/** Something that was due, and how long ago when it went on. */
interface Late {
  readonly way: string;
  readonly job: Job;
  readonly ms: number;
}

/** The name of a way within a sentence. */
function inside(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** How much later than its timer said a job went on. */
function lateness({ due, to }: Job): number {
  return due === undefined || to === undefined ? 0 : Math.max(0, to - due);
}

/** How long two jobs went on at the same time. */
function overlap([one, other]: readonly Job[]): number {
  if (one?.to === undefined || other?.to === undefined) return 0;
  return Math.max(0, Math.min(one.to, other.to) - Math.max(one.from, other.from));
}

function stretches({ from, to = from, due = to, blocks }: Job, start: number): Stretch[] {
  const [begin, end] = [from - start, to - start];
  if (blocks) return [{ from: begin, to: end, state: 'running' }];
  const heard = Math.min(due - start, end);
  const waiting: Stretch = { from: begin, to: heard, state: 'waiting' };
  // On the real clock every timer is late by a little.
  return end - heard < (end - begin) / 20
    ? [{ ...waiting, to: end }]
    : [waiting, { from: heard, to: end, state: 'ready' }];
}
