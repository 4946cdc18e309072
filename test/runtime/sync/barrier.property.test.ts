/** Any program of arrivals does what a count says. */
import { Barrier, type BarrierWaitResult, Pending } from 'async-lessons';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { Model } from '../../support/trial.ts';
import { checkByHand, checkInTasks, type Field } from '../../support/trial-programs.ts';

class Turnstile extends Model {
  readonly size: number;
  /** Also those that have given up since. */
  arrived = 0;
  waiting: number[] = [];
  readonly passed = new Set<number>();

  constructor(size: number) {
    super();
    this.size = Math.max(size, 1);
  }

  poll(who: number): unknown {
    if (this.passed.has(who)) return 'follows';
    if (this.waiting.includes(who)) return Pending;
    this.arrived += 1;
    if (this.arrived < this.size) {
      this.waiting.push(who);
      return Pending;
    }
    this.arrived = 0;
    for (const other of this.waiting.splice(0)) {
      this.passed.add(other);
      this.wake(other);
    }
    return 'leads';
  }

  drop(who: number): void {
    this.waiting = this.waiting.filter((other) => other !== who);
  }

  seen(): unknown {
    return null;
  }
}

const turnstiles: Field<number, Barrier, Turnstile> = {
  given: fc.nat(4),
  waits: ['wait'],
  steps: [],
  subject(size) {
    const [real, model] = [new Barrier(size), new Turnstile(size)];
    return {
      real,
      model,
      waits: { wait: () => real.wait() },
      steps: {},
      word: (result) => ((result as BarrierWaitResult).isLeader() ? 'leads' : 'follows'),
      seen: () => null,
    };
  },
};

describe('any program of arrivals', () => {
  it('lets as many through as the barrier says, one of them its leader', () => checkByHand(turnstiles));

  it('does so in tasks that run out of patience or are aborted', () => checkInTasks(turnstiles));
});
