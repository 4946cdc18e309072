/** Any program that waits for one value does what a list says. */
import { Pending, SetOnce } from 'async-lessons';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { agree, Model, outcomeOf } from '../../support/trial.ts';
import { checkByHand, checkInTasks, type Field } from '../../support/trial-programs.ts';

class Notice extends Model {
  value: number | undefined = undefined;
  waiting: number[] = [];

  poll(who: number): unknown {
    if (this.value === undefined && !this.waiting.includes(who)) this.waiting.push(who);
    return this.value ?? Pending;
  }

  drop(who: number): void {
    this.waiting = this.waiting.filter((other) => other !== who);
  }

  seen(): unknown {
    return [this.value, this.value !== undefined];
  }
}

const notices: Field<null, SetOnce<number>, Notice> = {
  given: fc.constant(null),
  waits: ['wait'],
  steps: ['set'],
  subject() {
    const [real, model] = [new SetOnce<number>(), new Notice()];
    return {
      real,
      model,
      waits: { wait: () => real.wait() },
      steps: {
        set(_, n) {
          if (n > 2) return;
          const expected = model.value === undefined ? undefined : 'throws: SetOnceError';
          agree(
            outcomeOf(() => real.set(n)),
            expected,
            'set()',
          );
          if (expected !== undefined) return;
          model.value = n;
          model.wake(...model.waiting.splice(0));
        },
      },
      seen: () => [real.get(), real.initialized()],
    };
  },
};

describe('any program that waits for one value', () => {
  it('hears of it once it is there', () => checkByHand(notices, 1000));

  it('does so in tasks that run out of patience or are aborted', () => checkInTasks(notices, 500));
});
