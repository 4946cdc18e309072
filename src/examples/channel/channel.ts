/**
 * Channel: tasks that talk.
 *
 * You will see: the producer and main take turns. Main waits for a message and is woken by the very
 * send that brings one; it hears of the end when the last sender is dropped.
 *
 * Try: a capacity of 1 and a slow receiver. Who waits for whom now?
 *
 * Your own copy: `npx async-lessons run channel.ts`, or `await new Runtime().blockOn(main())` at its end.
 */
import { type Async, mpsc, println, secs, sleep, spawn } from 'async-lessons';

function* produce(tx: mpsc.Sender<string>, messages: number, every: number): Async<void> {
  using sender = tx; // Dropped at the end: the last sender to go closes the channel.
  for (let n = 1; n <= messages; n++) {
    yield* sender.send(`Message ${n}`);
    yield* sleep(every);
  }
}

export function* main({ messages = 5, capacity = 32, every = secs(1), consume = 0 } = {}): Async<void> {
  const [tx, rx] = mpsc.channel<string>(capacity);
  spawn(produce(tx, messages, every), { name: 'producer' });

  for (let message = yield* rx.recv(); message !== undefined; message = yield* rx.recv()) {
    println(`Received: ${message}`);
    yield* sleep(consume);
  }
  println('All messages received.');
}
