/** Any program of channel operations does what a model in plain arrays says, message by message and wake by wake. */
import {
  type Async,
  Elapsed,
  mpsc,
  now,
  Pending,
  SendError,
  sleep,
  spawn,
  TryRecvError,
  TrySendError,
  timeout,
} from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byHand, type HandPolled } from '../../support/hand-poll.ts';
import { run } from '../../support/run.ts';

/** A send or a reserve on its way. */
interface Waiting {
  readonly kind: 'send' | 'reserve' | 'reserveMany';
  /** How many slots it wants, and how many of them it has not got yet. */
  readonly wants: number;
  missing: number;
  readonly sender: Sender;
  readonly value: number;
  readonly future: HandPolled<unknown>;
  wakes: number;
}

/** A sender, and how many waits and permits it has out: it is not dropped before them. */
interface Sender {
  readonly tx: mpsc.Sender<number>;
  out: number;
}

interface Kept {
  readonly permit: mpsc.Permit<number>;
  readonly sender: Sender;
}

const CLOSED = 'closed';
const EMPTY = 'empty';
const FULL = 'full';

/** A channel, and next to it what the model knows of it. */
class World {
  readonly capacity: number;
  readonly rx: mpsc.Receiver<number>;
  readonly senders: Sender[];
  readonly permits: Kept[] = [];
  readonly weak: mpsc.WeakSender<number>[] = [];
  recv: { readonly future: HandPolled<unknown>; readonly limit: number | undefined; wakes: number } | undefined =
    undefined;

  // The model.
  readonly queue: number[] = [];
  readonly line: Waiting[] = [];
  /** Everybody who has polled and was not answered, in the line or not any more. */
  readonly waiting: Waiting[] = [];
  free: number;
  closed = false;
  receiverGone = false;
  receiverListens = false;
  #next = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
    const [tx, rx] = mpsc.channel<number>(capacity);
    this.rx = rx;
    this.senders = [{ tx, out: 0 }];
    this.free = capacity;
  }

  fresh(): number {
    return this.#next++;
  }

  get exhausted(): boolean {
    if (this.queue.length > 0) return false;
    return this.senders.length === 0 || (this.closed && this.free === this.capacity);
  }

  release(): void {
    const [first] = this.line;
    if (first === undefined) {
      this.free += 1;
      return;
    }
    first.missing -= 1;
    if (first.missing > 0) return;
    this.line.shift();
    first.wakes += 1;
  }

  /** Slots that were granted or reserved come back unused. */
  giveBack(slots: number): void {
    for (let i = 0; i < slots; i++) this.release();
    if (this.closed && this.exhausted) this.wakeReceiver();
  }

  wakeReceiver(): void {
    if (this.receiverListens && this.recv !== undefined) this.recv.wakes += 1;
    this.receiverListens = false;
  }

  push(value: number): void {
    if (this.receiverGone) {
      this.release();
      return;
    }
    this.queue.push(value);
    this.wakeReceiver();
  }

  pop(): number | undefined {
    const value = this.queue.shift();
    this.release();
    return value;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const waiting of this.line.splice(0)) waiting.wakes += 1;
  }

  /** Takes a waiting one out of the books: it was answered, refused or dropped. */
  settled(waiting: Waiting): void {
    waiting.sender.out -= 1;
    this.waiting.splice(this.waiting.indexOf(waiting), 1);
    const place = this.line.indexOf(waiting);
    if (place >= 0) this.line.splice(place, 1);
  }

  /** What the poll of a waiting one must answer. */
  expectedOf(waiting: Waiting): typeof Pending | typeof CLOSED | 'sent' | 'reserved' {
    const done = waiting.kind === 'send' ? 'sent' : 'reserved';
    if (waiting.wants > this.capacity) return CLOSED;
    if (this.closed) {
      this.giveBack(waiting.wants - waiting.missing);
      return CLOSED;
    }
    if (waiting.missing === 0 && waiting.wants > 0) return done;
    if (this.line.includes(waiting)) return Pending;
    const taken = Math.min(this.free, waiting.wants);
    this.free -= taken;
    waiting.missing -= taken;
    if (waiting.missing === 0) return done;
    this.line.push(waiting);
    return Pending;
  }

  /** All that can be seen of the channel from outside. */
  seen(): string {
    const wakes = [...this.waiting.map(({ future }) => future.wakes), this.recv?.future.wakes];
    const senders = this.senders.map(({ tx }) => `${tx.capacity} ${tx.isClosed()} ${tx.strongCount} ${tx.weakCount}`);
    const { length, capacity, senderStrongCount, senderWeakCount } = this.rx;
    return `${wakes} | ${[length, this.rx.isClosed(), capacity, senderStrongCount, senderWeakCount]} | ${senders}`;
  }

  foreseen(): string {
    const wakes = [...this.waiting.map((waiting) => waiting.wakes), this.recv?.wakes];
    const [strong, weak] = [this.senders.length, this.weak.length];
    const senders = this.senders.map(() => `${this.free} ${this.closed} ${strong} ${weak}`);
    const isClosed = this.closed || strong === 0;
    return `${wakes} | ${[this.queue.length, isClosed, this.free, strong, weak]} | ${senders}`;
  }
}

type Step = (world: World, who: number) => void;

function pick<T>(from: readonly T[], who: number): T | undefined {
  return from[who % Math.max(1, from.length)];
}

function begin(kind: Waiting['kind']): Step {
  return (world, who) => {
    const sender = pick(world.senders, who);
    if (sender === undefined) return;
    const value = world.fresh();
    const wants = kind === 'reserveMany' ? who : 1;
    const make = {
      send: () => sender.tx.send(value),
      reserve: () => sender.tx.reserve(),
      reserveMany: () => sender.tx.reserveMany(wants),
    };
    const future = byHand<unknown>(make[kind]());
    const waiting: Waiting = { kind, wants, missing: wants, sender, value, future, wakes: 0 };
    sender.out += 1;
    world.waiting.push(waiting);
    pollWaiting(world, waiting);
  };
}

function pollWaiting(world: World, waiting: Waiting): void {
  const expected = world.expectedOf(waiting);
  const answer = outcomeOf(() => waiting.future.poll());
  if (expected === Pending) {
    expect(answer).toBe(Pending);
    return;
  }
  world.settled(waiting);
  if (expected === CLOSED) {
    expect(answer).toBe(CLOSED);
  } else if (expected === 'sent') {
    expect(answer).toBeUndefined();
    world.push(waiting.value);
  } else if (waiting.kind === 'reserve') {
    keep(world, waiting.sender, answer as mpsc.Permit<number>);
  } else {
    keepMany(world, waiting.sender, answer as mpsc.PermitIterator<number>, waiting.wants);
  }
}

function keep(world: World, sender: Sender, permit: mpsc.Permit<number>): void {
  sender.out += 1;
  world.permits.push({ permit, sender });
}

/** Keeps half of the permits, and gives the rest back. */
function keepMany(world: World, sender: Sender, permits: mpsc.PermitIterator<number>, count: number): void {
  expect(permits.length).toBe(count);
  const rest = Math.floor(count / 2);
  for (const permit of permits) {
    keep(world, sender, permit);
    if (permits.length === rest) break;
  }
  if (rest > 0) world.giveBack(rest);
}

function takePermit(world: World, who: number): Kept | undefined {
  const kept = pick(world.permits, who);
  if (kept === undefined) return undefined;
  world.permits.splice(world.permits.indexOf(kept), 1);
  kept.sender.out -= 1;
  return kept;
}

/** An answer, or the word for the error. */
function outcomeOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    if (error instanceof SendError) return CLOSED;
    if (error instanceof TrySendError) return error.isFull() ? FULL : CLOSED;
    if (error instanceof TryRecvError) return error.isEmpty() ? EMPTY : CLOSED;
    throw error;
  }
}

/** Goes on with the wait that there is, or begins one: for one message, or for up to `limit`. */
function receive(world: World, limit: number | undefined): void {
  if (world.receiverGone) return;
  const begun = limit === undefined ? world.rx.recv() : world.rx.recvMany(limit);
  world.recv ??= { future: byHand<unknown>(begun), limit, wakes: 0 };
  const { recv } = world;
  const answer = recv.future.poll();
  if (world.queue.length === 0 && !world.exhausted && recv.limit !== 0) {
    expect(answer).toBe(Pending);
    world.receiverListens = true;
    return;
  }
  const many = Array.from({ length: Math.min(recv.limit ?? 1, world.queue.length) }, () => world.pop());
  expect(answer).toEqual(recv.limit === undefined ? many[0] : many);
  world.recv = undefined;
}

const steps: Record<string, Step> = {
  send: begin('send'),
  reserve: begin('reserve'),
  reserveMany: begin('reserveMany'),
  trySend(world, who) {
    const sender = pick(world.senders, who);
    if (sender === undefined) return;
    const value = world.fresh();
    const answer = outcomeOf(() => sender.tx.trySend(value));
    if (world.closed || world.free === 0) {
      expect(answer).toBe(world.closed ? CLOSED : FULL);
      return;
    }
    expect(answer).toBeUndefined();
    world.free -= 1;
    world.push(value);
  },
  poll(world, who) {
    const waiting = pick(world.waiting, who);
    if (waiting !== undefined) pollWaiting(world, waiting);
  },
  cancel(world, who) {
    const waiting = pick(world.waiting, who);
    if (waiting === undefined) return;
    waiting.future.drop();
    world.settled(waiting);
    world.giveBack(waiting.wants - waiting.missing);
  },
  permitSend(world, who) {
    const kept = takePermit(world, who);
    if (kept === undefined) return;
    const value = world.fresh();
    kept.permit.send(value);
    world.push(value);
  },
  permitDrop(world, who) {
    const kept = takePermit(world, who);
    if (kept === undefined) return;
    kept.permit[Symbol.dispose]();
    world.giveBack(1);
  },
  tryReserveMany(world, who) {
    const sender = pick(world.senders, who);
    if (sender === undefined) return;
    const answer = outcomeOf(() => sender.tx.tryReserveMany(who));
    if (who > world.capacity || (!world.closed && world.free < who)) {
      expect(answer).toBe(FULL);
    } else if (world.closed) {
      expect(answer).toBe(CLOSED);
    } else {
      world.free -= who;
      keepMany(world, sender, answer as mpsc.PermitIterator<number>, who);
    }
  },
  recv(world) {
    receive(world, undefined);
  },
  recvMany(world, who) {
    receive(world, who);
  },
  recvCancel(world) {
    world.recv?.future.drop();
    world.recv = undefined;
    world.receiverListens = false;
  },
  tryRecv(world) {
    if (world.receiverGone) return;
    const answer = outcomeOf(() => world.rx.tryRecv());
    if (world.queue.length > 0) expect(answer).toBe(world.pop());
    else expect(answer).toBe(world.exhausted ? CLOSED : EMPTY);
  },
  clone(world, who) {
    const sender = pick(world.senders, who);
    if (sender !== undefined) world.senders.push({ tx: sender.tx.clone(), out: 0 });
  },
  senderDrop(world, who) {
    const sender = pick(world.senders, who);
    if (sender === undefined || sender.out > 0) return;
    sender.tx[Symbol.dispose]();
    world.senders.splice(world.senders.indexOf(sender), 1);
    if (world.senders.length === 0) world.wakeReceiver();
  },
  downgrade(world, who) {
    const sender = pick(world.senders, who);
    if (sender !== undefined) world.weak.push(sender.tx.downgrade());
  },
  upgrade(world, who) {
    const weak = pick(world.weak, who);
    if (weak === undefined) return;
    const tx = weak.upgrade();
    expect(tx === undefined).toBe(world.senders.length === 0);
    if (tx !== undefined) world.senders.push({ tx, out: 0 });
  },
  weakDrop(world, who) {
    const weak = pick(world.weak, who);
    if (weak === undefined) return;
    weak[Symbol.dispose]();
    world.weak.splice(world.weak.indexOf(weak), 1);
  },
  close(world, who) {
    if (who !== 0) return;
    steps.recvCancel?.(world, who);
    world.rx.close();
    world.close();
  },
  receiverDrop(world, who) {
    if (who !== 0) return;
    steps.recvCancel?.(world, who);
    world.rx[Symbol.dispose]();
    world.receiverGone = true;
    world.close();
    while (world.queue.length > 0) world.pop();
  },
};

describe('any program of channel operations', () => {
  const often = [
    'send',
    'send',
    'send',
    'recv',
    'recv',
    'recv',
    'poll',
    'poll',
    'tryRecv',
    'cancel',
    'reserve',
    'reserveMany',
  ];
  const step = fc.tuple(fc.constantFrom(...often, ...Object.keys(steps)), fc.nat(5));

  it('does what the model says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(step, { maxLength: 80, size: 'max' }),
        (capacity, program) => {
          const world = new World(capacity);
          for (const [name, who] of program) {
            steps[name]?.(world, who);
            expect(world.seen()).toBe(world.foreseen());
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('tasks that send and give up as they like', () => {
  const wait = fc.nat(6);
  const producer = fc.array(fc.record({ pause: wait, patience: wait }), { maxLength: 8 });

  function* produce(
    tx: mpsc.Sender<string>,
    name: number,
    waits: { pause: number; patience: number }[],
    sent: string[],
  ): Async<void> {
    using sender = tx;
    for (const [i, { pause, patience }] of waits.entries()) {
      yield* sleep(pause);
      try {
        yield* timeout(patience, sender.send(`${name}.${i}`));
        sent.push(`${name}.${i}`);
      } catch (error) {
        if (!(error instanceof Elapsed)) throw error;
      }
    }
  }

  function* consume(rx: mpsc.Receiver<string>, pauses: number[], got: string[]): Async<void> {
    for (let i = 0; ; i++) {
      try {
        const message = yield* timeout(1 + (pauses[i % pauses.length] ?? 0), rx.recv());
        if (message === undefined) return;
        got.push(message);
      } catch (error) {
        if (!(error instanceof Elapsed)) throw error;
      }
      yield* sleep(pauses[i % pauses.length] ?? 0);
    }
  }

  it('lose no message, double none, and keep the order of each sender', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.array(producer, { minLength: 1, maxLength: 4 }),
        fc.array(wait, { minLength: 1, maxLength: 5 }),
        async (capacity, producers, pauses) => {
          const [sent, got]: [string[], string[]] = [[], []];

          await run(function* () {
            const [tx, rx] = mpsc.channel<string>(capacity);
            producers.forEach((waits, name) => void spawn(produce(tx.clone(), name, waits, sent)));
            tx[Symbol.dispose]();
            yield* consume(rx, pauses, got);
            expect(now()).toBeLessThan(1000);
          });

          expect(got.toSorted()).toEqual(sent.toSorted());
          for (const name of producers.keys()) {
            const mine = got.filter((message) => message.startsWith(`${name}.`));
            expect(mine).toEqual(mine.toSorted());
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
