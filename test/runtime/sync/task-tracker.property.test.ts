/** Any program that counts its tasks does what a count says. */
import { Pending, TaskTracker, type TaskTrackerToken } from 'async-lessons';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { Gate } from '../../support/gate.ts';
import { agree, Model } from '../../support/trial.ts';
import { checkByHand, checkInTasks, type Field } from '../../support/trial-programs.ts';

class Count extends Model {
  count = 0;
  closed = false;
  waiting: number[] = [];
  /** Who was made before the last time at which all was over. */
  readonly passed = new Set<number>();
  readonly made = new Set<number>();
  readonly work = new Map<number, { begun: boolean; ready: boolean }>();

  get isOver(): boolean {
    return this.closed && this.count === 0;
  }

  make(who: number): void {
    this.made.add(who);
    if (this.isOver) this.passed.add(who);
  }

  poll(who: number): unknown {
    const work = this.work.get(who);
    if (work !== undefined) {
      work.begun = true;
      if (!work.ready) return Pending;
      this.drop(who);
      return 'done';
    }
    if (this.passed.has(who)) return undefined;
    if (!this.waiting.includes(who)) this.waiting.push(who);
    return Pending;
  }

  drop(who: number): void {
    this.made.delete(who);
    this.waiting = this.waiting.filter((other) => other !== who);
    if (this.work.delete(who)) this.less();
  }

  less(): void {
    this.count -= 1;
    this.tellIfOver();
  }

  tellIfOver(): void {
    if (!this.isOver) return;
    for (const who of this.made) this.passed.add(who);
    this.wake(...this.waiting.splice(0));
  }

  seen(): unknown {
    return [this.count, this.count === 0, this.closed];
  }
}

const counts: Field<null, TaskTracker, Count> = {
  given: fc.constant(null),
  waits: ['wait', 'trackFuture'],
  steps: ['token', 'close', 'close', 'reopen', 'finish', 'finish'],
  subject() {
    const [real, model] = [new TaskTracker(), new Count()];
    const gates = new Map<number, Gate<string>>();
    return {
      real,
      model,
      waits: {
        wait(who) {
          model.make(who);
          return real.wait();
        },
        trackFuture(who) {
          const gate = new Gate<string>();
          gates.set(who, gate);
          model.work.set(who, { begun: false, ready: false });
          model.count += 1;
          return real.trackFuture(gate);
        },
      },
      steps: {
        token(trial) {
          trial.keep(real.token());
          model.count += 1;
        },
        close() {
          agree(real.close(), !model.closed, 'close()');
          if (model.closed) return;
          model.closed = true;
          model.tellIfOver();
        },
        reopen() {
          agree(real.reopen(), model.closed, 'reopen()');
          model.closed = false;
        },
        finish(trial, n) {
          const who = trial.waiting[n % trial.waiting.length];
          const work = who === undefined ? undefined : model.work.get(who);
          if (who === undefined || work === undefined || work.ready) return;
          gates.get(who)?.open('done');
          work.ready = true;
          if (work.begun) model.wake(who);
        },
      },
      seen: () => [real.length, real.isEmpty(), real.isClosed()],
      letGo(_, token) {
        if (typeof token !== 'object') return;
        (token as TaskTrackerToken)[Symbol.dispose]();
        (token as TaskTrackerToken)[Symbol.dispose]();
        model.less();
      },
      atRest: () => agree(real.length, 0, 'how many are left'),
    };
  },
};

describe('any program that counts its tasks', () => {
  it('goes on when all are over', () => checkByHand(counts));

  it('does so in tasks that run out of patience or are aborted', () => checkInTasks(counts));
});
