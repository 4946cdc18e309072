/** Any program with a cell does what a line of those who would make its value says. */
import { type Async, OnceCell, Pending } from 'async-lessons';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { Gate } from '../../support/gate.ts';
import { agree, Model, outcomeOf } from '../../support/trial.ts';
import { checkByHand, checkInTasks, type Field } from '../../support/trial-programs.ts';

/** How the making of a value ends, as a number; an odd one is a failure. */
type End = number;

class Workshop extends Model {
  value: End | undefined = undefined;
  /** Who makes the value, or was told that it is its turn. */
  busy: number | undefined = undefined;
  line: number[] = [];
  /** Who has begun to make it, and is told when its making ends. */
  readonly begun = new Set<number>();
  readonly ends = new Map<number, End>();

  poll(who: number): unknown {
    if (this.value !== undefined) return this.value;
    this.busy ??= who;
    if (this.busy !== who) {
      if (!this.line.includes(who)) this.line.push(who);
      return Pending;
    }
    this.begun.add(who);
    const end = this.ends.get(who);
    if (end === undefined) return Pending;
    if (end % 2 === 1) return `throws: ${end}`;
    this.fill(end);
    return end;
  }

  drop(who: number): void {
    this.line = this.line.filter((other) => other !== who);
    if (this.busy !== who) return;
    this.busy = this.line.shift();
    if (this.busy !== undefined) this.wake(this.busy);
  }

  end(who: number, end: End): void {
    if (this.ends.has(who)) return;
    this.ends.set(who, end);
    if (this.begun.has(who)) this.wake(who);
  }

  fill(value: End): void {
    this.value = value;
    this.busy = undefined;
    this.wake(...this.line.splice(0));
  }

  seen(): unknown {
    return [this.value, this.value !== undefined];
  }
}

const workshops: Field<null, OnceCell<End>, Workshop> = {
  given: fc.constant(null),
  waits: ['getOrInit'],
  steps: ['end', 'end', 'end', 'set'],
  subject() {
    const [real, model] = [new OnceCell<End>(), new Workshop()];
    const gates = new Map<number, Gate<End>>();
    const end = (who: number, how: End): void => {
      if (!model.ends.has(who)) gates.get(who)?.open(how);
      model.end(who, how);
    };
    return {
      real,
      model,
      waits: {
        getOrInit(who, n) {
          const gate = new Gate<End>();
          gates.set(who, gate);
          if (n < 2) end(who, n + 1);
          return real.getOrInit(function* (): Async<End> {
            const how = yield* gate;
            if (how % 2 === 1) throw new Error(`${how}`);
            return how;
          });
        },
      },
      steps: {
        end(trial, n) {
          const who = trial.waiting[n % trial.waiting.length];
          if (who !== undefined) end(who, n % 5 === 0 ? 2 : 3);
        },
        set(_, n) {
          if (n > 1) return;
          const refusal = model.value !== undefined ? 'AlreadyInitializedError' : 'InitializingError';
          const expected = model.value ?? model.busy;
          agree(
            outcomeOf(() => real.set(8)),
            expected === undefined ? undefined : `throws: ${refusal}`,
            'set()',
          );
          if (expected === undefined) model.fill(8);
        },
      },
      seen: () => [real.get(), real.initialized()],
      atRest: () => agree([model.busy, model.line], [undefined, []], 'who is there at the end'),
    };
  },
};

describe('any program with a cell', () => {
  it('makes one value, tries in the order of the line, and leaves nobody waiting', () => checkByHand(workshops));

  it('does so in tasks that run out of patience or are aborted', () => checkInTasks(workshops));
});
