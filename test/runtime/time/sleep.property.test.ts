/** Any program of sleeps that are reset and given up ends them in the order of a list. */
import { now, Pending, type Sleep, sleep, sleepUntil } from 'async-lessons';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { Model } from '../../support/trial.ts';
import { checkInTasks, type Field } from '../../support/trial-programs.ts';

/** A sleep as it is written down. */
interface Entry {
  readonly who: number;
  /** When it ends. */
  due: number;
  /** When the list is to be looked at for its sake. */
  at: number;
  isListed: boolean;
  isOver: boolean;
  /** Does its task want to be woken? */
  listens: boolean;
}

/** By the time of its place, and at the same time by who was written down first. */
class List extends Model {
  readonly entries = new Map<number, Entry>();
  list: Entry[] = [];

  make(who: number, due: number): void {
    this.entries.set(who, { who, due, at: due, isListed: false, isOver: false, listens: false });
  }

  poll(who: number): unknown {
    this.catchUp();
    const entry = this.entries.get(who) as Entry;
    if (!entry.isListed) this.#write(entry);
    if (entry.isOver) return undefined;
    entry.listens = true;
    return Pending;
  }

  drop(who: number): void {
    this.catchUp();
    this.list = this.list.filter((entry) => entry.who !== who);
  }

  /** A later end keeps the place until its time has come. */
  reset(who: number, due: number): void {
    this.catchUp();
    const entry = this.entries.get(who) as Entry;
    const isLater = this.list.includes(entry) && due >= entry.due;
    entry.due = due;
    if (!isLater) this.#write(entry);
  }

  #write(entry: Entry): void {
    entry.isListed = true;
    this.list = this.list.filter((other) => other !== entry);
    entry.isOver = entry.due <= now();
    entry.at = entry.due;
    if (entry.isOver) this.#call(entry);
    else this.list.push(entry);
  }

  #call(entry: Entry): void {
    if (entry.listens) this.wake(entry.who);
    entry.listens = false;
  }

  /** What has happened up to now. */
  catchUp(): void {
    for (;;) {
      const [next] = this.list.filter(({ at }) => at <= now()).toSorted((a, b) => a.at - b.at);
      if (next === undefined) return;
      this.list = this.list.filter((entry) => entry !== next);
      if (next.due > next.at) {
        next.at = next.due;
        this.list.push(next);
        continue;
      }
      next.isOver = true;
      this.#call(next);
    }
  }

  override takeWoken(): readonly number[] {
    this.catchUp();
    return super.takeWoken();
  }

  seen(): unknown {
    return null;
  }
}

const sleeps: Field<null, null, List> = {
  given: fc.constant(null),
  waits: ['sleep', 'sleepUntil'],
  steps: ['reset', 'reset'],
  subject() {
    const model = new List();
    return {
      real: null,
      model,
      waits: {
        sleep(who, n) {
          model.make(who, now() + n);
          return sleep(n);
        },
        sleepUntil(who, n) {
          model.make(who, 3 * n);
          return sleepUntil(3 * n - 0.5 * Math.min(n, 1)); // Rounded up.
        },
      },
      steps: {
        reset(trial, n) {
          const who = trial.waiting[n % trial.waiting.length];
          if (who === undefined) return;
          const due = now() + ((5 * n) % 8);
          (trial.futureOf(who) as Sleep).reset(due);
          model.reset(who, due);
        },
      },
      seen: () => null,
    };
  },
};

describe('any program of sleeps', () => {
  it('ends them by (deadline, registration), and none that was given up', () => checkInTasks(sleeps, 2000));
});
