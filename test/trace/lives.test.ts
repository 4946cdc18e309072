import { type Async, type RuntimeEvent, sleep, spawn } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { Lives } from '../../src/trace/lives.ts';
import { row } from '../../src/trace/stats/tasks.ts';
import { eventsOf } from '../support/recorded.ts';
import { SelfWaking } from '../support/self-waking.ts';

/** Wakes itself while it runs, waits, and ends. */
function* main(): Async<void> {
  const restless = spawn(new SelfWaking(3), { name: 'restless' });
  yield* sleep(10);
  yield* restless;
}

function figures(lives: Lives): string[][] {
  return [...lives.values()].map((life) => [...row(life, lives.now, 'real', '').cells]);
}

function folded(lives: Lives, events: readonly RuntimeEvent[]): Lives {
  for (const event of events) lives.fold(event);
  return lives;
}

describe('a copy of lives', () => {
  it('goes on as the lives themselves do, from wherever it was made', async () => {
    const events = await eventsOf(main, { clock: 'real', speed: 10 });

    for (let step = 0; step <= events.length; step++) {
      const whole = new Lives();
      const copy = folded(new Lives(), events.slice(0, step)).copy();
      folded(whole, events.slice(0, step));
      expect(figures(copy)).toEqual(figures(whole));
      for (const event of events.slice(step)) {
        whole.fold(event);
        copy.fold(event);
        expect(figures(copy)).toEqual(figures(whole));
      }
    }
  });

  it('leaves the lives it was made of as they are', async () => {
    const events = await eventsOf(main);
    const lives = folded(new Lives(), events.slice(0, 8));
    const before = figures(lives);

    folded(lives.copy(), events.slice(8));

    expect(figures(lives)).toEqual(before);
  });
});
