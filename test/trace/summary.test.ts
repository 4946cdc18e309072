import { expect, it } from 'vitest';
import { summary } from '../../src/trace/summary.ts';
import { World } from '../../src/trace/world.ts';

function world(figures: Partial<World>): World {
  return Object.assign(new World(), figures);
}

it('sums a run up: time, tasks, polls, and how long the thread was busy', () => {
  const text = summary(world({ now: 2003, spawned: 10, polls: 1023, busy: 1.2345 }), ' · ');

  expect(text).toBe('2.003 s · main and 10 tasks on one thread · 1,023 polls · thread busy for 1.23 ms (0.1 %)');
});

it('says nothing of a busy thread on the virtual clock, where work takes no time', () => {
  const text = summary(world({ clock: 'virtual', now: 2000, spawned: 1, polls: 1 }), ' · ');

  expect(text).toBe('2.000 s on the virtual clock · main and 1 task on one thread · 1 poll');
});

it('says that main was alone', () => {
  expect(summary(world({ clock: 'virtual', polls: 2 }), ', ')).toBe(
    '0.000 s on the virtual clock, main alone, 2 polls',
  );
});

it('divides nothing by no time at all', () => {
  expect(summary(world({ now: 0, busy: 0 }), ' · ')).not.toMatch(/NaN|Infinity|%/);
});
