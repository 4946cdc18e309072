/** Any program of watch operations does what a model in plain numbers says, version by version and wake by wake. */
import { Pending, RecvError, SendError, watch } from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byHand, type HandPolled } from '../../support/hand-poll.ts';

/** A value that only tells apart: equal ones are different changes. */
type Value = { readonly n: number };

interface Receiver {
  readonly rx: watch.Receiver<Value>;
  /** What the model knows: has it something new? */
  isNew: boolean;
  wait: Waiting | undefined;
}

interface Waiting {
  readonly future: HandPolled<unknown>;
  /** Of `waitFor`: which values it wants, and whether it has asked yet. */
  readonly wants: number | undefined;
  asked: boolean;
  wakes: number;
}

interface Closing {
  readonly future: HandPolled<void>;
  wakes: number;
}

const CLOSED = 'closed';

class World {
  readonly senders: watch.Sender<Value>[] = [];
  readonly receivers: Receiver[] = [];
  readonly closings: Closing[] = [];

  // The model.
  value: Value = { n: 0 };
  /** Everybody who is in line, the longest waiting first. */
  line: Waiting[] = [];
  closingLine: Closing[] = [];
  #next = 1;

  constructor() {
    const [tx, rx] = watch.channel(this.value);
    this.senders.push(tx);
    this.receivers.push({ rx, isNew: false, wait: undefined });
  }

  fresh(): Value {
    return { n: this.#next++ };
  }

  replaced(value: Value): void {
    this.value = value;
    for (const receiver of this.receivers) receiver.isNew = true;
    this.wakeAll();
  }

  wakeAll(): void {
    for (const waiting of this.line) waiting.wakes += 1;
    this.line = [];
  }

  /** All that can be seen of the channel from outside. */
  seen(): string {
    const wakes = this.receivers.map(({ wait }) => wait?.future.wakes);
    const news = this.receivers.map(({ rx }) => `${outcomeOf(() => rx.hasChanged())} ${rx.borrow().n}`);
    const ends = this.senders.map((tx) => [tx.receiverCount, tx.senderCount, tx.isClosed(), tx.borrow().n].join(' '));
    return [wakes, news, ends, this.closings.map(({ future }) => future.wakes)].join(' | ');
  }

  foreseen(): string {
    const { senders, receivers } = this;
    const wakes = receivers.map(({ wait }) => wait?.wakes);
    const news = receivers.map(({ isNew }) => `${senders.length === 0 ? CLOSED : isNew} ${this.value.n}`);
    const ends = senders.map(() => [receivers.length, senders.length, receivers.length === 0, this.value.n].join(' '));
    return [wakes, news, ends, this.closings.map((closing) => closing.wakes)].join(' | ');
  }
}

type Step = (world: World, who: number) => void;

function pick<T>(from: readonly T[], who: number): T | undefined {
  return from[who % Math.max(1, from.length)];
}

/** An answer, or the word for the error. */
function outcomeOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    if (error instanceof SendError || error instanceof RecvError) return CLOSED;
    throw error;
  }
}

/** What the poll of a waiting one must answer. Marks as seen what is seen by it. */
function expectedOf(world: World, receiver: Receiver, waiting: Waiting): unknown {
  const isIt = () => waiting.wants === undefined || world.value.n % 4 === waiting.wants;
  const answer = () => (waiting.wants === undefined ? undefined : world.value);
  const looks = receiver.isNew || (waiting.wants !== undefined && !waiting.asked);
  waiting.asked = true;
  if (looks) {
    receiver.isNew = false;
    if (isIt()) return answer();
  }
  return world.senders.length === 0 ? CLOSED : Pending;
}

function poll(world: World, receiver: Receiver, waiting: Waiting): void {
  const expected = expectedOf(world, receiver, waiting);
  const answer = outcomeOf(() => waiting.future.poll());
  expect(answer).toBe(expected);
  if (expected === Pending) {
    if (!world.line.includes(waiting)) world.line.push(waiting);
    return;
  }
  leave(world, receiver);
}

function leave(world: World, receiver: Receiver): void {
  world.line = world.line.filter((waiting) => waiting !== receiver.wait);
  receiver.wait = undefined;
}

/** In Rust a receiver that waits is borrowed: nobody can touch it but to drop the wait first. */
function cancel(world: World, receiver: Receiver): void {
  receiver.wait?.future.drop();
  leave(world, receiver);
}

function idle(world: World, who: number): Receiver | undefined {
  const receiver = pick(world.receivers, who);
  if (receiver !== undefined) cancel(world, receiver);
  return receiver;
}

const steps: Record<string, Step> = {
  send(world, who) {
    const value = world.fresh();
    const answer = outcomeOf(() => pick(world.senders, who)?.send(value));
    if (world.senders.length === 0) return;
    expect(answer).toBe(world.receivers.length === 0 ? CLOSED : undefined);
    if (world.receivers.length > 0) world.replaced(value);
  },
  sendReplace(world, who) {
    const sender = pick(world.senders, who);
    if (sender === undefined) return;
    const value = world.fresh();
    expect(sender.sendReplace(value)).toBe(world.value);
    world.replaced(value);
  },
  sendIfModified(world, who) {
    const sender = pick(world.senders, who);
    if (sender === undefined) return;
    const modified = who % 2 === 0;
    const value = world.fresh();
    const answer = sender.sendIfModified((ref) => {
      expect(ref.value).toBe(world.value);
      ref.value = value;
      return modified;
    });
    expect(answer).toBe(modified);
    if (modified) world.replaced(value);
    else world.value = value;
  },
  changed(world, who) {
    const receiver = pick(world.receivers, who);
    if (receiver === undefined) return;
    receiver.wait ??= { future: byHand(receiver.rx.changed()), wants: undefined, asked: false, wakes: 0 };
    poll(world, receiver, receiver.wait);
  },
  waitFor(world, who) {
    const receiver = pick(world.receivers, who);
    if (receiver === undefined) return;
    const wants = who % 4;
    const future = byHand(receiver.rx.waitFor(({ n }) => n % 4 === wants));
    receiver.wait ??= { future, wants, asked: false, wakes: 0 };
    poll(world, receiver, receiver.wait);
  },
  cancel(world, who) {
    idle(world, who);
  },
  borrowAndUpdate(world, who) {
    const receiver = idle(world, who);
    if (receiver === undefined) return;
    expect(receiver.rx.borrowAndUpdate()).toBe(world.value);
    receiver.isNew = false;
  },
  mark(world, who) {
    const receiver = idle(world, who);
    if (receiver === undefined) return;
    receiver.isNew = who % 2 === 0;
    if (receiver.isNew) receiver.rx.markChanged();
    else receiver.rx.markUnchanged();
  },
  cloneReceiver(world, who) {
    const receiver = pick(world.receivers, who);
    if (receiver === undefined) return;
    world.receivers.push({ rx: receiver.rx.clone(), isNew: receiver.isNew, wait: undefined });
  },
  subscribe(world, who) {
    const sender = pick(world.senders, who);
    if (sender !== undefined) world.receivers.push({ rx: sender.subscribe(), isNew: false, wait: undefined });
  },
  cloneSender(world, who) {
    const sender = pick(world.senders, who);
    if (sender !== undefined) world.senders.push(sender.clone());
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
};

describe('any program of watch operations', () => {
  const often = ['send', 'send', 'send', 'changed', 'changed', 'changed', 'waitFor', 'cloneReceiver', 'subscribe'];
  const step = fc.tuple(fc.constantFrom(...often, ...Object.keys(steps)), fc.nat(7));

  it('does what the model says', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (program) => {
        const world = new World();
        for (const [name, who] of program) {
          steps[name]?.(world, who);
          expect(world.seen()).toBe(world.foreseen());
        }
      }),
      { numRuns: 2000 },
    );
  });
});
