/**
 * The shape of a line of a saved run: src/runtime/events.ts once more, as data. The types of both
 * are held against each other, so one cannot change without the other.
 *
 * @module
 */
import type { RuntimeEvent } from '../../runtime/events.ts';
import { cases, decode, flag, list, maybe, number, type Of, record, text, whole, word } from './shape.ts';

const task = record('task', { id: whole, name: text });

const resource = record('resource', {
  id: whole,
  kind: word(
    ...(['timer', 'channel', 'oneshot', 'broadcast', 'watch', 'mutex', 'rwlock', 'semaphore', 'notify'] as const),
    ...(['barrier', 'once', 'token', 'joinset', 'tracker', 'pipe', 'select', 'promise', 'worker'] as const),
    ...(['listener', 'socket', 'signal'] as const),
  ),
  name: text,
});

const location = record('location', { file: text, line: whole, column: whole, fn: text });

const wait = record('await', {
  op: text,
  resource: maybe(resource),
  task: maybe(task),
  stack: list(location),
});

const cause = cases(
  'cause',
  'kind',
  {},
  {
    task: { task, resource: maybe(resource), location: maybe(location) },
    self: { resource: maybe(resource), location: maybe(location) },
    timer: { resource },
    io: { resource },
    yield: {},
    abort: { task: maybe(task) },
    host: {},
  },
);

const filled = { length: whole, capacity: maybe(whole) } as const;
const permitted = { permits: whole, available: whole } as const;

const operations = cases(
  'operation',
  'op',
  { resource, task: maybe(task) },
  {
    armed: { deadline: number },
    fired: {},
    cancelled: {},
    sent: filled,
    received: filled,
    discarded: filled,
    reserved: filled,
    returned: filled,
    full: filled,
    cloned: { sender: whole, senders: whole, location: maybe(location) },
    disposed: { sender: whole, senders: whole },
    closed: { by: word('senders', 'receiver', 'peer', 'us') },
    lagged: { missed: whole },
    changed: { version: whole },
    contended: permitted,
    acquired: { ...permitted, granted: flag, location: maybe(location) },
    released: { holder: maybe(task), ...permitted },
    downgraded: { holder: maybe(task), ...permitted },
    added: permitted,
    forgotten: permitted,
    granted: { to: maybe(task), permits: whole },
    abandoned: { granted: flag },
    notified: { waiters: whole, stored: flag },
    consumed: {},
    entered: { member: task },
    arrived: { count: whole, size: whole },
    initialized: {},
    opened: { detail: text },
    readable: { bytes: whole },
    writable: {},
    won: { branch: text },
    dropped: { branch: text },
    settled: { outcome: word('fulfilled', 'rejected') },
  },
);

/** Every line of a saved run but the first. */
export const EVENT = cases(
  'event',
  'kind',
  { at: number },
  {
    'runtime.started': { clock: word('real', 'virtual'), seed: number, speed: number },
    'runtime.parked': { until: maybe(number), io: whole },
    'runtime.unparked': { by: word('timer', 'io') },
    'runtime.halted': { why: word('stuck', 'stopped') },
    'runtime.finished': { outcome: word('returned', 'threw', 'stuck', 'stopped') },
    'task.spawned': { task, parent: maybe(task), location: maybe(location) },
    'task.poll-started': { task, poll: whole },
    'task.poll-ended': {
      task,
      poll: whole,
      outcome: word('ready', 'pending', 'panicked', 'aborted'),
      busy: number,
      awaits: list(wait),
    },
    'task.woken': { task, by: cause },
    'task.completed': { task, outcome: word('ok', 'panicked'), error: maybe(text) },
    'task.cancelled': { task },
    'task.unjoined': { task, error: text },
    'resource.created': { resource, detail: text, location: maybe(location) },
    'resource.op': operations,
    print: { task: maybe(task), text },
    'future.unawaited': { op: text, resource: maybe(resource), task: maybe(task), location: maybe(location) },
  },
);

/** The first line of a saved run. */
export const HEADER = record('header', {
  format: word('async-lessons-trace'),
  version: whole,
  package: text,
  lesson: maybe(text),
  clock: maybe(word('real', 'virtual')),
  seed: maybe(number),
  speed: maybe(number),
  dropped: whole,
  since: maybe(number),
});

/** What the first line of a saved run says. */
export type Header = Of<typeof HEADER>;

/** An event, as its shape has it. */
export type ShapedEvent = Of<typeof EVENT>;

/** @throws {ShapeError} if it is none. */
export function readHeader(value: unknown): Header {
  return decode(HEADER, value) as Header;
}

/** @throws {ShapeError} if it is none. */
export function readEvent(value: unknown): RuntimeEvent {
  const event: RuntimeEvent = decode(EVENT, value) as ShapedEvent;
  return event;
}
