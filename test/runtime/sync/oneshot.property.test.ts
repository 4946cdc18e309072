/** Any program with a channel for one value does what a few flags say. */
import { oneshot, Pending, pending, ref } from 'async-lessons';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { agree, Model, outcomeOf } from '../../support/trial.ts';
import { checkByHand, checkInTasks, type Field } from '../../support/trial-programs.ts';

class Letter extends Model {
  value: number | undefined = undefined;
  /** Sent, or never to be sent. */
  senderIsDone = false;
  closed = false;
  taken = false;
  receiverIsGone = false;
  /** Who has polled the receiver last, also if it has gone since: the receiver was only lent. */
  listens: number | undefined = undefined;
  readonly receives = new Set<number>();
  watchers: number[] = [];

  poll(who: number): unknown {
    if (!this.receives.has(who)) return this.#pollClosed(who);
    if (this.receiverIsGone) return Pending;
    if (this.taken) return 'throws: called after complete';
    if (!this.senderIsDone && !this.closed) {
      this.listens = who;
      return Pending;
    }
    return this.take();
  }

  #pollClosed(who: number): unknown {
    if (this.closed) return undefined;
    if (!this.watchers.includes(who)) this.watchers.push(who);
    return Pending;
  }

  take(): unknown {
    this.taken = true;
    const { value } = this;
    this.value = undefined;
    return value ?? 'throws: channel closed';
  }

  drop(who: number): void {
    this.watchers = this.watchers.filter((other) => other !== who);
  }

  finish(value: number | undefined): void {
    if (this.senderIsDone) return;
    this.senderIsDone = true;
    if (this.closed) return;
    this.value = value;
    this.#wakeReceiver();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.wake(...this.watchers.splice(0));
    if (!this.senderIsDone) this.#wakeReceiver();
  }

  #wakeReceiver(): void {
    if (this.listens !== undefined) this.wake(this.listens);
    this.listens = undefined;
  }

  seen(): unknown {
    return [this.closed, this.value === undefined, this.taken];
  }
}

type Channel = [oneshot.Sender<number>, oneshot.Receiver<number>];

const letters: Field<null, Channel, Letter> = {
  given: fc.constant(null),
  waits: ['recv', 'recv', 'closed'],
  steps: ['send', 'dropSender', 'tryRecv', 'close', 'dropReceiver'],
  subject() {
    const [real, model] = [oneshot.channel<number>(), new Letter()];
    const [tx, rx] = real;
    return {
      real,
      model,
      waits: {
        recv(who) {
          model.receives.add(who);
          return model.receiverIsGone ? pending() : ref(rx);
        },
        closed: () => tx.closed(),
      },
      steps: {
        send(_, n) {
          if (n > 1) return;
          const refused = model.senderIsDone || model.closed;
          agree(
            outcomeOf(() => tx.send(n)),
            refused ? 'throws: channel closed' : undefined,
            'send()',
          );
          model.finish(n);
        },
        dropSender(_, n) {
          if (n > 1) return;
          tx[Symbol.dispose]();
          model.finish(undefined);
        },
        tryRecv() {
          if (model.receiverIsGone) return;
          const isOver = model.taken || model.senderIsDone || model.closed;
          const expected = model.value ?? `throws: ${isOver ? 'channel closed' : 'channel empty'}`;
          agree(
            outcomeOf(() => rx.tryRecv()),
            expected,
            'tryRecv()',
          );
          if (isOver || model.value !== undefined) model.take(); // Awaited afterwards it complains, as Tokio's does.
        },
        close(_, n) {
          if (n > 1) return;
          rx.close();
          model.close();
        },
        dropReceiver(trial) {
          if (trial.waiting.some((who) => model.receives.has(who))) return; // It is lent.
          rx.drop();
          model.receiverIsGone = true;
          model.listens = undefined;
          model.value = undefined;
          model.close();
        },
      },
      seen: () => [tx.isClosed(), rx.isEmpty(), rx.isTerminated()],
    };
  },
};

describe('any program with a channel for one value', () => {
  it('delivers it once, and tells each end when the other is gone', () => checkByHand(letters));

  it('does so in tasks that run out of patience or are aborted', () => checkInTasks(letters));
});
