/** Any program of readers and writers does what a line and a list of those inside say. */
import { Pending, RwLock, type RwLockReadGuard, type RwLockWriteGuard } from 'async-lessons';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { agree, Model } from '../../support/trial.ts';
import { checkByHand, checkInTasks, type Field } from '../../support/trial-programs.ts';

type Role = 'reader' | 'writer';
type Guard = RwLockReadGuard<number> | RwLockWriteGuard<number>;

class Room extends Model {
  /** Who is inside, or has been let in and did not come so far. */
  readonly inside = new Map<number, Role>();
  line: number[] = [];
  readonly roles = new Map<number, Role>();
  value = 0;

  poll(who: number): unknown {
    if (!this.inside.has(who)) {
      if (!this.line.includes(who)) this.line.push(who);
      this.#letIn(who);
    }
    return this.inside.has(who) ? [this.inside.get(who), this.value] : Pending;
  }

  drop(who: number): void {
    this.line = this.line.filter((other) => other !== who);
    this.leave(who);
  }

  leave(who: number): void {
    this.inside.delete(who);
    this.#letIn();
  }

  downgrade(who: number): void {
    this.inside.set(who, 'reader');
    this.#letIn();
  }

  /** Could somebody go in who is not in line? */
  isOpenTo(role: Role): boolean {
    return this.line.length === 0 && this.#fits(role);
  }

  #fits(role: Role): boolean {
    return role === 'writer' ? this.inside.size === 0 : ![...this.inside.values()].includes('writer');
  }

  #letIn(comesByItself?: number): void {
    for (let [who] = this.line; who !== undefined; [who] = this.line) {
      const role = this.roles.get(who) as Role;
      if (!this.#fits(role)) return;
      this.line.shift();
      this.inside.set(who, role);
      if (who !== comesByItself) this.wake(who);
    }
  }

  seen(): unknown {
    return [this.isOpenTo('reader'), this.isOpenTo('writer')];
  }
}

const isWriter = (guard: Guard): guard is RwLockWriteGuard<number> => 'downgrade' in guard;

const rooms: Field<null, RwLock<number>, Room> = {
  given: fc.constant(null),
  waits: ['read', 'read', 'write'],
  steps: ['tryRead', 'tryWrite', 'downgrade', 'downgrade'],
  subject() {
    const [real, model] = [new RwLock(0), new Room()];
    const isOpenTo = (role: Role): boolean => {
      using guard = role === 'reader' ? real.tryRead() : real.tryWrite();
      return guard !== undefined;
    };
    return {
      real,
      model,
      waits: {
        read(who) {
          model.roles.set(who, 'reader');
          return real.read();
        },
        write(who) {
          model.roles.set(who, 'writer');
          return real.write();
        },
      },
      steps: {
        tryRead(trial) {
          const guard = real.tryRead();
          if (guard !== undefined) model.inside.set(trial.keep(guard), 'reader');
        },
        tryWrite(trial) {
          const guard = real.tryWrite();
          if (guard !== undefined) model.inside.set(trial.keep(guard), 'writer');
        },
        downgrade(trial) {
          for (const [who, guard] of trial.kept as Map<number, Guard>) {
            if (!isWriter(guard)) continue;
            trial.kept.set(who, guard.downgrade());
            model.downgrade(who);
          }
        },
      },
      word: (guard) => [isWriter(guard as Guard) ? 'writer' : 'reader', (guard as Guard).value],
      seen: () => [isOpenTo('reader'), isOpenTo('writer')],
      letGo(who, held) {
        const guard = held as Guard;
        if (isWriter(guard)) {
          guard.value += 1;
          model.value += 1;
        }
        guard[Symbol.dispose]();
        guard[Symbol.dispose]();
        model.leave(who);
      },
      atRest: () => agree([model.inside.size, model.line], [0, []], 'who is inside and in line at the end'),
    };
  },
};

describe('any program of readers and writers', () => {
  it('never mixes them, goes by the line, and loses nobody', () => checkByHand(rooms));

  it('does so in tasks that run out of patience or are aborted', () => checkInTasks(rooms));
});
