/**
 * What somebody has done to a resource, so that a task could go on: `bob put a message into channel 1`.
 *
 * The log names an operation (`channel 1 sent, holds 1 of 32`); here it is half a sentence with a
 * subject, to stand behind "because".
 *
 * @module
 */
import type { Await, ResourceRef, RuntimeEvent } from '../runtime/events.ts';
import { place } from './places.ts';
import { count } from './text.ts';
import { withPlace } from './words.ts';

/** An operation, as events tell it. */
export type OpEvent = Extract<RuntimeEvent, { kind: 'resource.op' }>;

/** Who did it, and where. */
export interface Doer {
  /** The subject of the sentence. */
  readonly who: string;
  /** `tea.ts:12`, or empty where that is not known. */
  readonly at: string;
}

/** `bob put a message into channel 1 at tea.ts:12`. What the world outside does has no task for its subject. */
export function deed(event: OpEvent, doer: Doer): string {
  const { kind, name } = event.resource;
  const by = (text: string) => withPlace(`${doer.who} ${text}`, doer.at);
  switch (event.op) {
    case 'armed':
      return by(`set ${name}`);
    case 'fired':
      return event.task === null ? `${name} fired` : by(`moved ${name} to a time that was over`);
    case 'cancelled':
      if (kind === 'worker') return `the call of ${name} was given up`;
      return by(kind === 'token' ? `cancelled ${name}` : `gave ${name} up`);
    case 'sent':
      return by(kind === 'oneshot' ? `sent the value of ${name}` : `put a message into ${name}`);
    case 'received':
      return by(kind === 'oneshot' ? `took the value of ${name}` : `took a message out of ${name}`);
    case 'discarded':
      return by(`threw away what was left in ${name}`);
    case 'reserved':
      return by(`kept room in ${name}`);
    case 'returned':
      return by(`gave back the room it had kept in ${name}`);
    case 'full':
      return by(`found no room in ${name}`);
    case 'closed':
      return event.by === 'peer'
        ? `the other side of ${name} has sent all it had`
        : by(closed(event.by, event.resource));
    case 'cloned':
      return by(`made another sender of ${name}`);
    case 'disposed':
      return by(`dropped a sender of ${name}`);
    case 'entered':
      return by(`put ${event.member.name} into ${name}`);
    case 'lagged':
      return by(`missed ${count(event.missed, 'message')} of ${name}`);
    case 'changed':
      return by(`changed the value of ${name}`);
    case 'contended':
      return by(`joined the line of ${name}`);
    case 'acquired':
      return by(`acquired ${permits(event)}`);
    case 'released':
      return by(`gave ${permits(event)} back`);
    case 'downgraded':
      return by(`went on as a reader of ${name}`);
    case 'added':
      return by(`added ${count(event.permits, 'permit')} to ${name}`);
    case 'forgotten':
      return by(`took ${count(event.permits, 'permit')} of ${name} away for good`);
    case 'granted':
      return by(`handed ${name} on to ${event.to?.name ?? 'a waiter'}`);
    case 'abandoned':
      return by(event.granted ? `gave up what it had just got of ${name}` : `left the line of ${name}`);
    case 'notified':
      return by(notified(event));
    case 'consumed':
      return by(`used up what was stored in ${name}`);
    case 'arrived':
      return by(
        `arrived at ${name}, as ${event.count === event.size ? 'the last' : `number ${event.count}`} of ${event.size}`,
      );
    case 'initialized':
      return by(`gave ${name} its value`);
    case 'opened':
      return kind === 'listener' ? `${name} began to listen` : `${name} was opened`;
    case 'readable':
      if (kind === 'pipe') return by(`wrote into ${name}, which holds ${count(event.bytes, 'byte')} now`);
      if (kind === 'listener') return `a visitor came to ${name}`;
      return `${name} had ${count(event.bytes, 'byte')} to read`;
    case 'writable':
      return kind === 'pipe' ? by(`made room in ${name}`) : `${name} could take more bytes`;
    case 'won':
      return by(`finished ${name} with its branch ${event.branch}`);
    case 'dropped':
      return by(`dropped the branch ${event.branch} of ${name}`);
    case 'settled':
      if (kind === 'worker') return `the call of ${name} ${event.outcome === 'fulfilled' ? 'returned' : 'threw'}`;
      return `${name} was ${event.outcome}`;
    default:
      return event satisfies never;
  }
}

/** The same, and `granted` says that the task it is about got it: `…, and main was next in line`. */
export function deedFor(event: OpEvent, doer: Doer, granted: OpEvent, whom: string): string {
  const got = granted.resource.kind === 'channel' ? `the room went to ${whom}` : `${whom} was next in line`;
  return `${deed(event, doer)}, and ${got}`;
}

/** No operation was told: all that is known is what it went through. */
export function unnamed(resource: ResourceRef, { who, at }: Doer): string {
  if (resource.kind !== 'tracker') return withPlace(`${who} woke it through ${resource.name}`, at);
  return withPlace(`${who} left ${resource.name} closed and empty`, at);
}

/** The same, and no task did it: the driver did, or the host. */
export function news(resource: ResourceRef, awaits: readonly Await[], folder: string): string {
  const { kind, name } = resource;
  switch (kind) {
    case 'timer':
      return `${waitedFor(resource, awaits, folder)} fired`;
    case 'signal':
      return `${waitedFor(resource, awaits, folder)} came in`;
    case 'socket':
    case 'listener':
    case 'promise':
    case 'worker':
      return `the host had news of ${waitedFor(resource, awaits, folder)}`;
    case 'joinset':
      return `a call of ${name} on another thread has ended`;
    case 'channel':
    case 'oneshot':
    case 'broadcast':
    case 'watch':
    case 'mutex':
    case 'rwlock':
    case 'semaphore':
    case 'notify':
    case 'barrier':
    case 'once':
    case 'token':
    case 'tracker':
    case 'pipe':
    case 'select':
      return `something outside of all tasks used ${name}`;
    default:
      return kind satisfies never;
  }
}

/** `timer 1 (sleep(2s) at tea.ts:16)`: with what waits for it, which says more than a number. */
function waitedFor({ id, name }: ResourceRef, awaits: readonly Await[], folder: string): string {
  const wait = awaits.find(({ resource }) => resource?.id === id);
  return wait === undefined ? name : `${name} (${withPlace(wait.op, place(wait.stack[0], folder))})`;
}

/** `it had yielded at counter.ts:18, and the others have had their turn`. */
export function yielded(awaits: readonly Await[], folder: string): string {
  const wasSpent = awaits.some(({ op }) => op === 'the next turn (budget used up)');
  const at = awaits.length === 1 ? place(awaits[0]?.stack[0], folder) : '';
  return `${withPlace(wasSpent ? 'it had used up its budget' : 'it had yielded', at)}, and the others have had their turn`;
}

function closed(by: 'senders' | 'receiver' | 'us', { kind, name }: ResourceRef): string {
  switch (by) {
    case 'senders':
      if (kind === 'pipe') return `ended what it writes into ${name}`;
      return `dropped the ${kind === 'oneshot' ? '' : 'last '}sender of ${name}`;
    case 'receiver':
      if (kind === 'pipe') return `dropped the reading end of ${name}`;
      if (kind === 'channel' || kind === 'oneshot') return `closed the receiver of ${name}`;
      return `dropped the last receiver of ${name}`;
    case 'us':
      return `closed ${name}`;
    default:
      return by satisfies never;
  }
}

function notified({ waiters, stored, resource: { name } }: Extract<OpEvent, { op: 'notified' }>): string {
  if (stored) return `left a notification in ${name}`;
  return waiters === 1 ? `notified a waiter of ${name}` : `notified all ${waiters} waiters of ${name}`;
}

/** `2 permits of semaphore 1`, `the write lock of rwlock 1`; a lock that has one holder, by its name. */
function permits({ permits, resource: { kind, name } }: Extract<OpEvent, { readonly available: number }>): string {
  if (kind === 'semaphore') return `${count(permits, 'permit')} of ${name}`;
  if (kind === 'rwlock') return `the ${permits === 1 ? 'read' : 'write'} lock of ${name}`;
  return name;
}
