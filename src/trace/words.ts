/**
 * What events mean, in words that the story and the log share.
 *
 * @module
 */
import type { Await, ResourceRef, RuntimeEvent, WakeCause } from '../runtime/events.ts';
import { place } from './places.ts';
import { count, grouped } from './text.ts';

/** How many different waits of a task are told. Of a large `joinAll` the others are counted. */
const TOLD_WAITS = 5;

/** `sleep(2s) at tea.ts:18`: what a task waits for, and where. */
export function waits(awaits: readonly Await[], folder: string): string {
  if (awaits.length === 0) return 'nothing that could wake it';
  const times = new Map<string, number>();
  for (const wait of awaits) {
    const text = withPlace(describe(wait), place(wait.stack[0], folder));
    times.set(text, (times.get(text) ?? 0) + 1);
  }
  const told = [...times].slice(0, TOLD_WAITS).map(([text, n]) => (n === 1 ? text : `${text} (${n} times)`));
  const untold = [...times.values()].slice(TOLD_WAITS).reduce((sum, n) => sum + n, 0);
  return [...told, ...(untold === 0 ? [] : [`${grouped(untold)} more`])].join(' and ');
}

/** `recv() on channel 1`. Timers need no name: their duration tells them apart. */
export function describe({ op, resource }: Await): string {
  return resource === null || resource.kind === 'timer' || resource.kind === 'select'
    ? op
    : `${op} on ${resource.name}`;
}

/** `producer through channel 1 at channel.ts:17`: who made a task ready, through what, and where. */
export function cause(by: WakeCause, folder: string): string {
  switch (by.kind) {
    case 'task':
      return withPlace(
        `${by.task.name}${by.resource ? ` through ${by.resource.name}` : ''}`,
        place(by.location, folder),
      );
    case 'self':
      return withPlace(`itself${by.resource ? ` through ${by.resource.name}` : ''}`, place(by.location, folder));
    case 'timer':
    case 'io':
      return by.resource.name;
    case 'yield':
      return 'the driver, after its yield';
    case 'abort':
      return by.task === null ? 'an abort' : `an abort by ${by.task.name}`;
    case 'host':
      return 'the host';
    default:
      return by satisfies never;
  }
}

/** What happened to a resource, after its name: `armed until 2000.000`. */
export function operation(event: Extract<RuntimeEvent, { kind: 'resource.op' }>): string {
  switch (event.op) {
    case 'armed':
      return `armed until ${event.deadline.toFixed(3)}`;
    case 'sent':
    case 'received':
    case 'full':
    case 'reserved':
    case 'returned':
    case 'discarded':
      return `${event.op}, holds ${event.length}${event.capacity === null ? '' : ` of ${event.capacity}`}`;
    case 'closed':
      return `closed by ${{ senders: 'its senders', receiver: 'its receiver', peer: 'the peer', us: 'us' }[event.by]}`;
    case 'granted':
      return `granted to ${event.to?.name ?? 'a waiter'}`;
    case 'opened':
      return `opened, ${event.detail}`;
    case 'readable':
      return event.bytes === 0 ? 'readable' : `readable, ${count(event.bytes, 'byte')}`;
    case 'won':
    case 'dropped':
      return `${event.op === 'won' ? 'won by' : 'drops'} ${event.branch}`;
    case 'settled':
      return event.outcome;
    case 'cloned':
      return `cloned: sender ${event.sender}, ${event.senders} in all`;
    case 'disposed':
      return `lost sender ${event.sender}, ${event.senders} left`;
    case 'entered':
      return `has a new member, ${event.member.name}`;
    case 'contended':
    case 'acquired':
    case 'released':
    case 'added':
    case 'forgotten':
      return `${event.op}${ofPermits(event)}`;
    case 'downgraded':
      return 'downgraded: its writer is a reader now';
    case 'lagged':
      return `lagged, ${count(event.missed, 'message')} missed`;
    case 'changed':
      return `changed, version ${event.version}`;
    case 'notified':
      return event.stored ? 'notified, and nobody waits: stored' : `notified, wakes ${event.waiters}`;
    case 'arrived':
      return `arrived, ${event.count} of ${event.size}`;
    case 'fired':
    case 'cancelled':
    case 'abandoned':
    case 'consumed':
    case 'initialized':
    case 'writable':
      return event.op;
    default:
      return event satisfies never;
  }
}

/** `, 2 permits, 1 free` of a semaphore; how an rwlock is held; nothing for a lock that has one holder. */
function ofPermits(event: { readonly resource: ResourceRef; readonly permits: number; readonly available: number }) {
  switch (event.resource.kind) {
    case 'semaphore':
      return `, ${count(event.permits, 'permit')}, ${event.available} free`;
    case 'rwlock':
      return event.permits === 1 ? ' for reading' : ' for writing';
    default:
      return '';
  }
}

/** Adds where it was, if that is known. */
export function withPlace(text: string, at: string): string {
  return at === '' ? text : `${text} at ${at}`;
}
