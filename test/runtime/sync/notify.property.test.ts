/** Any program of notifications does what a line and one stored notification say. */
import { type Notified, Notify, Pending } from 'async-lessons';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { agree, Model } from '../../support/trial.ts';
import { checkByHand, checkInTasks, type Field } from '../../support/trial-programs.ts';

class Bell extends Model {
  stored = false;
  line: number[] = [];
  /** Who was called, and whether somebody else must hear it if this one does not. */
  readonly called = new Map<number, 'first' | 'last' | 'all'>();
  /** Whom a wake can reach: it was polled, and not only enabled. */
  readonly polled = new Set<number>();
  /** Made, and not in line so far. */
  readonly fresh = new Set<number>();

  make(who: number): void {
    this.fresh.add(who);
  }

  poll(who: number): unknown {
    this.polled.add(who);
    return this.enable(who) ? undefined : Pending;
  }

  enable(who: number): boolean {
    if (this.called.has(who)) return true;
    if (this.line.includes(who)) return false;
    this.fresh.delete(who);
    if (this.stored) {
      this.stored = false;
      this.called.set(who, 'all');
      return true;
    }
    this.line.push(who);
    return false;
  }

  heard(who: number): void {
    this.called.set(who, 'all');
  }

  drop(who: number): void {
    this.fresh.delete(who);
    this.line = this.line.filter((other) => other !== who);
    const called = this.called.get(who);
    if (called === 'first' || called === 'last') this.notify(called);
  }

  notify(which: 'first' | 'last'): void {
    const who = which === 'first' ? this.line.shift() : this.line.pop();
    if (who === undefined) this.stored = true;
    else this.#call(who, which);
  }

  notifyAll(): void {
    for (const who of this.fresh) this.called.set(who, 'all');
    this.fresh.clear();
    for (const who of this.line.splice(0)) this.#call(who, 'all');
  }

  #call(who: number, how: 'first' | 'last' | 'all'): void {
    this.called.set(who, how);
    if (this.polled.has(who)) this.wake(who);
  }

  seen(): unknown {
    return null;
  }
}

const bells: Field<null, Notify, Bell> = {
  given: fc.constant(null),
  waits: ['notified'],
  steps: ['notifyOne', 'notifyOne', 'notifyLast', 'notifyWaiters', 'enable', 'enable'],
  subject() {
    const [real, model] = [new Notify(), new Bell()];
    return {
      real,
      model,
      waits: {
        notified(who) {
          model.make(who);
          return real.notified();
        },
      },
      steps: {
        notifyOne() {
          real.notifyOne();
          model.notify('first');
        },
        notifyLast() {
          real.notifyLast();
          model.notify('last');
        },
        notifyWaiters() {
          real.notifyWaiters();
          model.notifyAll();
        },
        enable(trial, n) {
          const who = trial.waiting[n % trial.waiting.length];
          if (who === undefined) return;
          const isNotified = (trial.futureOf(who) as Notified).enable();
          agree(isNotified, model.enable(who), 'enable()');
          if (isNotified) model.heard(who);
        },
      },
      seen: () => null,
      atRest() {
        const next = real.notified();
        agree(next.enable(), model.stored, 'whether a notification is stored at the end');
        next.drop();
      },
    };
  },
};

describe('any program of notifications', () => {
  it('reaches whom it must, in order, and loses none', () => checkByHand(bells));

  it('does so in tasks that run out of patience or are aborted', () => checkInTasks(bells));
});
