/**
 * Messages for everybody: each receiver gets every message that is sent while it is there.
 *
 * ```text
 *                     capacity: 4
 *                ┌───┬───┬───┬───┐
 *   tx.send() ─▶ │ 8 │ 7 │ 6 │ 5 │ ─▶ gone
 *                └───┴───┴───┴───┘
 *                      ▲       ▲          ▲
 *                      │       │          └─ rx.recv(): LaggedError, goes on with 5
 *                      │       └─ rx.recv(): 5
 *                      └─ rx.recv(): 7
 * ```
 *
 * Nobody slows a sender down: the channel keeps the last messages, and who is slower than that loses
 * some, and hears how many. A slow receiver is a number, so it costs nothing.
 *
 * JavaScript has no copies to hand out: all receivers get the same value, which is theirs from then
 * on. A message that nobody has received is disposed, if it can be, when it makes way for a new one
 * or when the last one who could have received it is gone.
 *
 * @module
 */
import { InvalidOptionError } from '../errors.ts';
import { Channel, Cursor } from './broadcast/channel.ts';
import { Receiver } from './broadcast/receiver.ts';
import { Sender } from './broadcast/sender.ts';

export { Receiver } from './broadcast/receiver.ts';
export { Sender, WeakSender } from './broadcast/sender.ts';

/** The largest capacity: the largest power of two that an array has room for. Unit: messages. */
const LARGEST = 2 ** 31;

/**
 * A channel that keeps the last `capacity` messages: `const [tx, rx] = broadcast.channel<string>(16)`.
 * The capacity is rounded up to a power of two.
 *
 * @throws {InvalidOptionError} unless the capacity is a whole number from 1 to 2³¹.
 *
 * @example
 * ```ts
 * const [tx, rx] = broadcast.channel<string>(16);
 * const other = tx.subscribe();
 * tx.send('tea is ready'); // => 2
 * yield* rx.recv(); // => 'tea is ready'
 * yield* other.recv(); // => 'tea is ready'
 * ```
 */
export function channel<T>(capacity: number): [Sender<T>, Receiver<T>] {
  if (!Number.isSafeInteger(capacity) || capacity < 1 || capacity > LARGEST) {
    throw new InvalidOptionError('broadcast.channel()', `a capacity from 1 to ${LARGEST}`, capacity);
  }
  let slots = 1;
  while (slots < capacity) slots *= 2;
  const shared = new Channel<T>(slots);
  return [new Sender(shared), new Receiver(shared, new Cursor(0))];
}
