/** Any program of locks does what a line of numbers says. */
import { Mutex, type MutexGuard, Pending } from 'async-lessons';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { agree, Model } from '../../support/trial.ts';
import { checkByHand, checkInTasks, type Field } from '../../support/trial-programs.ts';

class Locks extends Model {
  /** Who has the lock, or has been given it and did not come for it so far. */
  holder: number | undefined = undefined;
  line: number[] = [];

  poll(who: number): unknown {
    if (this.holder === undefined) this.holder = who;
    if (this.holder === who) return 'a guard';
    if (!this.line.includes(who)) this.line.push(who);
    return Pending;
  }

  drop(who: number): void {
    this.line = this.line.filter((other) => other !== who);
    if (this.holder === who) this.release();
  }

  release(): void {
    this.holder = this.line.shift();
    if (this.holder !== undefined) this.wake(this.holder);
  }

  seen(): unknown {
    return this.holder === undefined;
  }
}

const locks: Field<null, Mutex<number>, Locks> = {
  given: fc.constant(null),
  waits: ['lock'],
  steps: ['try'],
  subject() {
    const [real, model] = [new Mutex(0), new Locks()];
    return {
      real,
      model,
      waits: { lock: () => real.lock() },
      steps: {
        try() {
          const guard = real.tryLock();
          agree(guard !== undefined, model.holder === undefined, 'tryLock()');
          guard?.[Symbol.dispose]();
        },
      },
      word: () => 'a guard',
      seen() {
        using guard = real.tryLock();
        return guard !== undefined;
      },
      letGo(_, guard) {
        (guard as MutexGuard<number>)[Symbol.dispose]();
        (guard as MutexGuard<number>)[Symbol.dispose]();
        model.release();
      },
      atRest: () => agree(model.holder, undefined, 'the holder at the end'),
    };
  },
};

describe('any program of locks', () => {
  it('excludes each other, goes by the line, and loses nobody', () => checkByHand(locks));

  it('does so in tasks that run out of patience or are aborted', () => checkInTasks(locks));
});
