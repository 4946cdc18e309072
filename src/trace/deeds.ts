/**
 * What somebody has done to a resource, so that a task could go on: `bob put a message into channel 1`.
 *
 * The log names an operation (`channel 1 sent, holds 1 of 32`); here it is half a sentence with a
 * subject, to stand behind "because".
 *
 * @module
 */
import type { ResourceRef, RuntimeEvent } from '../runtime/events.ts';
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

/** `bob put a message into channel 1 at tea.ts:12`. */
export function deed(event: OpEvent, { who, at }: Doer): string {
  return outside(event) ?? withPlace(`${who} ${did(event)}`, at);
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

/** The same, and no task did it: the host came with it. */
export function news(resource: ResourceRef): string {
  const { kind, name } = resource;
  switch (kind) {
    case 'signal':
      return `${name} came in`;
    case 'socket':
    case 'listener':
    case 'promise':
    case 'worker':
      return `the host had news of ${name}`;
    case 'joinset':
      return `a call of ${name} on another thread has ended`;
    case 'timer':
      return `${name} fired`;
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

/** What the world outside does has no task for its subject, whoever runs while it is noticed. */
function outside(event: OpEvent): string | undefined {
  const { kind, name } = event.resource;
  switch (event.op) {
    case 'fired':
      return event.task === null ? `${name} fired` : undefined;
    case 'opened':
      return kind === 'listener' ? `${name} began to listen` : `${name} was opened`;
    case 'readable':
      if (kind === 'pipe') return undefined;
      if (kind === 'listener') return `a visitor came to ${name}`;
      return event.bytes === 0 ? `${name} could be read` : `${name} had ${bytes(event.bytes)} to read`;
    case 'writable':
      return kind === 'pipe' ? undefined : `${name} could take more bytes`;
    case 'settled':
      if (kind === 'worker') return `the call of ${name} ${event.outcome === 'fulfilled' ? 'returned' : 'threw'}`;
      return `${name} was ${event.outcome}`;
    case 'cancelled':
      return kind === 'worker' ? `the call of ${name} was given up` : undefined;
    case 'closed':
      return event.by === 'peer' ? `the other side of ${name} has sent all it had` : undefined;
    default:
      return undefined;
  }
}

/** What a task does, behind its name. */
function did(event: OpEvent): string {
  const { kind, name } = event.resource;
  switch (event.op) {
    case 'armed':
      return `set ${name}`;
    case 'fired':
      return `moved ${name} to a time that was over`;
    case 'cancelled':
      return kind === 'token' ? `cancelled ${name}` : `gave ${name} up`;
    case 'sent':
      return kind === 'oneshot' ? `sent the value of ${name}` : `put a message into ${name}`;
    case 'received':
      return kind === 'oneshot' ? `took the value of ${name}` : `took a message out of ${name}`;
    case 'discarded':
      return `threw away what was left in ${name}`;
    case 'reserved':
      return `kept room in ${name}`;
    case 'returned':
      return `gave back the room it had kept in ${name}`;
    case 'full':
      return `found no room in ${name}`;
    case 'closed':
      return closed(event);
    case 'lagged':
      return `missed ${count(event.missed, 'message')} of ${name}`;
    case 'changed':
      return `changed the value of ${name}`;
    case 'contended':
      return `joined the line of ${name}`;
    case 'acquired':
      return `acquired ${permits(event)}`;
    case 'released':
      return `gave ${permits(event)} back`;
    case 'added':
      return `added ${permits(event)}`;
    case 'forgotten':
      return `took ${permits(event)} away for good`;
    case 'granted':
      return `handed ${name} on to ${event.to?.name ?? 'a waiter'}`;
    case 'abandoned':
      return event.granted ? `gave up what it had just got of ${name}` : `left the line of ${name}`;
    case 'notified':
      return notified(event);
    case 'consumed':
      return `used up what was stored in ${name}`;
    case 'arrived':
      return `arrived at ${name}, as ${event.count === event.size ? 'the last' : `number ${event.count}`} of ${event.size}`;
    case 'initialized':
      return `gave ${name} its value`;
    case 'opened':
      return `opened ${name}`;
    case 'readable':
      return kind === 'pipe' ? `wrote into ${name}, which holds ${bytes(event.bytes)} now` : `had ${name} to read`;
    case 'writable':
      return `made room in ${name}`;
    case 'won':
      return `finished ${name} with its branch ${event.branch}`;
    case 'dropped':
      return `dropped the branch ${event.branch} of ${name}`;
    case 'settled':
      return `settled ${name}`;
    default:
      return event satisfies never;
  }
}

function closed({ by, resource: { kind, name } }: Extract<OpEvent, { op: 'closed' }>): string {
  switch (by) {
    case 'senders':
      if (kind === 'pipe') return `ended what it writes into ${name}`;
      return `dropped the ${kind === 'oneshot' ? '' : 'last '}sender of ${name}`;
    case 'receiver':
      if (kind === 'pipe') return `dropped the reading end of ${name}`;
      if (kind === 'channel' || kind === 'oneshot') return `closed ${name}, which it received from`;
      return `dropped the last receiver of ${name}`;
    case 'peer':
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

function bytes(n: number): string {
  return count(n, 'byte');
}
