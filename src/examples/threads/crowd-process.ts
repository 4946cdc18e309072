/**
 * Runs in a process of its own: measures one crowd, and reports what it cost.
 *
 * @module
 */
import { freemem } from 'node:os';
import { type Async, Runtime, secs, sleep } from '../../runtime/index.ts';
import { order, report } from '../companion-side.ts';
import { measure } from './threads.ts';

/** Until it is ended from outside. */
const A_WHILE = secs(60);

/** What there is to measure. */
export interface Crowd {
  readonly kind: 'threads' | 'tasks';
  readonly count: number;
  /** How much memory it may take, in bytes. */
  readonly memory: number;
}

const { kind, count, memory } = order<Crowd>();
const before = process.memoryUsage.rss();

/** A crowd stops before it takes more than it may, and before others have taken what was left for it. */
function mayGoOn(started: number): boolean {
  report({ started });
  return process.memoryUsage.rss() - before < memory && freemem() > memory / 2;
}

function* main(): Async<void> {
  report({ cost: yield* measure(kind, count, mayGoOn) });
  // They are ended with the process, and not one by one.
  yield* sleep(A_WHILE);
}

await new Runtime(kind === 'threads' ? { maxBlockingThreads: count } : {}).blockOn(main());
