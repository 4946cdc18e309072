/**
 * How a task came to a poll of its: the causes of that poll, each below what it brought about.
 *
 * ```text
 * How main came to its last poll:
 *    5.000 s  main is polled because producer dropped the last sender of channel 1 at channel.ts:18
 *    5.000 s    producer is polled because timer 5 (sleep(1s) at channel.ts:17) fired; …
 * ```
 *
 * Which poll that is, is said before the run begins: `producer#3`, `producer` (its last one), or
 * `2#3` where names do not tell tasks apart. So its causes are kept when it comes, and a long run
 * may forget the others.
 *
 * @module
 */
import type { RuntimeEvent, TaskRef } from '../runtime/events.ts';
import type { Page } from './page.ts';
import { count, type Line, safeLine, seconds } from './text.ts';
import type { Cause } from './turns.ts';

const TIME = 10;
const GAP = '  ';

/** Of a longer chain the first causes are shown, and the root. */
const SHOWN = 8;

/** So many tasks are named to somebody who has asked for one that there was not. */
const NAMED = 12;

/** Who knows the causes. It has seen an event before it is folded here. */
interface Chains {
  chain(task: number, poll?: number): readonly Cause[];
}

/** One way to understand what was asked, and the tasks that it fits. */
interface Reading {
  fits(task: TaskRef): boolean;
  /** None is the last one. */
  readonly poll: number | undefined;
  /** Of many the first ones. */
  readonly tasks: TaskRef[];
}

const NOBODY: Pick<Reading, 'tasks' | 'poll'> = { tasks: [], poll: undefined };

/** The chain of causes of one poll. */
export class WhyChain {
  readonly #causes: Chains;
  readonly #asked: string | undefined;
  readonly #readings: readonly Reading[];
  /** The chains of the tasks that fit, once they are known. */
  readonly #chains = new Map<number, readonly Cause[]>();
  /** The polls that were seen of them. */
  readonly #polls = new Map<number, { readonly first: number; last: number }>();
  readonly #names = new Set<string>();
  #tasks = 0;

  /** @param asked which poll; without it the last one of main, if there is more to tell than its sentence. */
  constructor(causes: Chains, asked?: string) {
    this.#causes = causes;
    this.#asked = asked;
    this.#readings =
      asked === undefined ? [{ fits: ({ id }) => id === 0, poll: undefined, tasks: [] }] : readings(asked);
  }

  /** Takes one more event into account. */
  fold(event: RuntimeEvent): void {
    switch (event.kind) {
      case 'task.spawned':
        this.#tasks += 1;
        if (this.#names.size < NAMED) this.#names.add(event.task.name);
        for (const { fits, tasks } of this.#readings) {
          if (tasks.length < NAMED && fits(event.task)) tasks.push(event.task);
        }
        break;
      case 'task.poll-started':
        this.#polled(event.task, event.poll);
        break;
      case 'task.completed':
      case 'task.cancelled':
        // Once it is over, its causes are no longer kept for it.
        if (this.#isAsked(event.task, undefined)) this.#chains.set(event.task.id, this.#causes.chain(event.task.id));
        break;
    }
  }

  #polled(task: TaskRef, poll: number): void {
    if (!this.#readings.some(({ tasks }) => tasks.some(({ id }) => id === task.id))) return;
    const polls = this.#polls.get(task.id);
    if (polls === undefined) this.#polls.set(task.id, { first: poll, last: poll });
    else polls.last = poll;
    if (this.#isAsked(task, poll)) this.#chains.set(task.id, this.#causes.chain(task.id, poll));
  }

  #isAsked({ id }: TaskRef, poll: number | undefined): boolean {
    return this.#readings.some((reading) => reading.poll === poll && reading.tasks.some((task) => task.id === id));
  }

  /** The causes, the last one is the root. Empty if there was no such poll, or several tasks of that name. */
  causes(): readonly Cause[] {
    const { tasks, poll } = this.#reading() ?? NOBODY;
    const [task] = tasks;
    if (task === undefined || tasks.length > 1) return [];
    return this.#chains.get(task.id) ?? (poll === undefined ? this.#causes.chain(task.id) : []);
  }

  /** The chain and what it is of; nothing if there was no such poll. */
  lines(page: Page): Line[] {
    const causes = this.causes();
    const [last] = causes;
    if (last === undefined || (this.#asked === undefined && causes.length === 1)) return [];
    const { poll } = this.#reading() ?? NOBODY;
    const turn = last.poll === null ? 'its end' : poll === undefined ? 'its last poll' : `poll ${poll}`;
    const heading = `How ${safeLine(last.task.name)} came to ${turn}:`;
    return [{ pieces: [{ tone: 'task', text: heading }], indent: 0 }, ...chainLines(causes, page)];
  }

  /** What is wrong with what was asked, in a sentence that says what there was; nothing if it was answered. */
  slip(): string | undefined {
    if (this.#asked === undefined || this.causes().length > 0) return undefined;
    return `--why-chain ${safeLine(this.#asked)}: ${this.#slip(this.#reading() ?? NOBODY)}`;
  }

  #slip({ tasks, poll }: Pick<Reading, 'tasks' | 'poll'>): string {
    const [task] = tasks;
    if (task === undefined) return `there was no such task. There were: ${this.#present()}.`;
    if (tasks.length > 1) return severalAre(tasks, poll);
    const polls = this.#polls.get(task.id);
    const name = safeLine(task.name);
    if (polls === undefined) return `${name} was never polled.`;
    const { first, last } = polls;
    const were = first === last ? `poll ${last} alone` : `polls ${first} to ${last}`;
    return `of ${name} there was no poll ${poll}. There were: ${were}.`;
  }

  /** The first one that fits anybody. */
  #reading(): Reading | undefined {
    return this.#readings.find(({ tasks }) => tasks.length > 0);
  }

  #present(): string {
    const names = [...this.#names].map(safeLine);
    const more = this.#tasks - names.length;
    if (names.length === 0) return 'none';
    return more > 0 ? `${names.join(', ')}, and ${count(more, 'more task')}` : names.join(', ');
  }
}

/** A name may look like a name with a poll, so the plain reading comes first; a number is the last resort. */
function readings(asked: string): Reading[] {
  const match = /^(.*)#(\d+)$/s.exec(asked);
  const ways: (readonly [name: string, poll: number | undefined])[] = [[asked, undefined]];
  if (match !== null) ways.push([match[1] ?? '', Number(match[2])]);
  return [
    ...ways.map(([name, poll]) => ({ fits: (task: TaskRef) => task.name === name, poll, tasks: [] })),
    ...ways.map(([name, poll]) => ({ fits: (task: TaskRef) => String(task.id) === name, poll, tasks: [] })),
  ];
}

function severalAre(tasks: readonly TaskRef[], poll: number | undefined): string {
  const ids = tasks.map(({ id }) => id);
  const example = poll === undefined ? `${ids[0]}` : `${ids[0]}#${poll}`;
  const all = ids.length < NAMED ? ids.join(', ') : `${ids.join(', ')} and more`;
  return `several tasks have that name, with the numbers ${all}. Ask by number: --why-chain ${example}.`;
}

/** A chain of causes as a list, each below what it brought about. */
export function chainLines(chain: readonly Cause[], { unicode }: Page): Line[] {
  const isLong = chain.length > SHOWN + 2;
  const hidden = isLong ? chain.slice(SHOWN, -1) : [];
  const shown = isLong ? [...chain.slice(0, SHOWN), ...chain.slice(-1)] : chain;
  return shown.flatMap((cause, i) => {
    const lines = [step(seconds(cause.at), i, cause.text)];
    const left = isLong && i === SHOWN - 1 ? [cause, ...hidden] : [cause];
    const more = left.reduce((sum, { skipped }) => sum + skipped, left.length - 1);
    if (more > 0) lines.push(step('', i + 1, `${unicode ? '…' : '...'} ${count(more, 'more turn')}`));
    return lines;
  });
}

function step(time: string, depth: number, text: string): Line {
  const before = time.padStart(TIME) + GAP + '  '.repeat(depth);
  return {
    pieces: [
      { tone: 'time', text: before },
      { tone: time === '' ? 'quiet' : 'plain', text: safeLine(text) },
    ],
    indent: before.length,
  };
}
