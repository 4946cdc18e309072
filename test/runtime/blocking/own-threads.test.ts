import { type Async, MOST_THREADS, Runtime, sleep, spawnBlocking } from 'async-lessons';
import { describe, expect, it } from 'vitest';

/** Counts itself, and blocks its thread until it is let go. */
function arriveAndWait(door: Int32Array): void {
  Atomics.add(door, 0, 1);
  Atomics.wait(door, 1, 0, 20_000);
}

function letGo(door: Int32Array): void {
  Atomics.store(door, 1, 1);
  Atomics.notify(door, 1);
}

const newDoor = () => new Int32Array(new SharedArrayBuffer(8));

/** So many calls, of which as many run as get a thread; answers how many that is once no more come. */
function* crowd(calls: number, door: Int32Array): Async<number> {
  for (let i = 0; i < calls; i++) spawnBlocking(arriveAndWait, door);
  let most = 0;
  for (let quiet = 0; quiet < 40; quiet++) {
    yield* sleep(10);
    const arrived = Atomics.load(door, 0);
    if (arrived === 0 || arrived > most) quiet = 0;
    most = arrived;
  }
  letGo(door);
  return most;
}

describe('a runtime with threads of its own', () => {
  it('has no more than it was told to', async () => {
    expect(await new Runtime({ maxBlockingThreads: 2 }).blockOn(crowd(4, newDoor()))).toBe(2);
  });

  it('may have more than the process shares', async () => {
    const many = MOST_THREADS + 2;

    expect(await new Runtime({ maxBlockingThreads: many }).blockOn(crowd(many, newDoor()))).toBe(many);
  });

  it('takes none of those that others share', async () => {
    const door = newDoor();
    const others = new Runtime().blockOn(
      (function* (): Async<void> {
        for (let i = 0; i < MOST_THREADS; i++) spawnBlocking(arriveAndWait, door);
      })(),
    );

    expect(await new Runtime({ maxBlockingThreads: 1 }).blockOn(crowd(1, newDoor()))).toBe(1);

    letGo(door);
    await others;
  });
});
