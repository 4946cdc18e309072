/**
 * One value that changes, and everybody who wants to know.
 *
 * ```text
 *                          ┌────────────┐ ──▶ rx.changed(), rx.borrow()   has seen version 7
 *   tx.send(config) ─────▶ │ version: 8 │ ──▶ rx.changed(), rx.borrow()   has seen version 8: waits
 *                          └────────────┘ ──▶ rx.changed(), rx.borrow()   has seen version 3
 * ```
 *
 * Only the last value is kept. Who comes late sees it, and not what was there in between: settings,
 * a state, a signal to stop. Each receiver knows which version it has seen.
 *
 * @module
 */
import { Channel } from './watch/channel.ts';
import { Receiver } from './watch/receiver.ts';
import { Sender } from './watch/sender.ts';

export { Receiver } from './watch/receiver.ts';
export { type Ref, Sender } from './watch/sender.ts';

/**
 * A channel that keeps one value: `const [tx, rx] = watch.channel(initial)`. The initial value counts
 * as seen.
 *
 * Nobody disposes the values: everybody who has borrowed one may still use it.
 *
 * @example
 * ```ts
 * const [tx, rx] = watch.channel('starting');
 * const waiter = spawn(function* () {
 *   yield* rx.changed();
 *   return rx.borrow();
 * }());
 * yield* yieldNow();
 * tx.send('running');
 * yield* waiter; // => 'running'
 * ```
 */
export function channel<T>(initial: T): [Sender<T>, Receiver<T>] {
  const shared = new Channel(initial);
  return [new Sender(shared), new Receiver(shared, shared.version)];
}
