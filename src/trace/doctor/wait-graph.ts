/**
 * Who waits for whom: of every task that has not ended, what it waits for, and who would have to do
 * something about that.
 *
 * ```text
 *   ada ── lock() ──▶ mutex 2 ── held by ──▶ bob ── lock() ──▶ mutex 1 ── held by ──▶ ada
 *   main ── recv() ──▶ channel 1 ── its sender was never dropped ──▶ nobody
 * ```
 *
 * @module
 */
import type { Await, Location, ResourceRef, TaskRef } from '../../runtime/events.ts';
import type { TaskView, World } from '../world.ts';
import { type Ends, type EndsView, type SenderView, wantsToSend } from './ends.ts';

/** What somebody would have to do so that a wait ends, or why nobody will. */
export type Link =
  /** `to` has the lock, or permits of the semaphore. */
  | { readonly kind: 'holds'; readonly to: TaskRef; readonly location: Location | null }
  /** It was granted to a wait of `to` that `to` does not poll any more; it began at `location`. */
  | { readonly kind: 'passed-over'; readonly to: TaskRef; readonly location: Location | null }
  /** `to` has to end. */
  | { readonly kind: 'joins'; readonly to: TaskRef }
  /** `to` has a sender of the channel. */
  | { readonly kind: 'sends'; readonly to: TaskRef; readonly sender: SenderView }
  /** The channel is full, and `to` has its receiver. */
  | { readonly kind: 'receives'; readonly to: TaskRef }
  /** A sender was never dropped, and nobody is known who has it. */
  | { readonly kind: 'leaked'; readonly to: null; readonly sender: SenderView; readonly ended: readonly TaskRef[] }
  /** Nobody is left who could do it. */
  | { readonly kind: 'nobody'; readonly to: null }
  /** A future that was written by hand, and has told nobody whom to wake. */
  | { readonly kind: 'foreign'; readonly to: null }
  /** `pending()`: it is meant to wait for ever. */
  | { readonly kind: 'for-ever'; readonly to: null }
  /** It ends by itself at this time, in ms. */
  | { readonly kind: 'time'; readonly to: null; readonly at: number | null }
  /** Only the outside world can end it. */
  | { readonly kind: 'outside'; readonly to: null };

/** One of the things that a task waits for. */
export interface Wait {
  readonly await: Await;
  readonly links: readonly Link[];
}

/** A task that waits. */
export interface Waiter {
  readonly task: TaskRef;
  readonly waits: readonly Wait[];
}

/** Whom the graph is asked of. */
export interface Facts {
  /** As it was when the run came to a halt. */
  readonly world: World;
  readonly ends: Ends;
  /** By task: the join set that it is in. */
  readonly sets: ReadonlyMap<number, number>;
  /** Where a wait of a task began that it does not poll any more. */
  began(task: TaskRef, resource: ResourceRef): Location | null;
}

/** All tasks that wait, in the order of their numbers. */
export function waitersOf(facts: Facts): Waiter[] {
  return [...facts.world.tasks.values()]
    .filter(({ state }) => state === 'waiting')
    .sort((one, other) => one.ref.id - other.ref.id)
    .map((view) => ({ task: view.ref, waits: waitsOf(view, facts) }));
}

/** A task that waits for nothing is one whose future answered Pending and told nobody. */
function waitsOf({ awaits }: TaskView, facts: Facts): Wait[] {
  if (awaits.length === 0) return [{ await: NOTHING, links: [{ kind: 'foreign', to: null }] }];
  return awaits.map((wait) => ({ await: wait, links: linksOf(wait, facts) }));
}

/** What a task waits for that waits for nothing. */
const NOTHING: Await = { op: 'nothing', resource: null, task: null, stack: [] };

function linksOf({ op, resource, task }: Await, facts: Facts): readonly Link[] {
  if (task !== null) return [{ kind: 'joins', to: task }];
  if (resource === null) return [{ kind: op === 'pending()' ? 'for-ever' : 'foreign', to: null }];
  switch (resource.kind) {
    case 'mutex':
    case 'rwlock':
    case 'semaphore':
    case 'once':
      return orNobody(holdersOf(resource, facts));
    case 'channel':
    case 'oneshot':
    case 'broadcast':
    case 'watch':
      return orNobody(wantsToSend(op) ? roomOf(op, resource, facts) : messagesOf(resource, facts));
    case 'joinset':
      return orNobody(membersOf(resource, facts));
    case 'timer':
      return [{ kind: 'time', to: null, at: facts.world.resources.get(resource.id)?.deadline ?? null }];
    case 'promise':
    case 'worker':
    case 'listener':
    case 'socket':
    case 'signal':
      return [{ kind: 'outside', to: null }];
    case 'notify':
    case 'barrier':
    case 'token':
    case 'tracker':
    case 'pipe':
    case 'select':
      return orNobody([]);
    default:
      return resource.kind satisfies never;
  }
}

function orNobody(links: readonly Link[]): readonly Link[] {
  return links.length > 0 ? links : [{ kind: 'nobody', to: null }];
}

function holdersOf(resource: ResourceRef, { world, began }: Facts): Link[] {
  const holders = world.resources.get(resource.id)?.holders ?? [];
  return holders.flatMap(({ task, granted, location, polls }): Link[] => {
    if (task === null) return [];
    const isPassedOver = granted && (world.tasks.get(task.id)?.polls ?? 0) > polls;
    if (isPassedOver) return [{ kind: 'passed-over', to: task, location: began(task, resource) }];
    return [{ kind: 'holds', to: task, location }];
  });
}

/** A sender waits for room: somebody has to receive, or does not use the room it was granted. */
function roomOf(op: string, resource: ResourceRef, facts: Facts): Link[] {
  const granted = op.startsWith('closed') ? [] : holdersOf(resource, facts).filter(({ kind }) => kind !== 'holds');
  const receiver = facts.ends.of(resource)?.receiver ?? null;
  return receiver === null || !facts.world.tasks.has(receiver.id)
    ? granted
    : [...granted, { kind: 'receives', to: receiver }];
}

/** A receiver waits for a message, or for the last sender to go. */
function messagesOf(resource: ResourceRef, { ends, world }: Facts): Link[] {
  const channel = ends.of(resource);
  if (channel === undefined) return [];
  const links = [...channel.senders.values()].flatMap((sender) => sendersOf(sender, channel, world));
  const seen = new Set<number>();
  return links.filter(({ to }) => to === null || (!seen.has(to.id) && seen.add(to.id)));
}

/** Whose a sender is. If nobody was seen to drop it, whoever is alive and has sent may have it. */
function sendersOf(sender: SenderView, { sentBy }: EndsView, { tasks }: World): Link[] {
  if (sender.owner !== null) return [{ kind: 'sends', to: sender.owner, sender }];
  const senders = [...sentBy.values()];
  const alive = senders.filter(({ id }) => tasks.has(id));
  if (alive.length > 0) return alive.map((to) => ({ kind: 'sends', to, sender }));
  return [{ kind: 'leaked', to: null, sender, ended: senders }];
}

function membersOf(resource: ResourceRef, { sets, world }: Facts): Link[] {
  return [...world.tasks.values()].flatMap(({ ref }): Link[] =>
    sets.get(ref.id) === resource.id ? [{ kind: 'joins', to: ref }] : [],
  );
}
