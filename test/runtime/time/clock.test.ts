import { InvalidOptionError } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import type { Host } from '../../../src/runtime/host/host.ts';
import { RealClock, VirtualClock } from '../../../src/runtime/time/clock.ts';

/** A host whose time the test sets. */
function hostAt(time: number): Host & { time: number } {
  const idle = () => {};
  return {
    time,
    now() {
      return this.time;
    },
    visit: idle,
    park: idle,
    unpark: idle,
    hurry: idle,
    call: () => ({ end: idle }),
    close: idle,
  };
}

describe('RealClock', () => {
  it('begins with 0 when it is started', () => {
    const host = hostAt(500);
    const clock = new RealClock(host, 1);
    host.time = 700;

    clock.start();

    expect(clock.now()).toBe(0);
  });

  it('goes as fast as it is told', () => {
    const host = hostAt(500);
    const clock = new RealClock(host, 10);
    clock.start();

    host.time = 507;

    expect(clock.now()).toBe(70);
  });

  it('knows how long the host has to wait for a deadline', () => {
    const clock = new RealClock(hostAt(500), 10);
    clock.start();

    expect([clock.waitFor(50), clock.waitFor(0)]).toEqual([5, 0]);
  });

  it('never makes the host wait for what is over', () => {
    const host = hostAt(500);
    const clock = new RealClock(host, 1);
    clock.start();
    host.time = 600;

    expect(clock.waitFor(50)).toBe(0);
  });

  it('cannot be moved', () => {
    expect(() => new RealClock(hostAt(0), 1).advanceTo()).toThrow(InvalidOptionError);
  });
});

describe('VirtualClock', () => {
  it('stands still until it is moved', () => {
    const clock = new VirtualClock();

    clock.advanceTo(40);

    expect(clock.now()).toBe(40);
  });

  it('never goes back', () => {
    const clock = new VirtualClock();
    clock.advanceTo(40);

    clock.advanceTo(10);

    expect(clock.now()).toBe(40);
  });
});
