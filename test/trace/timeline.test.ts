import { type Async, Mutex, mpsc, Runtime, type RuntimeEvent, select, sleep, spawn, yieldNow } from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Timeline } from '../../src/trace/timeline.ts';
import { widthOf } from '../../src/trace/width.ts';
import { programOf, programs } from '../support/random-program.ts';
import { textOf, unclean } from '../support/views.ts';

interface Shown {
  readonly width?: number;
  readonly unicode?: boolean;
}

/** What a terminal shows of a run on the virtual clock, however it ends. */
async function draw(main: () => Async<unknown>, shown: Shown = {}): Promise<string> {
  return drawn(await eventsOf(main), shown);
}

function drawn(events: readonly RuntimeEvent[], { width = 60, unicode = true }: Shown = {}): string {
  const timeline = new Timeline();
  for (const event of events) timeline.fold(event);
  return `\n${timeline.lines({ width, unicode, folder: '' }).map(textOf).join('\n')}\n`;
}

async function eventsOf(main: () => Async<unknown>): Promise<RuntimeEvent[]> {
  const events: RuntimeEvent[] = [];
  const runtime = new Runtime({
    clock: 'virtual',
    seed: 1,
    observer: (event) => events.push(event),
    onWarning: () => {},
  });
  await runtime.blockOn(main()).catch(() => {});
  return events;
}

function* sender(tx: mpsc.Sender<string>): Async<void> {
  yield* sleep(1000);
  yield* tx.send('tea');
}

function* talk(): Async<void> {
  const [tx, rx] = mpsc.channel<string>(1);
  spawn(sender(tx), { name: 'bob' });
  yield* rx.recv();
}

/** The lanes of a picture: names, and the rest from the same column on. */
function lanesOf(picture: string): { name: string; cells: string[] }[] {
  const [, labels = '', ...rows] = picture.split('\n');
  const start = labels.search(/\S/);
  return rows.slice(1).flatMap((row) => {
    const [name, cells] = [row.slice(0, start).trim(), [...row.slice(start)]];
    return /^[█▒─·▲▼◆✗]/.test(cells.join('')) && name !== '' && row.startsWith(name) && !/^[█▒─·▲▼◆✗┈╱] /.test(row)
      ? [{ name, cells }]
      : [];
  });
}

describe('Timeline', () => {
  it('has a lane for each task, and says who woke whom', async () => {
    expect(await draw(talk)).toMatchInlineSnapshot(`
      "
            0 s        200 ms    400 ms    600 ms    800 ms   1 s
            ┬┈─────────┬─────────┬─────────┬─────────┬────────┬┈┈┈
      main  █───────────────recv() on channel 1────────────────▲█·
      bob   ▒█───────────────────sleep(1s)────────────────────◆█··
      █ running   ▒ ready   ─ waiting   · not there
      ▲ woken by the task that runs then
      ◆ woken by timer, socket or yield   ┈ a moment, drawn wide
      "
    `);
  });

  it('has a twin for terminals that know ASCII only', async () => {
    expect(await draw(talk, { unicode: false })).toMatchInlineSnapshot(`
      "
            0 s        200 ms    400 ms    600 ms    800 ms   1 s
            |~_________|_________|_________|_________|________|~~~
      main  #---------------recv() on channel 1----------------^#.
      bob   =#-------------------sleep(1s)--------------------*#..
      # running   = ready   - waiting   . not there
      ^ woken by the task that runs then
      * woken by timer, socket or yield   ~ a moment, drawn wide
      "
    `);
  });

  it('shows in their order what happened at one instant', async () => {
    expect(
      await draw(function* () {
        const mutex = new Mutex(0);
        function* visit(): Async<void> {
          using _guard = yield* mutex.lock();
          yield* yieldNow();
        }
        const visitors = ['ada', 'bob', 'cy'].map((name) => spawn(visit(), { name }));
        for (const visitor of visitors) yield* visitor;
      }),
    ).toMatchInlineSnapshot(`
      "
            0 s
            ┬┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈
      main  ███──join(ada)───▲▒▒▒▒▒▒███──▲▒▒▒▒▒▒███──▲███···
      ada   ·▒▒███───────◆▒███···········│···········│······
      bob   ··▒▒▒▒███───────▼▒███─◆▒▒▒▒███···········│······
      cy    ··▒▒▒▒▒▒▒███─────lock()─────▼▒███─◆▒▒▒▒███······
      █ running   ▒ ready   ─ waiting   · not there
      ▲ ▼ woken by the task that runs then
      ◆ woken by timer, socket or yield   ┈ a moment, drawn wide
      "
    `);
  });

  it('shows a burst of a millisecond beside a minute', async () => {
    expect(
      await draw(function* () {
        for (const ms of [0.2, 0.3, 0.5, 60_000, 1]) yield* sleep(ms);
      }),
    ).toMatchInlineSnapshot(`
      "
            0 s      1 ms     2 ms      3 ms          60.003 s
            ┬────────┬┈───────┬┈────────┬┈╱   60 s   ╱┬┈────────┈┈
      main  █────────◆█───────◆█────────◆█╱sleep(60s)╱◆█───────◆█·
      █ running   ─ waiting   · not there
      ◆ woken by timer, socket or yield   ┈ a moment, drawn wide
      ╱ time left out
      "
    `);
  });

  it('shows what each task waits for when all are stuck', async () => {
    expect(
      await draw(function* () {
        const [one, two] = [new Mutex(1), new Mutex(2)];
        function* take(first: Mutex<number>, second: Mutex<number>): Async<void> {
          using _first = yield* first.lock();
          yield* sleep(5);
          using _second = yield* second.lock();
        }
        const ada = spawn(take(one, two), { name: 'ada' });
        spawn(take(two, one), { name: 'bob' });
        yield* ada;
      }),
    ).toMatchInlineSnapshot(`
      "
            0 s            2 ms        4 ms
            ┬┈┈────────────┬───────────┬─────┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈
      main  █─────────────────────join(ada)──────────────────────✗
      ada   ▒█──────────sleep(5ms)──────────◆█─lock() on mutex 2─✗
      bob   ▒▒█─────────sleep(5ms)──────────◆▒█──────lock()──────✗
      █ running   ▒ ready   ─ waiting   ✗ dropped or panicked
      ◆ woken by timer, socket or yield   ┈ a moment, drawn wide
      "
    `);
  });

  it('marks who was dropped, and who panicked', async () => {
    expect(
      await draw(function* () {
        const nap = spawn(sleep(9), { name: 'nap' });
        function* fail(): Async<void> {
          yield* sleep(2);
          throw new Error('no');
        }
        spawn(fail(), { name: 'bad' });
        spawn(sleep(9), { name: 'left over' });
        yield* sleep(4);
        nap.abort();
        yield* sleep(4);
      }),
    ).toMatchInlineSnapshot(`
      "
                 0 s          2 ms        4 ms        6 ms
                 ┬┈┈┈─────────┬┈──────────┬┈──────────┬─────────┈┈
      main       █───────sleep(4ms)───────◆█────sleep(4ms)─────◆█·
      nap        ▒█───────sleep(9ms)───────▼✗·····················
      bad        ▒▒█──────────◆█✗·································
      left over  ▒▒▒█─────────────────sleep(9ms)─────────────────✗
      █ running   ▒ ready   ─ waiting   · not there
      ✗ dropped or panicked   ▼ woken by the task that runs then
      ◆ woken by timer, socket or yield   ┈ a moment, drawn wide
      "
    `);
  });

  it('shows no wake of those who are dropped at the end', async () => {
    const picture = await draw(function* () {
      const nap = spawn(sleep(9), { name: 'nap' });
      spawn(
        (function* () {
          yield* nap;
        })(),
        { name: 'joins' },
      );
      yield* sleep(1);
    });

    const [, , joins] = lanesOf(picture).map(({ cells }) => cells.join('').trimEnd());
    expect(joins).toMatch(/^▒+█─+join\(nap\)─+✗$/);
  });

  it('lets a task that is dropped wake those who wait for it', async () => {
    const picture = await draw(function* () {
      const nap = spawn(sleep(9), { name: 'nap' });
      spawn(
        (function* () {
          yield* nap;
        })(),
        { name: 'joins' },
      );
      yield* yieldNow();
      nap.abort();
      yield* yieldNow();
    });

    const [, nap = [], joins = []] = lanesOf(picture).map(({ cells }) => cells);
    expect(nap.indexOf('✗')).toBeGreaterThan(0);
    expect(joins.indexOf('▼')).toBe(nap.indexOf('✗'));
  });

  it('says that several polls share a column, and leaves none out', async () => {
    const picture = await draw(function* () {
      const tasks = ['ada', 'bob'].map((name) =>
        spawn(
          (function* () {
            for (let n = 0; n < 100; n++) yield* yieldNow();
          })(),
          { name },
        ),
      );
      for (const task of tasks) yield* task;
    });

    expect(picture).toContain('several polls share a column');
    for (const { cells } of lanesOf(picture).slice(1)) {
      expect(cells.filter((cell) => cell === '█').length).toBeGreaterThan(20);
    }
  });

  it('leaves out lanes when there are too many, and says how many', async () => {
    const picture = await draw(function* () {
      for (let n = 1; n <= 30; n++) spawn(sleep(n), { name: `task ${n}` });
      yield* sleep(50);
    });

    expect(lanesOf(picture).map(({ name }) => name)).toHaveLength(20);
    expect(picture).toContain('task 19');
    expect(picture).not.toContain('task 20');
    expect(picture).toContain('11 more tasks not shown');
  });

  it('cuts long names, and keeps their ends', async () => {
    const picture = await draw(
      function* () {
        for (const n of [1, 2]) spawn(sleep(1), { name: `a visitor with a very long name ${n}` });
        yield* sleep(2);
      },
      { width: 40 },
    );

    expect(lanesOf(picture).map(({ name }) => name)).toEqual(['main', 'a vis… 1', 'a vis… 2']);
  });

  it('counts letters as a person sees them', async () => {
    const picture = await draw(function* () {
      for (const name of ['お茶', '👩‍👩‍👧', 'e\u0301']) spawn(sleep(1), { name });
      yield* sleep(2);
    });

    const starts = picture.split('\n').filter((row) => row.includes('sleep(1ms)'));
    expect(new Set(starts.map((row) => widthOf(row.split('▒')[0] ?? '')))).toEqual(new Set([6]));
  });

  it('writes wide letters into a lane without moving what is behind them', async () => {
    const picture = await draw(function* () {
      const nap = spawn(sleep(1), { name: 'お茶' });
      yield* nap;
    });

    const [main = '', nap = ''] = picture.split('\n').slice(3);
    expect(main).toContain('join(お茶)');
    expect(widthOf(main)).toBe(widthOf(nap));
  });

  it('does not break a line for those who count characters', async () => {
    const picture = await draw(
      function* () {
        spawn(sleep(1), { name: '👩‍👩‍👧👩‍👩‍👧' });
        yield* sleep(2);
      },
      { width: 40 },
    );

    for (const line of picture.split('\n')) expect(line.length).toBeLessThanOrEqual(40);
  });

  it('lets the way of a wake pass behind those who wait', async () => {
    const picture = await draw(function* () {
      const [tx, rx] = mpsc.channel<string>(1);
      spawn(sleep(3000), { name: 'between' });
      spawn(sender(tx), { name: 'bob' });
      yield* rx.recv();
      yield* sleep(500);
    });
    const [main = [], between = []] = lanesOf(picture).map(({ cells }) => cells);
    expect(between[main.indexOf('▲')]).toBe('┼');
  });

  it('shows no escape sequence of a name or an operation', async () => {
    const events = JSON.stringify(await eventsOf(talk))
      .replaceAll('"bob"', JSON.stringify('b\u001b[31mo\u202eb\n!'))
      .replaceAll('recv()', 'recv\\u0007()');

    const picture = drawn(JSON.parse(events));

    expect(unclean(picture)).toEqual([]);
    expect(picture).toContain('bob !');
    expect(picture).toContain('recv()');
  });

  it('has nothing to show of nothing', () => {
    expect(drawn([])).toBe('\n\n');
  });

  it('shows as much as there is of a run that was cut off', async () => {
    const events = await eventsOf(talk);

    for (let n = 0; n <= events.length; n++) {
      for (const line of drawn(events.slice(0, n)).split('\n')) expect(line.length).toBeLessThanOrEqual(60);
      drawn(events.slice(n));
    }
  });

  it('has room for a long select', async () => {
    const picture = await draw(
      function* () {
        yield* select({ a: sleep(1000), b: sleep(2000), c: sleep(3000) }, { biased: true });
      },
      { width: 80 },
    );

    expect(picture).toContain('sleep(1s) | sleep(2s) | sleep(3s)');
  });
});

describe('Timeline, of programs that nobody has written', () => {
  const anyProgram = fc.tuple(programs, fc.integer({ min: 40, max: 200 }));

  it('fits the width, in both alphabets', async () => {
    await fc.assert(
      fc.asyncProperty(anyProgram, fc.boolean(), async ([plan, width], unicode) => {
        const picture = await draw(() => programOf(plan).main(), { width, unicode });

        for (const line of picture.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(width);
        expect(unclean(picture.replaceAll('\n', ''))).toEqual([]);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
        if (!unicode) expect(picture).toMatch(/^[\x00-\x7f]*$/);
      }),
      { numRuns: 60 },
    );
  });

  it('has a running cell for each task that was polled, and no lane for more', async () => {
    await fc.assert(
      fc.asyncProperty(anyProgram, async ([plan, width]) => {
        const events = await eventsOf(() => programOf(plan).main());
        const tasks = events.flatMap((event) => (event.kind === 'task.spawned' ? [event.task.id] : [])).slice(0, 20);
        const polled = new Set(events.flatMap((event) => (event.kind === 'task.poll-started' ? [event.task.id] : [])));

        const lanes = lanesOf(drawn(events, { width }));

        const runs = lanes.map(({ cells }) => cells.includes('█'));
        expect(runs).toEqual(tasks.map((id) => polled.has(id)));
      }),
      { numRuns: 60 },
    );
  });

  it('has one running cell a column at most, and arrows that come from it', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (plan) => {
        const picture = await draw(() => programOf(plan).main(), { width: 1000 });
        if (picture.includes('several polls share a column') || picture.includes('not shown')) return;

        const lanes = lanesOf(picture);

        for (let column = 0; column < 1000; column++) {
          const cells = lanes.map(({ cells }) => cells[column]);
          const row = cells.indexOf('█');
          expect(cells.lastIndexOf('█'), 'one at a time').toBe(row);
          const isWaker = (cell: string | undefined) => cell === '█' || cell === '✗';
          for (const [i, cell] of cells.entries()) {
            if (cell === '▲') expect(cells.findLastIndex(isWaker)).toBeGreaterThan(i);
            if (cell === '▼') expect(cells.slice(0, i).some(isWaker)).toBe(true);
            if (cell === '◆') expect(row).toBe(-1);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
