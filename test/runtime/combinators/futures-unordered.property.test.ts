/** Any program of wakes and polls of a set of futures does what a model in plain arrays says, poll by poll. */
import { type Context, Future, FuturesUnordered, Pending, type Poll, type Waker } from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byHand, type HandPolled } from '../../support/hand-poll.ts';

const SPILLED = new Error('spilled');

/** A future that does what it is told, and notes its polls and its drop. */
class Probe extends Future<number> {
  readonly id: number;
  readonly log: string[];
  /** How many of its polls wake itself. */
  selfWakes: number;
  opened: 'value' | 'error' | undefined = undefined;
  waker: Waker | undefined = undefined;

  constructor(id: number, selfWakes: number, log: string[]) {
    super();
    this.id = id;
    this.selfWakes = selfWakes;
    this.log = log;
  }

  override poll(cx: Context): Poll<number> {
    this.log.push(`poll ${this.id}`);
    this.waker = cx.leafWaker;
    if (this.opened === 'error') throw SPILLED;
    if (this.opened === 'value') return this.id;
    if (this.selfWakes > 0) {
      this.selfWakes -= 1;
      cx.leafWaker.wake();
    }
    return Pending;
  }

  override drop(): void {
    this.log.push(`drop ${this.id}`);
  }
}

interface Asking {
  readonly future: HandPolled<{ readonly value: number } | undefined>;
  wakes: number;
}

/** What the model knows of a future. */
interface Member {
  readonly probe: Probe;
  selfWakes: number;
  woken: boolean;
}

class World {
  readonly log: string[] = [];
  readonly set = new FuturesUnordered<number>();
  readonly asking: Asking[] = [];
  current: Asking | undefined = undefined;

  // The model.
  readonly foreseenLog: string[] = [];
  /** In the order in which they were pushed or polled. */
  members: Member[] = [];
  ready: Member[] = [];
  asker: Asking | undefined = undefined;
  #next = 0;

  push(selfWakes: number): void {
    const probe = new Probe(this.#next++, selfWakes, this.log);
    this.set.push(probe);
    const member: Member = { probe, selfWakes, woken: false };
    this.members.push(member);
    this.ready.push(member);
  }

  wake(member: Member): void {
    member.woken = true;
    if (this.ready.includes(member)) return;
    this.ready.push(member);
    if (this.asker !== undefined) this.asker.wakes += 1;
    this.asker = undefined;
  }

  /** What asking must answer. */
  ask(asking: Asking): number | 'error' | 'none' | typeof Pending {
    this.asker = asking;
    const most = this.members.length;
    let [polls, wokeThemselves] = [0, 0];
    for (let member = this.ready.shift(); member !== undefined; member = this.ready.shift()) {
      const { probe } = member;
      this.foreseenLog.push(`poll ${probe.id}`);
      this.members.splice(this.members.indexOf(member), 1);
      if (probe.opened !== undefined) return probe.opened === 'value' ? probe.id : 'error';
      this.members.push(member);
      member.woken = false;
      if (member.selfWakes > 0) {
        member.selfWakes -= 1;
        this.wake(member);
      }
      polls += 1;
      if (member.woken) wokeThemselves += 1;
      if (polls === most || wokeThemselves === 2) {
        asking.wakes += 1;
        return Pending;
      }
    }
    return this.members.length === 0 ? 'none' : Pending;
  }

  dispose(): void {
    this.set[Symbol.dispose]();
    for (const { probe } of this.members.toReversed()) this.foreseenLog.push(`drop ${probe.id}`);
    this.members = [];
    this.ready = [];
  }

  seen(): string {
    return `${this.set.length} | ${this.asking.map(({ future }) => future.wakes)} | ${this.log}`;
  }

  foreseen(): string {
    return `${this.members.length} | ${this.asking.map(({ wakes }) => wakes)} | ${this.foreseenLog}`;
  }
}

function pick<T>(from: readonly T[], who: number): T | undefined {
  return from[who % Math.max(1, from.length)];
}

function open(how: 'value' | 'error') {
  return (world: World, who: number) => {
    const member = pick(world.members, who);
    if (member === undefined) return;
    member.probe.opened = how;
    steps.wake?.(world, who);
  };
}

function outcomeOf(future: Asking['future']): unknown {
  try {
    const answer = future.poll();
    if (answer === Pending) return Pending;
    return answer === undefined ? 'none' : answer.value;
  } catch (error) {
    expect(error).toBe(SPILLED);
    return 'error';
  }
}

const steps: Record<string, (world: World, who: number) => void> = {
  push: (world) => world.push(0),
  pushGreedy: (world, who) => world.push(who),
  open: open('value'),
  fail: open('error'),
  wake(world, who) {
    const member = pick(world.members, who);
    if (member?.probe.waker === undefined) return;
    member.probe.waker.wake();
    world.wake(member);
  },
  next(world) {
    if (world.current === undefined) {
      world.current = { future: byHand(world.set.next()), wakes: 0 };
      world.asking.push(world.current);
    }
    const expected = world.ask(world.current);
    expect(outcomeOf(world.current.future)).toBe(expected);
    if (expected !== Pending) world.current = undefined;
  },
  cancelNext(world) {
    world.current?.future.drop();
    world.current = undefined;
  },
  dispose(world, who) {
    if (who === 0) world.dispose();
  },
};

describe('any program of wakes and polls of a set of futures', () => {
  const often = ['push', 'push', 'pushGreedy', 'open', 'open', 'wake', 'next', 'next', 'next', 'next'];
  const step = fc.tuple(fc.constantFrom(...often, ...Object.keys(steps)), fc.nat(5));

  it('does what the model says', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (program) => {
        const world = new World();
        for (const [name, who] of program) {
          steps[name]?.(world, who);
          expect(world.seen()).toBe(world.foreseen());
        }
      }),
      { numRuns: 2000 },
    );
  });
});
