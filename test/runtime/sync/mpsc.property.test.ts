/** Any program of channel operations does what a model in plain arrays says, message by message and wake by wake. */
import { type Async, type Awaitable, Elapsed, mpsc, now, Pending, pending, sleep, spawn, timeout } from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run } from '../../support/run.ts';
import { agree, Model, outcomeOf } from '../../support/trial.ts';
import { checkByHand, checkInTasks, type Field } from '../../support/trial-programs.ts';

type Wait =
  | { readonly kind: 'send'; readonly count: 1; readonly value: number }
  | { readonly kind: 'reserve' | 'reserveMany'; readonly count: number }
  | { readonly kind: 'recv' }
  | { readonly kind: 'recvMany'; readonly limit: number }
  | { readonly kind: 'closed' | 'never' };

/** A queue, a pool of free slots, and a line for them. */
class Queue extends Model {
  readonly capacity: number;
  readonly queue: number[] = [];
  readonly waits = new Map<number, Wait>();
  line: number[] = [];
  watchers: number[] = [];
  /** Slots that are neither taken nor set aside. */
  pool: number;
  /** Slots that were set aside for a wait: all it wants, or what it had when the channel was closed. */
  readonly aside = new Map<number, number>();
  /** Who has been in line. */
  readonly queued = new Set<number>();
  senders = 1;
  weakSenders = 0;
  /** Slots that are reserved: each is as good as a sender. */
  reserved = 0;
  closed = false;
  receiverGone = false;
  /** Who has polled the receiver last and was not woken since. */
  listens: number | undefined = undefined;

  constructor(capacity: number) {
    super();
    this.capacity = capacity;
    this.pool = capacity;
  }

  get free(): number {
    return this.line.length > 0 ? 0 : this.pool;
  }

  get isAbandoned(): boolean {
    return this.senders + this.reserved === 0;
  }

  get isExhausted(): boolean {
    return this.queue.length === 0 && (this.isAbandoned || (this.closed && this.free === this.capacity));
  }

  poll(who: number): unknown {
    const wait = this.waits.get(who) as Wait;
    switch (wait.kind) {
      case 'never':
        return Pending;
      case 'closed':
        if (this.closed) return undefined;
        if (!this.watchers.includes(who)) this.watchers.push(who);
        return Pending;
      case 'recv':
        return this.#receive(who, () => this.pop());
      case 'recvMany':
        return wait.limit === 0 ? [] : this.#receive(who, () => this.popMany(wait.limit));
      default:
        return this.#pollSlots(who, wait);
    }
  }

  #receive(who: number, take: () => unknown): unknown {
    if (this.queue.length > 0 || this.isExhausted) return take();
    this.listens = who;
    return Pending;
  }

  #pollSlots(who: number, wait: Extract<Wait, { count: number }>): unknown {
    const { kind, count } = wait;
    if (this.closed || count > this.capacity) return 'throws: channel closed';
    if (!this.aside.delete(who) && !this.take(count)) {
      if (!this.queued.has(who)) this.line.push(who);
      this.queued.add(who);
      return Pending;
    }
    this.queued.delete(who);
    if (kind === 'send') return this.push(wait.value);
    this.reserved += count;
    return kind === 'reserve' ? 'a permit' : `permits: ${count}`;
  }

  drop(who: number): void {
    this.watchers = this.watchers.filter((other) => other !== who);
    if (!this.queued.delete(who)) return;
    this.line = this.line.filter((other) => other !== who);
    const back = this.aside.get(who) ?? 0;
    this.aside.delete(who);
    this.put(back);
    if (this.closed && this.isExhausted) this.#wakeReceiver();
  }

  take(count: number): boolean {
    if (this.closed || count > this.free) return false;
    this.pool -= count;
    return true;
  }

  put(count: number): void {
    this.pool += count;
    for (let [who] = this.line; who !== undefined; [who] = this.line) {
      const { count: wants } = this.waits.get(who) as { count: number };
      if (wants > this.pool) return;
      this.pool -= wants;
      this.line.shift();
      this.aside.set(who, wants);
      this.wake(who);
    }
  }

  push(value: number): void {
    if (this.receiverGone) {
      this.put(1);
      return;
    }
    this.queue.push(value);
    this.#wakeReceiver();
  }

  pop(): number | undefined {
    const value = this.queue.shift();
    if (value !== undefined) this.put(1);
    return value;
  }

  popMany(limit: number): number[] {
    const values = this.queue.splice(0, limit);
    for (const _ of values) this.put(1);
    return values;
  }

  #wakeReceiver(): void {
    if (this.listens !== undefined) this.wake(this.listens);
    this.listens = undefined;
  }

  permitUsed(): void {
    this.reserved -= 1;
    if (this.isAbandoned) this.#wakeReceiver();
  }

  giveBack(count: number): void {
    if (count === 0) return;
    this.reserved -= count;
    this.put(count);
    if (this.isAbandoned || (this.closed && this.isExhausted)) this.#wakeReceiver();
  }

  senderGone(): void {
    this.senders -= 1;
    if (this.isAbandoned) this.#wakeReceiver();
  }

  /** @param waits whether a wait still waits. */
  close(waits: (who: number) => boolean): void {
    if (this.closed) return;
    const [first] = this.line;
    if (first !== undefined) {
      this.aside.set(first, this.pool);
      this.pool = 0;
    }
    this.closed = true;
    this.wake(...this.line.splice(0), ...this.watchers.splice(0));
    if (this.listens !== undefined && waits(this.listens) && this.isExhausted) this.#wakeReceiver();
  }

  seen(): unknown {
    const { queue, free, closed, senders, weakSenders } = this;
    const ofSenders = Array.from({ length: senders }, () => [free, closed, senders, weakSenders]);
    return [queue.length, free, closed || this.isAbandoned, senders, weakSenders, ofSenders];
  }
}

type Channel = { readonly senders: mpsc.Sender<number>[]; readonly rx: mpsc.Receiver<number> };

const CLOSED = 'throws: channel closed';

const queues: Field<number, Channel, Queue> = {
  given: fc.integer({ min: 1, max: 4 }),
  isPatient: true,
  waits: ['send', 'send', 'send', 'recv', 'recv', 'recv', 'reserve', 'reserveMany', 'recvMany', 'closed'],
  steps: [
    ...['trySend', 'tryRecv', 'tryReserveMany', 'permitSend', 'permitSend', 'clone', 'dropSender'],
    ...['downgrade', 'upgrade', 'close', 'dropReceiver'],
  ],
  subject(capacity) {
    const [tx, rx] = mpsc.channel<number>(capacity);
    const real: Channel = { senders: [tx], rx };
    const model = new Queue(capacity);
    const weak: mpsc.WeakSender<number>[] = [];
    let next = 0;
    const begin = (who: number, wait: Wait, future: () => Awaitable<unknown> | undefined): Awaitable<unknown> => {
      const made = future();
      model.waits.set(who, made === undefined ? { kind: 'never' } : wait);
      return made ?? pending();
    };
    const isKind = (who: number, ...kinds: readonly string[]): boolean =>
      kinds.includes(model.waits.get(who)?.kind ?? '');
    const sender = (): mpsc.Sender<number> | undefined => real.senders.at(-1);
    const receiver = (): mpsc.Receiver<number> | undefined => (model.receiverGone ? undefined : rx);
    return {
      real,
      model,
      waits: {
        send(who) {
          const value = next++;
          return begin(who, { kind: 'send', count: 1, value }, () => sender()?.send(value));
        },
        reserve: (who) => begin(who, { kind: 'reserve', count: 1 }, () => sender()?.reserve()),
        reserveMany: (who, n) => begin(who, { kind: 'reserveMany', count: n % 6 }, () => sender()?.reserveMany(n % 6)),
        recv: (who) => begin(who, { kind: 'recv' }, () => receiver()?.recv()),
        recvMany: (who, n) => begin(who, { kind: 'recvMany', limit: n % 4 }, () => receiver()?.recvMany(n % 4)),
        closed: (who) => begin(who, { kind: 'closed' }, () => sender()?.closed()),
      },
      steps: {
        trySend() {
          const [value, from] = [next++, sender()];
          if (from === undefined) return;
          const answer = outcomeOf(() => from.trySend(value));
          const isSent = model.take(1);
          agree(answer, isSent ? undefined : model.closed ? CLOSED : 'throws: no available capacity', 'trySend()');
          if (isSent) model.push(value);
        },
        tryRecv() {
          if (model.receiverGone) return;
          const isOver = model.isExhausted;
          const none = `throws: receiving on ${isOver ? 'a closed' : 'an empty'} channel`;
          agree(
            outcomeOf(() => rx.tryRecv()),
            model.pop() ?? none,
            'tryRecv()',
          );
        },
        tryReserveMany(trial, n) {
          const [count, from] = [n % 4, sender()];
          if (from === undefined) return;
          const answer = outcomeOf(() => from.tryReserveMany(count));
          const isReserved = count <= capacity && model.take(count);
          const refusal = model.closed && count <= capacity ? CLOSED : 'throws: no available capacity';
          agree(typeof answer === 'string' ? answer : undefined, isReserved ? undefined : refusal, 'tryReserveMany()');
          if (!isReserved) return;
          model.reserved += count;
          trial.keep(answer);
        },
        permitSend(trial, n) {
          const permits = [...trial.kept].filter(([, kept]) => isPermit(kept));
          const [who, kept] = permits[n % permits.length] ?? [];
          const permit = kept instanceof Object && 'next' in kept ? (kept as Permits).next().value : kept;
          if (who === undefined || permit === undefined) return;
          const value = next++;
          (permit as mpsc.Permit<number>).send(value);
          if (permit === kept) trial.kept.delete(who);
          model.push(value);
          model.permitUsed();
        },
        clone() {
          const from = sender();
          if (from === undefined) return;
          real.senders.unshift(from.clone());
          model.senders += 1;
        },
        dropSender(trial) {
          // The last one is lent to those who wait.
          const isLent = trial.waiting.some((who) => isKind(who, 'send', 'reserve', 'reserveMany', 'closed'));
          if (real.senders.length === 0 || (real.senders.length === 1 && isLent)) return;
          real.senders.shift()?.[Symbol.dispose]();
          model.senderGone();
        },
        downgrade() {
          const from = sender();
          if (from === undefined) return;
          weak.push(from.downgrade());
          model.weakSenders += 1;
        },
        upgrade() {
          const from = weak.pop();
          if (from === undefined) return;
          const upgraded = from.upgrade();
          agree(upgraded !== undefined, !model.isAbandoned, 'upgrade()');
          from[Symbol.dispose]();
          model.weakSenders -= 1;
          if (upgraded === undefined) return;
          real.senders.unshift(upgraded);
          model.senders += 1;
        },
        close(trial, n) {
          if (n > 1 || model.receiverGone) return;
          rx.close();
          model.close((who) => trial.waiting.includes(who));
        },
        dropReceiver(trial, n) {
          if (n > 1 || trial.waiting.some((who) => isKind(who, 'recv', 'recvMany'))) return;
          rx[Symbol.dispose]();
          model.receiverGone = true;
          model.close(() => false);
          model.put(model.queue.splice(0).length);
        },
      },
      word(answer) {
        if (!isPermit(answer)) return answer;
        return 'next' in (answer as object) ? `permits: ${(answer as Permits).length}` : 'a permit';
      },
      seen() {
        const ofSenders = real.senders.map((tx) => [tx.capacity, tx.isClosed(), tx.strongCount, tx.weakCount]);
        return [rx.length, rx.capacity, rx.isClosed(), rx.senderStrongCount, rx.senderWeakCount, ofSenders];
      },
      letGo(_, kept) {
        if (!isPermit(kept)) return;
        const count = 'next' in (kept as object) ? (kept as Permits).length : 1;
        (kept as Disposable)[Symbol.dispose]();
        model.giveBack(count);
      },
      atRest: () => agree([rx.capacity, model.reserved], [capacity - model.queue.length, 0], 'the slots at the end'),
    };
  },
};

type Permits = mpsc.PermitIterator<number>;

function isPermit(kept: unknown): boolean {
  return typeof kept === 'object' && kept !== null && Symbol.dispose in kept;
}

describe('any program with a channel', () => {
  it('delivers every message once, goes by the line, and leaves nobody waiting', () => checkByHand(queues, 5000));

  it('does so in tasks that run out of patience or are aborted', () => checkInTasks(queues));
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
