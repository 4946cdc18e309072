/**
 * The table of resources: what tasks wait for, and how it stood in the end.
 *
 * | column | meaning |
 * |---|---|
 * | ID | number of the resource |
 * | Resource | its kind, and its number among its kind |
 * | Detail | what its maker said of it: `mpsc, capacity 32` |
 * | State | who holds it, what is in it, when it fires |
 * | Waiting | how many tasks wait for it |
 * | Most | how many did at once |
 * | Ops | how many things happened to it |
 * | Where | where it was made, or first used |
 *
 * Timers, selects, promises, calls on threads and oneshots are made for one use and then over. Of
 * those that are over only their number is told.
 *
 * @module
 */
import type { Location, ResourceRef, RuntimeEvent } from '../../runtime/events.ts';
import type { Page } from '../page.ts';
import { place } from '../places.ts';
import { clockTime, grouped, type Line } from '../text.ts';
import { World } from '../world.ts';
import { type Column, table } from './table.ts';

/** Of more resources than this those that were used most are told. */
const TOLD_RESOURCES = 30;

/** So many are remembered. Beyond that, those that are over and those that were used least are only counted. */
const REMEMBERED = 1000;

const ONE_USE: ReadonlySet<ResourceRef['kind']> = new Set(['timer', 'select', 'promise', 'worker', 'oneshot']);

/** What ends a resource of one use. A timer that is armed once more begins anew. */
const LAST: ReadonlySet<string> = new Set(['fired', 'cancelled', 'won', 'settled', 'received', 'discarded']);

const COLUMNS: readonly Column[] = [
  { title: 'ID', align: 'right', drop: 4 },
  { title: 'Resource', drop: 0 },
  { title: 'Detail', drop: 6, least: 8, most: 28 },
  { title: 'State', drop: 0, least: 9, most: 32 },
  { title: 'Waiting', align: 'right', drop: 2 },
  { title: 'Most', align: 'right', drop: 3 },
  { title: 'Ops', align: 'right', drop: 1 },
  { title: 'Where', drop: 5, least: 14, most: 32, cut: 'start' },
];

type Op = Extract<RuntimeEvent, { kind: 'resource.op' }>;

/** One resource. */
class Used {
  readonly ref: ResourceRef;
  readonly detail: string;
  readonly location: Location | null;
  ops = 0;
  waiting = 0;
  most = 0;
  isOver = false;
  #last = '';
  #length: number | undefined = undefined;
  #capacity: number | null = null;
  #deadline = 0;
  #isClosed = false;

  constructor(ref: ResourceRef, detail: string, location: Location | null) {
    this.ref = ref;
    this.detail = detail;
    this.location = location;
  }

  happened(event: Op): void {
    this.ops += 1;
    this.#last = event.op;
    if ('capacity' in event) {
      this.#length = event.length;
      this.#capacity = event.capacity;
    }
    if (event.op === 'armed') this.#deadline = event.deadline;
    if (event.op === 'closed') this.#isClosed = true;
    const isLast = LAST.has(event.op) || (event.op === 'closed' && this.ref.kind === 'oneshot');
    this.isOver = ONE_USE.has(this.ref.kind) && (isLast || (this.isOver && event.op !== 'armed'));
  }

  /** How it stands, in words. */
  state(world: World): string {
    const closed = this.#isClosed ? ['closed'] : [];
    const holders = world.resources.get(this.ref.id)?.holders ?? [];
    switch (this.ref.kind) {
      case 'timer':
        return this.#last === 'armed' ? `until ${clockTime(this.#deadline)}` : this.#last;
      case 'mutex':
      case 'rwlock':
      case 'semaphore': {
        const names = [...new Set(holders.map(({ task }) => task?.name ?? 'nobody we know'))];
        return [names.length === 0 ? 'free' : `held by ${names.join(', ')}`, ...closed].join(', ');
      }
      default: {
        if (this.#length === undefined) return closed[0] ?? this.#last;
        const fill = this.#capacity === null ? `${this.#length}, no limit` : `${this.#length} of ${this.#capacity}`;
        return [fill, ...closed].join(', ');
      }
    }
  }
}

/** Folds what is told of resources. */
export class ResourceStats {
  readonly #world = new World();
  readonly #used = new Map<number, Used>();
  /** How many there were, by kind. */
  readonly #made = new Map<ResourceRef['kind'], number>();
  /** What each waiting task waits for. */
  readonly #waits = new Map<number, ReadonlySet<number>>();

  fold(event: RuntimeEvent): void {
    this.#world.fold(event);
    switch (event.kind) {
      case 'task.poll-started':
      case 'task.completed':
      case 'task.cancelled':
        this.#stop(event.task.id);
        break;
      case 'task.poll-ended':
        this.#wait(event);
        break;
      case 'resource.created':
        this.#made.set(event.resource.kind, (this.#made.get(event.resource.kind) ?? 0) + 1);
        this.#keep(new Used(event.resource, event.detail, event.location));
        break;
      case 'resource.op':
        this.#get(event.resource).happened(event);
        break;
    }
  }

  #wait({ task, awaits }: Extract<RuntimeEvent, { kind: 'task.poll-ended' }>): void {
    const waits = new Set(awaits.flatMap(({ resource }) => (resource === null ? [] : [resource.id])));
    if (waits.size === 0) return;
    this.#waits.set(task.id, waits);
    for (const id of waits) {
      const used = this.#used.get(id);
      if (used === undefined) continue;
      used.waiting += 1;
      used.most = Math.max(used.most, used.waiting);
    }
  }

  #stop(task: number): void {
    for (const id of this.#waits.get(task) ?? []) {
      const used = this.#used.get(id);
      if (used !== undefined) used.waiting = Math.max(0, used.waiting - 1);
    }
    this.#waits.delete(task);
  }

  /** One that nobody has heard of is one that was forgotten: it was counted when it was made. */
  #get(ref: ResourceRef): Used {
    return this.#used.get(ref.id) ?? this.#keep(new Used(ref, '', null));
  }

  #keep(used: Used): Used {
    this.#used.set(used.ref.id, used);
    if (this.#used.size > REMEMBERED) {
      const least = [...this.#used.values()]
        .filter((other) => other !== used)
        .sort((a, b) => Number(b.isOver) - Number(a.isOver) || a.ops - b.ops)
        .slice(0, REMEMBERED / 2);
      for (const { ref } of least) this.#used.delete(ref.id);
    }
    return used;
  }

  lines({ width, unicode, folder }: Page): Line[] {
    const told = [...this.#used.values()]
      .filter(({ isOver }) => !isOver)
      .sort((a, b) => b.ops - a.ops || a.ref.id - b.ref.id)
      .slice(0, TOLD_RESOURCES)
      .sort((a, b) => a.ref.id - b.ref.id);
    const rows = told.map((used) => ({
      tone: 'plain' as const,
      cells: [
        String(used.ref.id),
        used.ref.name,
        used.detail,
        used.state(this.#world),
        String(used.waiting),
        String(used.most),
        grouped(used.ops),
        place(used.location, folder),
      ],
    }));
    return [...(rows.length === 0 ? [] : table(COLUMNS, rows, width, unicode)), ...this.#others(told, unicode)];
  }

  /** `… and 12 timers, 3 selects` */
  #others(told: readonly Used[], unicode: boolean): Line[] {
    const others = [...this.#made].flatMap(([kind, made]) => {
      const left = made - told.filter(({ ref }) => ref.kind === kind).length;
      return left <= 0 ? [] : [`${grouped(left)} ${left === 1 ? kind : plural(kind)}`];
    });
    if (others.length === 0) return [];
    const dots = unicode ? '…' : '...';
    const text = `${dots} ${told.length === 0 ? '' : 'and '}${others.join(', ')}`;
    return [{ pieces: [{ tone: 'quiet', text }], indent: dots.length + 1 }];
  }
}

function plural(kind: ResourceRef['kind']): string {
  if (kind === 'mutex' || kind === 'watch') return `${kind}es`;
  return kind === 'notify' ? 'notifies' : `${kind}s`;
}
