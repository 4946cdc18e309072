/**
 * The graph of who waits for whom, as lines: a task, what it waits for, and who would have to do
 * something about that. Tasks that wait for the same are told together.
 *
 * @module
 */
import type { TaskRef } from '../../runtime/events.ts';
import type { Page } from '../page.ts';
import { place } from '../places.ts';
import { frames } from '../stacks.ts';
import { count, grouped, type Line, safeLine, seconds, type Tone } from '../text.ts';
import { describe, withPlace } from '../words.ts';
import type { World } from '../world.ts';
import { crowd } from './diagnose.ts';
import type { Link, Wait, Waiter } from './wait-graph.ts';

/** Of more groups of tasks than this the others are counted. */
const SHOWN = 12;

/** Of more waits of a task, or holders of a lock, than this the others are counted. */
const SHOWN_WAITS = 4;

const NAME = 10;

/** Tasks that wait for the same at the same place. */
interface Group {
  readonly tasks: TaskRef[];
  readonly waits: readonly Wait[];
}

/** Draws the graph. */
export class WaitLines {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Nothing if nobody waits. */
  lines(waiters: readonly Waiter[], world: World): Line[] {
    if (waiters.length === 0) return [];
    const groups = this.#groups(waiters);
    const shown = groups.slice(0, SHOWN);
    const untold = groups.slice(SHOWN).reduce((sum, { tasks }) => sum + tasks.length, 0);
    const dots = this.#page.unicode ? '…' : '...';
    return [
      line([['Who waits for whom:', 'plain']], 0),
      ...shown.flatMap((group) => this.#group(group, world)),
      ...(untold > 0 ? [line([[`  ${dots} ${count(untold, 'more task')}`, 'quiet']], 2)] : []),
    ];
  }

  #groups(waiters: readonly Waiter[]): Group[] {
    const groups = new Map<string, Group>();
    for (const { task, waits } of waiters) {
      const what = waits.map((wait) => this.#what(wait)).join('\n');
      const group = groups.get(what);
      if (group === undefined) groups.set(what, { tasks: [task], waits });
      else group.tasks.push(task);
    }
    return [...groups.values()];
  }

  /** Two tasks that join the same task, or wait for the same lock, wait for the same. */
  #what({ await: wait }: Wait): string {
    return `${describe(wait)} ${wait.resource?.id ?? ''} ${place(wait.stack[0], this.#page.folder)}`;
  }

  #group({ tasks, waits }: Group, world: World): Line[] {
    const names = safeLine(crowd(tasks));
    const shown = waits.slice(0, SHOWN_WAITS);
    const more = waits.length - shown.length;
    // A long name has a line of its own.
    const isLong = names.length > NAME;
    const head = isLong ? [line([[`  ${names}`, 'task']], 4)] : [];
    const indent = 2 + NAME + 2;
    return [
      ...head,
      ...shown.flatMap((wait, i) => this.#wait(wait, i === 0 && !isLong ? names : '', indent, world)),
      ...(more > 0 ? [line([[`${' '.repeat(indent)}and ${count(more, 'more wait')}`, 'quiet']], indent)] : []),
    ];
  }

  #wait({ await: wait, links }: Wait, name: string, indent: number, world: World): Line[] {
    const { folder } = this.#page;
    const { stack } = wait;
    const text = withPlace(describe(wait), place(stack[0], folder));
    const shown = links.slice(0, SHOWN_WAITS);
    const more = links.length - shown.length;
    return [
      line(
        [
          [`  ${name.padEnd(NAME)}  `, 'task'],
          [safeLine(text), 'plain'],
        ],
        indent + 2,
      ),
      // The innermost place has been told.
      ...(stack.length > 1 ? frames(stack, ' '.repeat(indent + 2), folder) : []),
      ...shown.map((link) =>
        line([[`${' '.repeat(indent + 2)}${safeLine(this.#link(link, world))}`, 'quiet']], indent + 4),
      ),
      ...(more > 0 ? [line([[`${' '.repeat(indent + 2)}and ${grouped(more)} more`, 'quiet']], 0)] : []),
    ];
  }

  /** Who would have to do what. */
  #link(link: Link, world: World): string {
    const { folder } = this.#page;
    const since = (text: string, at: string) => (at === '' ? text : `${text} since ${at}`);
    switch (link.kind) {
      case 'holds':
        return since(`held by ${link.to.name}`, place(link.location, folder));
      case 'passed-over':
        return since(
          `given to a future that ${link.to.name} does not poll any more, in line`,
          place(link.location, folder),
        );
      case 'joins':
        return `${link.to.name} has not ended`;
      case 'sends':
        return `${link.to.name} could send`;
      case 'receives':
        return `${link.to.name} could receive`;
      case 'leaked':
        return withPlace(
          `sender ${link.sender.number} was never dropped: made by ${link.sender.maker?.name ?? 'nobody we know'}`,
          place(link.sender.location, folder),
        );
      case 'nobody':
        return 'nobody is left who could end this';
      case 'foreign':
        return 'nobody is known who could call its waker';
      case 'for-ever':
        return 'never ends, on purpose';
      case 'time':
        return link.at === null ? 'ends by itself' : `ends at ${seconds(link.at)}, in ${seconds(link.at - world.now)}`;
      case 'outside':
        return 'only somebody outside can end this';
      default:
        return link satisfies never;
    }
  }
}

function line(pieces: readonly (readonly [text: string, tone: Tone])[], indent: number): Line {
  return { pieces: pieces.map(([text, tone]) => ({ text, tone })), indent };
}
