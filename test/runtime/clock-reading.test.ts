import { type Async, Runtime, sleep, spawn, yieldNow } from 'async-lessons';
import { afterEach, describe, expect, it, vi } from 'vitest';

afterEach(() => vi.restoreAllMocks());

/** Lets the host's clock go on by so many ms whenever it is read, and answers how often it was. */
function clockThatGoesOnBy(ms: number): () => number {
  let [time, reads] = [0, 0];
  vi.spyOn(performance, 'now').mockImplementation(() => {
    reads += 1;
    time += ms;
    return time;
  });
  return () => reads;
}

function* yields(times: number): Async<void> {
  for (let i = 0; i < times; i++) yield* yieldNow();
}

function* two(times: number): Async<void> {
  const handles = [spawn(yields(times)), spawn(yields(times))];
  for (const handle of handles) yield* handle;
}

describe('the clock of the host', () => {
  it('is read now and then while polls are quick', async () => {
    const reads = clockThatGoesOnBy(0.001);

    await new Runtime().blockOn(two(800));

    // 800 driver steps with three polls each.
    expect(reads()).toBeLessThan(800 / 4);
    expect(reads()).toBeGreaterThan(800 / 16);
  });

  it('is read at each driver step while polls are slow, so that the host gets its turns', async () => {
    const reads = clockThatGoesOnBy(0.5);

    await new Runtime().blockOn(two(400));

    expect(reads()).toBeGreaterThan(400);
  });

  it('fires timers of a real clock all the same', async () => {
    const heard: string[] = [];
    function* main(): Async<void> {
      const nap = spawn(
        (function* () {
          yield* sleep(2);
          heard.push('woke');
        })(),
      );
      while (!nap.isFinished()) yield* yieldNow();
      heard.push('saw it');
    }

    await new Runtime().blockOn(main());

    expect(heard).toEqual(['woke', 'saw it']);
  });
});
