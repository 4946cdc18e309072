import type { RuntimeEvent } from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { droppedNote, Recorder } from '../../src/trace/recorder.ts';
import { World } from '../../src/trace/world.ts';
import { programOf, programs } from '../support/random-program.ts';
import { eventsOf, recorded } from '../support/recorded.ts';
import { BOB, MAIN } from '../support/views.ts';

/** So many polls of main, one each millisecond. */
function polls(count: number): RuntimeEvent[] {
  return Array.from({ length: count }, (_, i) => ({ at: i, kind: 'task.poll-started', task: MAIN, poll: i + 1 }));
}

/** A place in a list, where something is. */
function must(place: number): number {
  expect(place).not.toBe(-1);
  return place;
}

/** Events before the record proper begins. */
function prelude(recorder: Recorder, limit: number): RuntimeEvent[] {
  return [...recorder.events()].slice(0, -limit);
}

/** What of the world a record must tell: its tasks, which of them are ready, and in which order. */
function tasksIn(events: Iterable<RuntimeEvent>) {
  const world = new World();
  for (const event of events) world.fold(event);
  const tasks = [...world.tasks.values()].map(({ ref, state, awaits, wokenWhileRunning }) => ({
    ...{ ref, state, awaits, wokenWhileRunning },
  }));
  return { tasks, ready: [...world.ready], parked: world.parked, clock: world.clock, now: world.now };
}

describe('a recorder', () => {
  it('keeps all of a short run', () => {
    const recorder = recorded(polls(10), 10);

    expect([...recorder.events()]).toEqual(polls(10));
    expect(recorder).toMatchObject({ dropped: 0, since: 0 });
  });

  it('keeps the last events of a long run, counts the others, and says from when on it is complete', () => {
    const recorder = recorded(polls(25), 10);

    expect([...recorder.events()]).toEqual(polls(25).slice(15));
    expect(recorder).toMatchObject({ dropped: 15, since: 15 });
  });

  it('can be asked for its events again and again', () => {
    const recorder = recorded(polls(25), 10);

    expect([...recorder.events()]).toEqual([...recorder.events()]);
  });

  it('has nothing before the run begins', () => {
    expect(new Recorder()).toMatchObject({ dropped: 0, since: null, started: undefined });
    expect([...new Recorder().events()]).toEqual([]);
  });

  it('keeps how the run was started', () => {
    const started: RuntimeEvent = { at: 0, kind: 'runtime.started', clock: 'virtual', seed: 7, speed: 1 };
    const recorder = recorded([started, ...polls(20)], 10);

    expect(recorder.started).toEqual(started);
    expect(prelude(recorder, 10)).toEqual([started]);
    expect(recorder.dropped).toBe(10);
  });

  it('keeps what is needed to know a task that is alive, and forgets one that has ended', () => {
    const spawned = (task: typeof MAIN): RuntimeEvent => ({
      ...{ at: 0, kind: 'task.spawned', parent: null, location: null, task },
    });
    const recorder = recorded(
      [spawned(MAIN), spawned(BOB), { at: 0, kind: 'task.cancelled', task: BOB }, ...polls(20)],
      5,
    );

    expect(prelude(recorder, 5)).toEqual([spawned(MAIN), polls(20)[14]]);
  });

  it('tells of every task what the whole run tells, however little it keeps', async () => {
    await fc.assert(
      fc.asyncProperty(
        programs,
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (plan, limit, part) => {
          const all = await eventsOf(programOf(plan).main);
          const events = all.slice(0, Math.ceil(part * all.length));
          const recorder = recorded(events, limit);
          const kept = [...recorder.events()];

          expect(tasksIn(kept)).toEqual(tasksIn(events));
          expect(kept.length + recorder.dropped).toBe(events.length);
          expect(kept.slice(-limit)).toEqual(events.slice(-limit));
          const left = events.map((event) => JSON.stringify(event));
          for (const event of kept) left.splice(0, 1 + must(left.indexOf(JSON.stringify(event))));
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('does not take a limit of %d', (limit) => {
    expect(() => new Recorder(limit)).toThrow(RangeError);
  });
});

describe('the note on what was dropped', () => {
  it('says how many and until when', () => {
    expect(droppedNote({ dropped: 12345, since: 8000.125 })).toBe(
      'The record is complete from 8000.125 ms on; 12,345 older events were dropped.',
    );
    expect(droppedNote({ dropped: 1, since: 5 })).toBe(
      'The record is complete from 5.000 ms on; 1 older event was dropped.',
    );
  });

  it('is silent on a whole record', () => {
    expect(droppedNote({ dropped: 0, since: 0 })).toBeUndefined();
  });
});
