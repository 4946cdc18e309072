import type { RuntimeEvent } from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PackedEvents } from '../../src/trace/packed-events.ts';
import { areGone } from '../support/garbage.ts';
import { programOf, programs } from '../support/random-program.ts';
import { eventsOf } from '../support/recorded.ts';
import { MAIN } from '../support/views.ts';

/** So many polls of main, one each millisecond. */
function polls(count: number): RuntimeEvent[] {
  return Array.from({ length: count }, (_, i) => ({ at: i / 8, kind: 'task.poll-started', task: MAIN, poll: i + 1 }));
}

function packed(events: Iterable<RuntimeEvent>): PackedEvents {
  const queue = new PackedEvents();
  for (const event of events) queue.push(event);
  return queue;
}

/** With the order of their fields, which files show. */
const texts = (events: Iterable<RuntimeEvent>) => [...events].map((event) => JSON.stringify(event));

describe('packed events', () => {
  it('come back with the same fields in the same order, whatever a program does', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (plan) => {
        const events = await eventsOf(programOf(plan).main);

        expect([...packed(events)]).toEqual(events);
        expect(texts(packed(events))).toEqual(texts(events));
      }),
      { numRuns: 100 },
    );
  });

  it('are a queue: what comes in first is taken first, as with a list', () => {
    const steps = fc.array(fc.record({ push: fc.nat(3000), shift: fc.nat(3000) }), { maxLength: 6 });
    fc.assert(
      fc.property(steps, (plan) => {
        const [queue, list] = [new PackedEvents(), [] as RuntimeEvent[]];
        let made = 0;
        for (const { push, shift } of plan) {
          for (const event of polls(made + push).slice(made)) {
            queue.push(event);
            list.push(event);
          }
          made += push;
          for (let i = 0; i < shift; i++) if (queue.shift()?.at !== list.shift()?.at) return false;

          expect(queue).toMatchObject({ length: list.length, since: list[0]?.at ?? null });
          expect([...queue]).toEqual(list);
        }
        return true;
      }),
      { numRuns: 50 },
    );
  });

  it('may have the same kind, and other fields or another order of them', () => {
    const events = [
      { at: 1, kind: 'task.cancelled', task: MAIN },
      { at: 2, kind: 'task.cancelled', task: MAIN, why: 'a newer version says so' },
      { kind: 'task.cancelled', at: 3, task: MAIN },
      { at: 4, kind: 'task.cancelled' },
      { at: 5, kind: 'task.cancelled', task: MAIN },
    ] as RuntimeEvent[];

    expect(texts(packed(events))).toEqual(texts(events));
  });

  it('may have the same kind and operation as another, which stands in its values', () => {
    const forgotten = (op: string): RuntimeEvent => ({
      ...{ at: 1, kind: 'future.unawaited', op, resource: null, task: MAIN, location: null },
    });
    const timer = { id: 1, kind: 'timer', name: 'timer 1' } as const;
    const fired: RuntimeEvent = { at: 1, kind: 'resource.op', resource: timer, task: null, op: 'fired' };
    const events = [forgotten('fired'), fired, forgotten('sleep(1ms)'), fired, forgotten('fired')];

    expect(texts(packed(events))).toEqual(texts(events));
  });

  it('can be asked for again and again, and taken meanwhile', () => {
    const queue = packed(polls(2000));
    for (let i = 0; i < 1500; i++) queue.shift();

    expect([...queue]).toEqual(polls(2000).slice(1500));
    expect([...queue]).toEqual(polls(2000).slice(1500));
  });

  it('let go of what was taken, a batch at a time', async () => {
    const queue = new PackedEvents();
    const tasks: WeakRef<object>[] = [];
    for (const event of polls(5000)) {
      const task = { ...MAIN };
      tasks.push(new WeakRef(task));
      queue.push({ ...event, task } as RuntimeEvent);
    }
    for (let i = 0; i < 4000; i++) queue.shift();

    const gone = await areGone(tasks);
    // The first event of a form stays, as the pattern of the others.
    expect(gone.slice(1, 3000)).not.toContain(false);
    expect([...queue]).toHaveLength(1000);
    expect(gone.slice(4000)).not.toContain(true);
  });
});
