/** Any program of tasks in a set does what a model in plain arrays says, join by join and wake by wake. */
import { type AbortHandle, type Async, JoinError, type Joined, JoinSet, Pending, yieldNow } from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Gate } from '../support/gate.ts';
import { byHand, type HandPolled } from '../support/hand-poll.ts';
import { run } from '../support/run.ts';

/** A task: what the test holds of it, and what the model knows. */
interface Member {
  readonly id: number;
  readonly gate: Gate<'value' | 'panic'>;
  readonly handle: AbortHandle;
  opened: 'value' | 'panic' | undefined;
  aborted: boolean;
  polled: boolean;
  queued: boolean;
  ended: 'value' | 'panic' | 'cancelled' | undefined;
  /** Somebody heard of its end. */
  told: boolean;
}

interface Asking {
  readonly future: HandPolled<Joined<number> | undefined>;
  wakes: number;
}

class World {
  readonly set = new JoinSet<number>();
  readonly tasks: Member[] = [];
  readonly asking: Asking[] = [];
  current: Asking | undefined = undefined;

  // The model.
  /** The executor's queue. */
  readonly ready: Member[] = [];
  running: Member[] = [];
  finished: Member[] = [];
  asker: Asking | undefined = undefined;

  get unfinished(): Member[] {
    return this.tasks.filter(({ ended }) => ended === undefined);
  }

  wake(member: Member): void {
    if (member.queued) return;
    member.queued = true;
    this.ready.push(member);
  }

  abort(member: Member): void {
    if (member.ended !== undefined) return;
    member.aborted = true;
    this.wake(member);
  }

  /** What the executor does until main has its turn again. */
  runReady(): void {
    for (const member of this.ready.splice(0)) {
      member.queued = false;
      if (member.aborted) this.end(member, 'cancelled');
      else if (member.opened !== undefined) this.end(member, member.opened);
      else member.polled = true;
    }
  }

  end(member: Member, how: 'value' | 'panic' | 'cancelled'): void {
    member.ended = how;
    const place = this.running.indexOf(member);
    if (place < 0) return;
    this.running.splice(place, 1);
    this.finished.push(member);
    if (this.asker !== undefined) this.asker.wakes += 1;
    this.asker = undefined;
  }

  /** Everybody leaves the set: who waits for the next to end is told that there is none. */
  empty(): void {
    this.running = [];
    this.finished = [];
    if (this.current === undefined || this.asker !== this.current) return;
    this.asker.wakes += 1;
    this.asker = undefined;
  }

  /** What the next join must answer. */
  takeFinished(): Member | undefined {
    const member = this.finished.shift();
    if (member !== undefined) member.told = true;
    return member;
  }

  seen(): string {
    const wakes = this.asking.map(({ future }) => future.wakes);
    return `${this.set.length} ${this.set.isEmpty()} | ${wakes} | ${this.tasks.map(({ handle }) => handle.isFinished())}`;
  }

  foreseen(): string {
    const length = this.running.length + this.finished.length;
    const wakes = this.asking.map((asking) => asking.wakes);
    return `${length} ${length === 0} | ${wakes} | ${this.tasks.map(({ ended }) => ended !== undefined)}`;
  }
}

function* work(id: number, gate: Gate<'value' | 'panic'>): Async<number> {
  if ((yield* gate) === 'panic') throw new Error(`${id}`);
  return id;
}

/** An answer in words. */
function outcomeOf(ask: () => Joined<number> | undefined | typeof Pending): string {
  try {
    const answer = ask();
    if (answer === Pending) return 'pending';
    return answer === undefined ? 'none' : `value ${answer.value} of ${answer.name}`;
  } catch (error) {
    if (!(error instanceof JoinError)) throw error;
    return `${error.isPanic() ? 'panic' : 'cancelled'} of ${error.taskName}`;
  }
}

function foretold(member: Member): string {
  return member.ended === 'value' ? `value ${member.id} of ${member.id}` : `${member.ended} of ${member.id}`;
}

function pick<T>(from: readonly T[], who: number): T | undefined {
  return from[who % Math.max(1, from.length)];
}

function open(how: 'value' | 'panic') {
  return (world: World, who: number) => {
    const member = pick(
      world.unfinished.filter(({ opened }) => opened === undefined),
      who,
    );
    if (member === undefined) return;
    member.opened = how;
    member.gate.open(how);
    if (member.polled) world.wake(member);
  };
}

const steps: Record<string, (world: World, who: number) => void> = {
  spawn(world) {
    const id = world.tasks.length;
    const gate = new Gate<'value' | 'panic'>();
    const handle = world.set.spawn(work(id, gate), { name: `${id}` });
    const member: Member = {
      id,
      gate,
      handle,
      opened: undefined,
      aborted: false,
      polled: false,
      queued: false,
      ended: undefined,
      told: false,
    };
    world.tasks.push(member);
    world.running.push(member);
    world.wake(member);
  },
  finish: open('value'),
  panic: open('panic'),
  abort(world, who) {
    const member = pick(world.tasks, who);
    if (member === undefined) return;
    member.handle.abort();
    world.abort(member);
  },
  join(world) {
    if (world.current === undefined) {
      world.current = { future: byHand(world.set.joinNext()), wakes: 0 };
      world.asking.push(world.current);
    }
    const asking = world.current;
    const answer = outcomeOf(() => asking.future.poll());
    const isEmpty = world.running.length + world.finished.length === 0;
    if (!isEmpty) world.asker = asking;
    const member = world.takeFinished();
    if (member === undefined) {
      expect(answer).toBe(isEmpty ? 'none' : 'pending');
      if (!isEmpty) return;
    } else {
      expect(answer).toBe(foretold(member));
    }
    world.current = undefined;
  },
  cancelJoin(world) {
    world.current?.future.drop();
    world.current = undefined;
  },
  tryJoin(world) {
    const answer = outcomeOf(() => world.set.tryJoinNext());
    const member = world.takeFinished();
    expect(answer).toBe(member === undefined ? 'none' : foretold(member));
  },
  abortAll(world) {
    world.set.abortAll();
    for (const member of world.running) world.abort(member);
  },
  detachAll(world) {
    world.set.detachAll();
    world.empty();
  },
  dispose(world) {
    world.set[Symbol.dispose]();
    for (const member of world.running) world.abort(member);
    world.empty();
  },
};

describe('any program of tasks in a set', () => {
  const often = ['spawn', 'spawn', 'spawn', 'finish', 'finish', 'join', 'join', 'yield', 'yield', 'yield'];
  const once = Object.keys(steps).filter((name) => name !== 'detachAll' && name !== 'dispose');
  const seldom = fc.oneof(
    { weight: 15, arbitrary: fc.constantFrom(...often, ...once) },
    { weight: 1, arbitrary: fc.constantFrom('detachAll', 'dispose') },
  );

  it('does what the model says, and tells every panic exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(seldom, fc.nat(7)), { maxLength: 60, size: 'max' }), async (program) => {
        const warnings: string[] = [];
        const world = new World();

        await run(
          function* () {
            for (const [name, who] of program) {
              steps[name]?.(world, who);
              if (name === 'yield') {
                yield* yieldNow();
                world.runReady();
              }
              expect(world.seen()).toBe(world.foreseen());
            }
          },
          { onWarning: (message) => warnings.push(message) },
        );

        const untold = world.tasks.filter(({ ended, told }) => ended === 'panic' && !told);
        expect(warnings.map((warning) => warning.split(' ')[1]).toSorted()).toEqual(
          untold.map(({ id }) => `${id}`).toSorted(),
        );
      }),
      { numRuns: 2000 },
    );
  });
});
