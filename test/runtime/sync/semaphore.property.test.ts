/** Any program of permits does what a pool and a line say. */
import { Pending, Semaphore, type SemaphorePermit } from 'async-lessons';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { agree, Model, outcomeOf, type Trial } from '../../support/trial.ts';
import { checkByHand, checkInTasks, type Field } from '../../support/trial-programs.ts';

/** Nobody has what is in the pool. Whoever is first in line gets all it wants as soon as there is so much. */
class Pool extends Model {
  pool: number;
  /** How many there are, wherever they are. */
  total: number;
  closed = false;
  line: number[] = [];
  /** What each wait wants. */
  readonly wants = new Map<number, number>();
  /** What was set aside for a wait: all that it wants, or, when the pool was closed, what it had so far. */
  readonly aside = new Map<number, number>();

  constructor(permits: number) {
    super();
    this.pool = permits;
    this.total = permits;
  }

  poll(who: number): unknown {
    const wants = this.wants.get(who) ?? 0;
    if (this.closed) return 'throws: semaphore closed';
    if (this.aside.delete(who)) return wants;
    if (this.line.includes(who)) return Pending;
    if (this.take(wants)) return wants;
    this.line.push(who);
    return Pending;
  }

  drop(who: number): void {
    this.line = this.line.filter((other) => other !== who);
    const back = this.aside.get(who) ?? 0;
    this.aside.delete(who);
    this.put(back);
  }

  /** Only who wants nothing gets past the line. */
  take(permits: number): boolean {
    if (this.closed || permits > this.free) return false;
    this.pool -= permits;
    return true;
  }

  put(permits: number): void {
    this.pool += permits;
    for (let [who] = this.line; who !== undefined; [who] = this.line) {
      const wants = this.wants.get(who) ?? 0;
      if (wants > this.pool) return;
      this.pool -= wants;
      this.line.shift();
      this.aside.set(who, wants);
      this.wake(who);
    }
  }

  close(): void {
    const [first] = this.line;
    if (first !== undefined) {
      this.aside.set(first, this.pool);
      this.pool = 0;
    }
    this.closed = true;
    this.wake(...this.line.splice(0));
  }

  /** Who stands in line has laid a hand on all there is. */
  get free(): number {
    return this.line.length > 0 ? 0 : this.pool;
  }

  seen(): unknown {
    return [this.free, this.closed];
  }
}

type Permits = Trial<Semaphore, Pool>;

/** The permit that stands at this place among those that are held, and whose it is. */
function pick(trial: Permits, n: number): [number, SemaphorePermit] | undefined {
  const all = [...trial.kept] as [number, SemaphorePermit][];
  return all[n % all.length];
}

const permits: Field<number, Semaphore, Pool> = {
  given: fc.nat(4),
  waits: ['acquire', 'acquireMany', 'acquireMany'],
  steps: ['tryAcquireMany', 'addPermits', 'forgetPermits', 'forget', 'split', 'merge', 'close'],
  subject(given) {
    const [real, model] = [new Semaphore(given), new Pool(given)];
    return {
      real,
      model,
      waits: {
        acquire(who) {
          model.wants.set(who, 1);
          return real.acquire();
        },
        acquireMany(who, n) {
          model.wants.set(who, n % 6);
          return real.acquireMany(n % 6);
        },
      },
      steps: {
        tryAcquireMany(trial, n) {
          const answer = outcomeOf(() => real.tryAcquireMany(n % 4));
          const refusal = model.closed ? 'throws: semaphore closed' : 'throws: no permits available';
          agree(typeof answer === 'string' ? answer : n % 4, model.take(n % 4) ? n % 4 : refusal, 'tryAcquireMany()');
          if (typeof answer !== 'string') trial.keep(answer);
        },
        addPermits(_, n) {
          real.addPermits(n % 4);
          model.total += n % 4;
          model.put(n % 4);
        },
        forgetPermits(_, n) {
          const forgotten = Math.min(n % 4, model.free);
          agree(real.forgetPermits(n % 4), forgotten, 'forgetPermits()');
          model.pool -= forgotten;
          model.total -= forgotten;
        },
        forget(trial, n) {
          const chosen = pick(trial, n);
          if (chosen === undefined) return;
          const [who, permit] = chosen;
          model.total -= permit.numPermits;
          permit.forget();
          trial.kept.delete(who);
        },
        split(trial, n) {
          const permit = pick(trial, n)?.[1];
          if (permit === undefined) return;
          const before = permit.numPermits;
          const part = permit.split(n % 3);
          agree(part?.numPermits, n % 3 > before ? undefined : n % 3, 'split()');
          if (part === undefined) return;
          agree(permit.numPermits, before - (n % 3), 'the rest after split()');
          trial.keep(part);
        },
        merge(trial, n) {
          const [into, from] = [pick(trial, n), pick(trial, n + 1)];
          if (into === undefined || from === undefined || into[0] === from[0]) return;
          const both = into[1].numPermits + from[1].numPermits;
          into[1].merge(from[1]);
          agree([into[1].numPermits, from[1].numPermits], [both, 0], 'merge()');
          trial.kept.delete(from[0]);
        },
        close(_, n) {
          if (n > 1) return;
          real.close();
          model.close();
        },
      },
      word: (permit) => (permit as SemaphorePermit).numPermits,
      seen: () => [real.availablePermits, real.isClosed()],
      letGo(_, permit) {
        const { numPermits } = permit as SemaphorePermit;
        (permit as SemaphorePermit)[Symbol.dispose]();
        (permit as SemaphorePermit)[Symbol.dispose]();
        model.put(numPermits);
      },
      atRest: () => agree(real.availablePermits, model.total, 'the permits at the end'),
    };
  },
};

describe('any program of permits', () => {
  it('goes by the line, starves nobody, and loses no permit', () => checkByHand(permits));

  it('does so in tasks that run out of patience or are aborted', () => checkInTasks(permits));
});
