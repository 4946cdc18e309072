/**
 * The world after the event that the cursor is at: who runs, who is ready in which order, who waits
 * for what and where, what is in channels, who holds which lock.
 *
 * @module
 */
import type { Await, Location } from '../../runtime/events.ts';
import { place } from '../places.ts';
import { clockTime, grouped, safeLine } from '../text.ts';
import { describe } from '../words.ts';
import type { ResourceView, TaskView, World } from '../world.ts';
import type { Cursor } from './cursor.ts';
import { add, button, h, oncePerFrame, section } from './dom.ts';
import { FOLDER, nameOf, type Run, taskOf } from './run.ts';

/** Of more than this the others are counted. */
const MOST_READY = 40;
const MOST_WAITING = 15;
const MOST_RESOURCES = 12;
const MOST_WAITS = 6;

/** Only a short chain of messages can be drawn as boxes. */
const MOST_BOXES = 16;

/** Shows a world. */
export class WorldView {
  readonly element: HTMLElement;
  readonly #run: Run;
  readonly #cursor: Cursor;
  readonly #body = h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'The world at this event' });
  readonly #goTo: (location: Location) => void;
  readonly #draw = oncePerFrame(() => this.#drawNow());

  /** @param goTo shows a place in the source. */
  constructor(run: Run, cursor: Cursor, goTo: (location: Location) => void) {
    this.#run = run;
    this.#cursor = cursor;
    this.#goTo = goTo;
    this.element = section('world', 'The world now', this.#body);
    cursor.follow(() => this.#draw());
  }

  #drawNow(): void {
    const { step } = this.#cursor;
    const { world } = this.#run.history.at(step);
    const event = this.#run.event(step);
    const here = event === undefined ? undefined : taskOf(event)?.id;
    const tasks = [...world.tasks.values()];
    // Its poll has ended, and the task ends with the next event.
    const isEnding = event?.kind === 'task.poll-ended' && event.outcome !== 'pending';
    const runs = ({ ref, state }: TaskView) => state === 'running' || (isEnding && ref.id === here);
    const running = tasks.filter(runs);
    const waiting = tasks.filter((task) => task.state === 'waiting' && !runs(task));
    // The one that the event is about is what people look for.
    waiting.sort((a, b) => Number(b.ref.id === here) - Number(a.ref.id === here));
    this.#body.replaceChildren(
      h('h3', {}, 'Running'),
      h('p', { id: 'world-running' }, ...(running.length > 0 ? running.map(chip) : [quiet(nobodyRuns(world))])),
      h('h3', {}, 'Ready, the next one first'),
      this.#ready(world),
      h('h3', {}, 'Channels, locks, timers'),
      this.#resources(world, tasks),
      h('h3', {}, 'Waiting, and where'),
      this.#waiting(waiting),
    );
  }

  #ready(world: World): HTMLElement {
    // The main one has a slot of its own, and its number is 0: the order is that of the set.
    const ready = [...world.ready].flatMap((id) => world.tasks.get(id) ?? []);
    if (ready.length === 0) return h('p', { id: 'world-ready' }, quiet('nobody'));
    const shown = ready.slice(0, MOST_READY).map((task) => h('li', {}, chip(task)));
    return h('ol', { id: 'world-ready', class: 'chips' }, ...shown, ...more(ready.length - MOST_READY));
  }

  #waiting(waiting: readonly TaskView[]): HTMLElement {
    if (waiting.length === 0) return h('p', { id: 'world-waiting' }, quiet('nobody'));
    const shown = waiting.slice(0, MOST_WAITING).map((task) => h('li', {}, chip(task), ...this.#waits(task.awaits)));
    return h('ul', { id: 'world-waiting', class: 'waits' }, ...shown, ...more(waiting.length - MOST_WAITING));
  }

  #waits(awaits: readonly Await[]): HTMLElement[] {
    if (awaits.length === 0) return [quiet(' waits for nothing that could wake it')];
    const shown = awaits
      .slice(0, MOST_WAITS)
      .map((wait) =>
        h(
          'div',
          { class: 'wait' },
          h('span', { class: 'op' }, safeLine(describe(wait)), wait.task === null ? '' : `: ${nameOf(wait.task)}`),
          h(
            'ol',
            { class: 'stack', 'aria-label': 'Async stack' },
            ...wait.stack.map((location) => this.#frame(location)),
          ),
        ),
      );
    const others = awaits.length - MOST_WAITS;
    return others > 0 ? [...shown, quiet(`and ${others} more`)] : shown;
  }

  #frame(location: Location): HTMLElement {
    const at = safeLine(place(location, FOLDER));
    const link = button(at, () => this.#goTo(location), { class: 'link' });
    return h('li', {}, location.fn === '' ? 'at ' : `at ${safeLine(location.fn)} `, link);
  }

  #resources(world: World, tasks: readonly TaskView[]): HTMLElement {
    // Timers may be many, and say the least.
    const all = [...world.resources.values()].sort((a, b) => rank(a) - rank(b));
    if (all.length === 0) return h('p', { id: 'world-resources' }, quiet('none in use'));
    const waiters = new Map<number, string[]>();
    for (const { ref, state, awaits } of tasks) {
      if (state !== 'waiting') continue;
      for (const id of new Set(awaits.flatMap(({ resource }) => resource?.id ?? []))) {
        add(waiters, id, nameOf(ref));
      }
    }
    const rows = all.slice(0, MOST_RESOURCES).map((view) => {
      const waits = waiters.get(view.ref.id) ?? [];
      return h(
        'tr',
        {},
        h('th', { scope: 'row' }, safeLine(view.ref.name)),
        h('td', {}, ...stateOf(view)),
        h('td', {}, waits.length === 0 ? quiet('–') : listed(waits)),
      );
    });
    const titles = ['What', 'State', 'Awaited by'].map((title) => h('th', { scope: 'col' }, title));
    const hidden = all.length - MOST_RESOURCES;
    return h(
      'div',
      { id: 'world-resources' },
      h('table', {}, h('thead', {}, h('tr', {}, ...titles)), h('tbody', {}, ...rows)),
      ...(hidden > 0 ? [quiet(`and ${grouped(hidden)} more`)] : []),
    );
  }
}

function rank({ ref }: ResourceView): number {
  return ref.kind === 'timer' ? 1 : 0;
}

/** Who holds it, what is in it, when it fires. */
function stateOf({ ref, length, capacity, holders, deadline, closed, arrived }: ResourceView): (Node | string)[] {
  const end = closed ? ', closed' : '';
  switch (ref.kind) {
    case 'timer':
      return [deadline === null ? 'not armed' : `fires at ${clockTime(deadline)} ms`];
    case 'mutex':
    case 'rwlock':
    case 'semaphore':
    case 'once': {
      const names = holders.map(({ task, granted, permits, location }) => {
        const many = ref.kind === 'semaphore' && permits > 1 ? ` (${permits})` : '';
        const since = granted ? ' (granted)' : location === null ? '' : ` since ${safeLine(place(location, FOLDER))}`;
        return `${task === null ? 'no task' : nameOf(task)}${many}${since}`;
      });
      return [names.length === 0 ? `free${end}` : `held by ${listed(names)}${end}`];
    }
    case 'channel':
    case 'oneshot':
    case 'broadcast': {
      const text = `holds ${length}${capacity === null ? '' : ` of ${capacity}`}${end}`;
      if (capacity === null || capacity > MOST_BOXES) return [text];
      const boxes = Array.from({ length: capacity }, (_, i) => h('i', { class: i < length ? 'full' : 'empty' }));
      return [h('span', { class: 'boxes', 'aria-hidden': 'true' }, ...boxes), text];
    }
    case 'barrier':
      return [arrived === null ? 'nobody has arrived' : `${arrived.count} of ${arrived.size} have arrived`];
    default:
      return [closed ? 'closed' : 'open'];
  }
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

function nobodyRuns({ parked, outcome }: World): string {
  if (outcome !== undefined) return `nobody: the run is over (${outcome})`;
  return parked ? 'nobody: the thread is parked' : 'nobody: the scheduler has the thread';
}

function chip({ ref }: TaskView): HTMLElement {
  return h('span', { class: 'chip' }, nameOf(ref));
}

function quiet(text: string): HTMLElement {
  return h('span', { class: 'quiet' }, text);
}

function more(n: number): HTMLElement[] {
  return n > 0 ? [h('li', {}, quiet(`and ${grouped(n)} more`))] : [];
}
