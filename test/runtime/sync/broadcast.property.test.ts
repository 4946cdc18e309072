/** Any program of broadcast operations does what a model in plain lists says, message by message and wake by wake. */
import { broadcast, LaggedError, Pending, RecvError, SendError, TryRecvError } from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byHand, type HandPolled } from '../../support/hand-poll.ts';

/** A message, and what became of it. */
class Message implements Disposable {
  readonly n: number;
  disposed = 0;
  /** The model: was it received? Then it is not the channel's to dispose. */
  received = false;

  constructor(n: number) {
    this.n = n;
  }

  [Symbol.dispose](): void {
    this.disposed += 1;
  }
}

interface Receiver {
  readonly rx: broadcast.Receiver<Message>;
  /** The model: all that was sent since it came and that it has not received, lost or not. */
  readonly inbox: Message[];
  recv: Waiting<Message> | undefined;
}

interface Waiting<T> {
  readonly future: HandPolled<T>;
  wakes: number;
}

const CLOSED = 'closed';
const EMPTY = 'empty';

class World {
  readonly capacity: number;
  readonly senders: broadcast.Sender<Message>[] = [];
  readonly weak: broadcast.WeakSender<Message>[] = [];
  readonly receivers: Receiver[] = [];
  readonly closings: Waiting<void>[] = [];
  readonly messages: Message[] = [];
  line: Waiting<Message>[] = [];
  closingLine: Waiting<void>[] = [];

  constructor(capacity: number) {
    this.capacity = [1, 1, 2, 4, 4, 8][capacity] as number;
    const [tx, rx] = broadcast.channel<Message>(capacity);
    this.senders.push(tx);
    this.receivers.push({ rx, inbox: [], recv: undefined });
  }

  fresh(): Message {
    const message = new Message(this.messages.length);
    this.messages.push(message);
    return message;
  }

  /** What the channel keeps: the last messages, as far as somebody has still to read them. */
  get length(): number {
    const unread = this.receivers.map(({ inbox }) => inbox.length);
    return Math.min(this.capacity, Math.max(0, ...unread));
  }

  /** Whatever nobody can read any more and nobody has received must have been disposed, and nothing else. */
  checkMessages(sent: ReadonlySet<Message>): void {
    const readable = new Set(this.receivers.flatMap(({ inbox }) => inbox.slice(-this.capacity)));
    for (const message of this.messages) {
      const lost = sent.has(message) && !message.received && !readable.has(message);
      expect([message.n, message.disposed]).toEqual([message.n, lost ? 1 : 0]);
    }
  }

  /** Those that were taken by the channel: a send that fails gives its message back. */
  readonly sent = new Set<Message>();

  send(message: Message): void {
    this.sent.add(message);
    for (const { inbox } of this.receivers) inbox.push(message);
    this.wakeAll();
  }

  wakeAll(): void {
    for (const waiting of this.line) waiting.wakes += 1;
    this.line = [];
  }

  /** What a receiver must get next. */
  next(receiver: Receiver): Message | number | typeof CLOSED | typeof EMPTY {
    const { inbox } = receiver;
    const skipped = inbox.length - this.capacity;
    if (skipped > 0) {
      inbox.splice(0, skipped);
      return skipped;
    }
    const message = inbox.shift();
    if (message === undefined) return this.senders.length === 0 ? CLOSED : EMPTY;
    message.received = true;
    return message;
  }

  /** All that can be seen of the channel from outside. */
  seen(): string {
    const inboxes = this.receivers.map(({ rx, recv }) => [rx.length, rx.isEmpty(), rx.isClosed(), recv?.future.wakes]);
    const ends = this.senders.map((tx) => [tx.length, tx.isEmpty(), tx.receiverCount, tx.strongCount, tx.weakCount]);
    return [...inboxes, '|', ...ends, '|', ...this.closings.map(({ future }) => future.wakes)].join(' ');
  }

  foreseen(): string {
    const { senders, receivers, weak, length } = this;
    const isClosed = senders.length === 0;
    const inboxes = receivers.map(({ inbox, recv }) => [inbox.length, inbox.length === 0, isClosed, recv?.wakes]);
    const ends = senders.map(() => [length, length === 0, receivers.length, senders.length, weak.length]);
    return [...inboxes, '|', ...ends, '|', ...this.closings.map(({ wakes }) => wakes)].join(' ');
  }
}

type Step = (world: World, who: number) => void;

function pick<T>(from: readonly T[], who: number): T | undefined {
  return from[who % Math.max(1, from.length)];
}

/** An answer, or the word for the error; how many were missed. */
function outcomeOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    if (error instanceof LaggedError) return error.skipped;
    if (error instanceof SendError || error instanceof RecvError) return CLOSED;
    if (error instanceof TryRecvError) return error.isEmpty() ? EMPTY : CLOSED;
    throw error;
  }
}

/** In Rust a receiver that waits is borrowed: nobody can touch it but to drop the wait first. */
function idle(world: World, who: number): Receiver | undefined {
  const receiver = pick(world.receivers, who);
  receiver?.recv?.future.drop();
  if (receiver !== undefined) leave(world, receiver);
  return receiver;
}

function leave(world: World, receiver: Receiver): void {
  world.line = world.line.filter((waiting) => waiting !== receiver.recv);
  receiver.recv = undefined;
}

const steps: Record<string, Step> = {
  send(world, who) {
    const sender = pick(world.senders, who);
    if (sender === undefined) return;
    const message = world.fresh();
    const receivers = world.receivers.length;
    expect(outcomeOf(() => sender.send(message))).toBe(receivers === 0 ? CLOSED : receivers);
    if (receivers > 0) world.send(message);
  },
  recv(world, who) {
    const receiver = pick(world.receivers, who);
    if (receiver === undefined) return;
    receiver.recv ??= { future: byHand(receiver.rx.recv()), wakes: 0 };
    const { recv } = receiver;
    const answer = outcomeOf(() => recv.future.poll());
    const expected = world.next(receiver);
    expect(answer).toBe(expected === EMPTY ? Pending : expected);
    if (expected !== EMPTY) leave(world, receiver);
    else if (!world.line.includes(recv)) world.line.push(recv);
  },
  tryRecv(world, who) {
    const receiver = idle(world, who);
    if (receiver !== undefined) expect(outcomeOf(() => receiver.rx.tryRecv())).toBe(world.next(receiver));
  },
  cancel(world, who) {
    idle(world, who);
  },
  subscribe(world, who) {
    const sender = pick(world.senders, who);
    if (sender !== undefined) world.receivers.push({ rx: sender.subscribe(), inbox: [], recv: undefined });
  },
  resubscribe(world, who) {
    const receiver = pick(world.receivers, who);
    if (receiver !== undefined) world.receivers.push({ rx: receiver.rx.resubscribe(), inbox: [], recv: undefined });
  },
  clone(world, who) {
    const sender = pick(world.senders, who);
    if (sender !== undefined) world.senders.push(sender.clone());
  },
  downgrade(world, who) {
    const sender = pick(world.senders, who);
    if (sender !== undefined) world.weak.push(sender.downgrade());
  },
  upgrade(world, who) {
    const weak = pick(world.weak, who);
    if (weak === undefined) return;
    const sender = weak.upgrade();
    expect(sender === undefined).toBe(world.senders.length === 0);
    if (sender !== undefined) world.senders.push(sender);
  },
  closed(world, who) {
    const sender = pick(world.senders, who);
    if (sender === undefined) return;
    world.closings.push({ future: byHand(sender.closed()), wakes: 0 });
    steps.pollClosed?.(world, world.closings.length - 1);
  },
  pollClosed(world, who) {
    const closing = pick(world.closings, who);
    if (closing === undefined) return;
    expect(closing.future.poll()).toBe(world.receivers.length === 0 ? undefined : Pending);
    if (world.receivers.length === 0) steps.dropClosed?.(world, who);
    else if (!world.closingLine.includes(closing)) world.closingLine.push(closing);
  },
  dropClosed(world, who) {
    const closing = pick(world.closings, who);
    if (closing === undefined) return;
    closing.future.drop();
    world.closings.splice(world.closings.indexOf(closing), 1);
    world.closingLine = world.closingLine.filter((other) => other !== closing);
  },
  dropReceiver(world, who) {
    const receiver = idle(world, who);
    if (receiver === undefined) return;
    receiver.rx[Symbol.dispose]();
    world.receivers.splice(world.receivers.indexOf(receiver), 1);
    if (world.receivers.length > 0) return;
    for (const closing of world.closingLine) closing.wakes += 1;
    world.closingLine = [];
  },
  dropSender(world, who) {
    const sender = pick(world.senders, who);
    if (sender === undefined) return;
    sender[Symbol.dispose]();
    world.senders.splice(world.senders.indexOf(sender), 1);
    if (world.senders.length === 0) world.wakeAll();
  },
  dropWeak(world, who) {
    const weak = pick(world.weak, who);
    if (weak === undefined) return;
    weak[Symbol.dispose]();
    world.weak.splice(world.weak.indexOf(weak), 1);
  },
};

describe('any program of broadcast operations', () => {
  const often = ['send', 'send', 'send', 'send', 'send', 'recv', 'recv', 'recv', 'recv', 'tryRecv', 'subscribe'];
  const step = fc.tuple(fc.constantFrom(...often, ...Object.keys(steps)), fc.nat(7));

  it('does what the model says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(step, { maxLength: 80, size: 'max' }),
        (capacity, program) => {
          const world = new World(capacity);
          for (const [name, who] of program) {
            steps[name]?.(world, who);
            expect(world.seen()).toBe(world.foreseen());
            world.checkMessages(world.sent);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
