import { type Async, mpsc, sleep, spawn } from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Compressed, endsOf, type Layout, showing, TrueTime, within, zoomed } from '../../../src/trace/html/layout.ts';
import { Spans } from '../../../src/trace/spans.ts';
import { programOf, programs } from '../../support/random-program.ts';
import { eventsOf } from '../../support/recorded.ts';

async function spansOf(main: () => Async<unknown>): Promise<Spans> {
  const spans = new Spans();
  for (const event of await eventsOf(main)) spans.fold(event);
  return spans;
}

function* talk(): Async<void> {
  const [tx, rx] = mpsc.channel<string>(1);
  function* bob(): Async<void> {
    yield* sleep(1000);
    yield* tx.send('tea');
    yield* sleep(3000);
  }
  const task = spawn(bob(), { name: 'bob' });
  yield* rx.recv();
  yield* task;
}

const LAYOUT = { length: 1000, closest: 1 } as Layout;

describe.each([
  ['compressed', Compressed],
  ['in true time', TrueTime],
])('a layout that is %s', (_, Kind) => {
  it('keeps the order of what happened, and has room for all of it', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        const spans = await spansOf(programOf(program).main);
        const layout = new Kind(spans);

        for (const life of spans.lives()) {
          const { from, to } = endsOf(layout, life.spans);
          // From the beginning of the one to its end to the beginning of the next one.
          const places = life.spans.flatMap((_, i) => [from[i] ?? -1, to[i] ?? -1]);
          expect(places).toEqual([...places].sort((a, b) => a - b));
          expect(places[0]).toBeGreaterThanOrEqual(0);
          expect(places.at(-1)).toBeLessThanOrEqual(layout.length);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has round times on its axis, however near one looks', async () => {
    const layout = new Kind(await spansOf(talk));
    const whole = { from: 0, to: layout.length };

    for (const factor of [1, 3, 10, 100]) {
      const window = zoomed(layout, whole, factor, 0.6);
      const { ticks } = layout.axis(window, 1000, 7);
      const columns = ticks.map(({ column }) => column);

      expect(columns).toEqual([...columns].sort((a, b) => a - b));
      expect(columns.every((column) => column >= 0 && column < 1000)).toBe(true);
      expect(ticks.length).toBeLessThan(40);
      if (factor < 100) expect(ticks.length).toBeGreaterThan(1);
    }
  });
});

describe('true time', () => {
  it('gives each second the same room', async () => {
    const layout = new TrueTime(await spansOf(talk));

    expect(layout.length).toBe(4000);
    expect([0, 1000, 4000].map((at) => layout.at({ at, step: 1 }))).toEqual([0, 1000, 4000]);
    const { ticks } = layout.axis({ from: 0, to: 4000 }, 400, 7);
    expect(ticks.map(({ label }) => label)).toEqual(['0 s', '1 s', '2 s', '3 s']);
  });
});

describe('compressed time', () => {
  it('says what it has cut out', async () => {
    function* main(): Async<void> {
      for (let n = 0; n < 20; n++) yield* sleep(1);
      yield* sleep(60_000);
      for (let n = 0; n < 20; n++) yield* sleep(1);
    }
    const layout = new Compressed(await spansOf(main));
    const { cuts } = layout.axis({ from: 0, to: layout.length }, 1000, 7);

    expect(cuts.map(({ ms }) => ms)).toEqual([60_000]);
    expect((cuts[0]?.to ?? 0) - (cuts[0]?.from ?? 0)).toBeLessThan(400);
  });

  it('lets a poll be seen that takes no time', async () => {
    const spans = await spansOf(talk);
    const layout = new Compressed(spans);
    const polls = spans.lives().flatMap((life) => life.spans.filter(({ state }) => state === 'running'));

    for (const poll of polls) {
      const [from, to] = layout.ends(poll);
      expect((to - from) / layout.length).toBeGreaterThan(0.005);
    }
  });
});

describe('a window', () => {
  it('stays within the layout', () => {
    expect(within(LAYOUT, { from: -50, to: 50 })).toEqual({ from: 0, to: 100 });
    expect(within(LAYOUT, { from: 950, to: 1050 })).toEqual({ from: 900, to: 1000 });
    expect(within(LAYOUT, { from: -500, to: 1500 })).toEqual({ from: 0, to: 1000 });
  });

  it('zooms around what the hand is at', () => {
    expect(zoomed(LAYOUT, { from: 0, to: 1000 }, 2, 0.3)).toEqual({ from: 150, to: 650 });
  });

  it('comes no closer than the layout says, and goes no farther than all of it', () => {
    expect(zoomed(LAYOUT, { from: 500, to: 502 }, 100, 0.5)).toEqual({ from: 500.5, to: 501.5 });
    expect(zoomed(LAYOUT, { from: 500, to: 502 }, 1e-9, 0.5)).toEqual({ from: 0, to: 1000 });
  });

  it('moves only to show what cannot be seen', () => {
    const window = { from: 400, to: 600 };

    expect(showing(LAYOUT, window, 500)).toBe(window);
    expect(showing(LAYOUT, window, 700)).toEqual({ from: 600, to: 800 });
    expect(showing(LAYOUT, window, 0)).toEqual({ from: 0, to: 200 });
    expect(showing(LAYOUT, { from: 0, to: 1000 }, 1000)).toEqual({ from: 0, to: 1000 });
  });
});
