import { TokioOrder } from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../src/runtime/time/clock.ts';
import type { Timer } from '../../../src/runtime/time/timer.ts';
import { Timers } from '../../../src/runtime/time/timers.ts';
import { CountingWaker } from '../../support/hand-poll.ts';
import { TestTimer } from '../../support/test-timer.ts';

/** Timers on a clock that the test moves, which note in `log` whom they wake. */
class Bench {
  readonly log: number[] = [];
  readonly clock = new VirtualClock();
  readonly timers = new Timers({ clock: this.clock, choices: new TokioOrder(1), tracer: undefined });

  timer(name: number): Timer {
    const timer = new TestTimer();
    this.waitFor(timer, name);
    return timer;
  }

  waitFor(timer: Timer, name: number): void {
    const { log } = this;
    timer.waker = new (class extends CountingWaker {
      override wake(): void {
        log.push(name);
      }
    })();
  }

  armed(...deadlines: number[]): Timer[] {
    return deadlines.map((deadline, name) => {
      const timer = this.timer(name);
      this.timers.arm(timer, deadline);
      return timer;
    });
  }

  /** What fires when it gets that late. */
  at(time: number): number[] {
    this.clock.advanceTo(time);
    this.timers.fire();
    return this.log.splice(0);
  }
}

describe('Timers', () => {
  it('fire when their time has come, each once', () => {
    const bench = new Bench();
    bench.armed(10);

    expect([bench.at(9), bench.at(10), bench.at(11)]).toEqual([[], [0], []]);
  });

  it('fire by their deadline, then by their registration', () => {
    const bench = new Bench();
    bench.armed(20, 10, 20, 10);

    expect(bench.at(30)).toEqual([1, 3, 0, 2]);
  });

  it('round deadlines up to whole milliseconds', () => {
    const bench = new Bench();
    bench.armed(9.001, 10);

    expect([bench.at(9.9), bench.at(10)]).toEqual([[], [0, 1]]);
  });

  it('armed for what is over fire at once', () => {
    const bench = new Bench();
    bench.at(10);

    bench.armed(10, 11);

    expect(bench.log).toEqual([0]);
  });

  it('disarmed wake nobody', () => {
    const bench = new Bench();
    const [first] = bench.armed(10, 10);

    bench.timers.disarm(first as Timer);

    expect(bench.at(10)).toEqual([1]);
  });

  it('armed anew take the new place, behind who is there', () => {
    const bench = new Bench();
    const [first] = bench.armed(30, 10);

    bench.timers.arm(first as Timer, 10);

    expect(bench.at(10)).toEqual([1, 0]);
  });

  it('know the next deadline', () => {
    const bench = new Bench();
    const none = bench.timers.nextDeadline();

    bench.armed(20, 10);

    expect([none, bench.timers.nextDeadline()]).toEqual([undefined, 10]);
  });

  it('know whether anything is due', () => {
    const bench = new Bench();
    bench.armed(10);
    const early = bench.timers.isDue();

    bench.clock.advanceTo(10);

    expect([early, bench.timers.isDue()]).toEqual([false, true]);
  });
});

describe('a timer that is postponed', () => {
  it('does not fire at its old time', () => {
    const bench = new Bench();
    const [timer] = bench.armed(10);

    bench.timers.postpone(timer as Timer, 20);

    expect([bench.at(10), bench.at(20)]).toEqual([[], [0]]);
  });

  it('takes its new place when the old time has come, behind those registered meanwhile', () => {
    const bench = new Bench();
    const [first] = bench.armed(10);
    bench.timers.postpone(first as Timer, 20);
    const second = bench.timer(1);
    bench.timers.arm(second, 20);

    bench.at(10);

    expect(bench.at(20)).toEqual([1, 0]);
  });

  it('to an earlier time is refused: it must be armed anew', () => {
    const bench = new Bench();
    const [timer] = bench.armed(10);

    expect(bench.timers.postpone(timer as Timer, 5)).toBe(false);
    expect(bench.at(5)).toEqual([]);
  });

  it('when it is not armed is refused', () => {
    const bench = new Bench();

    expect(bench.timers.postpone(bench.timer(0), 10)).toBe(false);
  });
});

describe('any program of timers', () => {
  const step = fc.record({
    op: fc.constantFrom('arm', 'arm', 'arm', 'reset', 'reset', 'cancel', 'pass'),
    who: fc.nat(7),
    time: fc.oneof(fc.nat(12), fc.double({ min: 0, max: 12, noNaN: true })),
  });

  /** A timer as it is written down: its place in the list is the order of registration. */
  interface Entry {
    readonly name: number;
    tick: number;
    due: number;
  }

  it('fires by (deadline, registration), and never what was given up', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
        const bench = new Bench();
        const timers = Array.from({ length: 8 }, () => new TestTimer());
        let [list, looked]: [Entry[], number] = [[], 0];
        const expected: number[] = [];
        const without = (name: number) => list.filter((entry) => entry.name !== name);
        const register = (entry: Entry) => {
          list = without(entry.name);
          if (entry.due <= looked) expected.push(entry.name);
          else list.push(entry);
        };

        for (const { op, who, time } of steps) {
          const timer = timers[who] as Timer;
          const due = Math.ceil(looked + time);
          const entry = list.find(({ name }) => name === who);
          if (op === 'arm') {
            bench.waitFor(timer, who);
            bench.timers.arm(timer, looked + time);
            register({ name: who, tick: due, due });
          } else if (op === 'reset') {
            const stays = bench.timers.postpone(timer, looked + time);
            expect(stays).toBe(entry !== undefined && due >= entry.due);
            if (stays && entry !== undefined) entry.due = due;
          } else if (op === 'cancel') {
            bench.timers.disarm(timer);
            list = without(who);
          } else {
            looked = Math.floor(bench.clock.now() + time);
            bench.clock.advanceTo(looked);
            bench.timers.fire();
            for (;;) {
              const next = list.toSorted((a, b) => a.tick - b.tick).find(({ tick }) => tick <= looked);
              if (next === undefined) break;
              if (next.due <= looked) {
                expected.push(next.name);
                list = without(next.name);
              } else {
                list = [...without(next.name), { ...next, tick: next.due }];
              }
            }
          }
          expect(bench.log).toEqual(expected);
          expect(bench.timers.nextDeadline()).toBe(list.toSorted((a, b) => a.tick - b.tick)[0]?.tick);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
