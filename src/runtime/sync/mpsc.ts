/**
 * A queue between tasks: many producers, one consumer.
 *
 * ```text
 *   tx.send(v) ──▶ ┌──────────────┐ ──▶ rx.recv()
 *   tx.send(v) ──▶ │ capacity: 32 │
 *   tx.send(v) ──▶ └──────────────┘
 *      waits while it is full             waits while it is empty
 * ```
 *
 * A channel with a capacity slows its producers down to the pace of its consumer: that is
 * backpressure. Each receive frees one slot, and gives it to the producer that has waited longest.
 *
 * @module
 */
import { InvalidOptionError } from '../errors.ts';
import { Channel } from './mpsc/channel.ts';
import { Receiver } from './mpsc/receiver.ts';
import { Sender, UnboundedSender } from './mpsc/sender.ts';

export { Receiver } from './mpsc/receiver.ts';
export { Sender, UnboundedSender } from './mpsc/sender.ts';
export { Permit, PermitIterator } from './mpsc/slot.ts';
export { WeakSender, WeakUnboundedSender } from './mpsc/weak-sender.ts';

/**
 * A channel that holds at most `capacity` messages: `const [tx, rx] = mpsc.channel<string>(32)`.
 *
 * @throws {InvalidOptionError} unless the capacity is a whole number from 1 on.
 *
 * @example
 * ```ts
 * const [tx, rx] = mpsc.channel<string>(32);
 * spawn(function* () {
 *   using sender = tx; // Dropping the last sender closes the channel.
 *   yield* sender.send('Message 1');
 * }());
 * yield* rx.recv(); // => 'Message 1'
 * yield* rx.recv(); // => undefined
 * ```
 */
export function channel<T>(capacity: number): [Sender<T>, Receiver<T>] {
  if (!Number.isSafeInteger(capacity) || capacity < 1) {
    throw new InvalidOptionError('mpsc.channel()', 'a capacity of 1 or more', capacity);
  }
  const shared = new Channel<T>(capacity);
  return [new Sender(shared), new Receiver(shared)];
}

/**
 * A channel without a limit: sending never waits, and nothing slows a producer down.
 *
 * @example
 * ```ts
 * const [tx, rx] = mpsc.unboundedChannel<number>();
 * tx.send(1);
 * rx.length; // => 1
 * ```
 */
export function unboundedChannel<T>(): [UnboundedSender<T>, Receiver<T>] {
  const shared = new Channel<T>(undefined);
  return [new UnboundedSender(shared), new Receiver(shared)];
}
