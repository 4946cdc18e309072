/**
 * The things tasks wait for, as a trace sees them.
 *
 * A primitive extends {@link Resource} to be known by kind and number ("channel 1", "mutex 2").
 * The numbers are given by the tracer of a run, when it first hears of a resource: a run that
 * nobody observes pays nothing, not even a field.
 *
 * @module
 */
import { current, tracing } from './context.ts';
import type { Task } from './task.ts';

/** What kinds of resources there are. */
export type ResourceKind =
  | 'timer'
  | 'channel'
  | 'oneshot'
  | 'broadcast'
  | 'watch'
  | 'mutex'
  | 'rwlock'
  | 'semaphore'
  | 'notify'
  | 'barrier'
  | 'once'
  | 'token'
  | 'joinset'
  | 'tracker'
  | 'pipe'
  | 'select'
  | 'promise'
  | 'worker'
  | 'listener'
  | 'socket'
  | 'signal';

/** A timer, a channel, a lock, a socket. */
export abstract class Resource {
  /** Its kind; also the word it is called by. */
  abstract get kind(): ResourceKind;

  /** What else to know of it, for example `mpsc, capacity 32`. */
  get detail(): string {
    return '';
  }
}

/** Tells it from a task. A timer is one without extending it: it is a future as well. */
export function isResource(awaited: Resource | Task | undefined): awaited is Resource {
  return awaited !== undefined && 'kind' in awaited;
}

/** The task that runs, if somebody observes: who acquires a lock is noted for the trace alone. */
export function tracedTask(): Task | undefined {
  return tracing() === undefined ? undefined : current?.task;
}
