import {
  type Async,
  interval,
  Mutex,
  mpsc,
  type RuntimeEvent,
  RwLock,
  Semaphore,
  select,
  sleep,
  spawn,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import type { Page } from '../../src/trace/page.ts';
import { Stats } from '../../src/trace/stats.ts';
import { at, eventsOf, poll, wait } from '../support/lint-runs.ts';
import { BOB, HERE, HOME, MAIN, placeless, textOf, unclean } from '../support/views.ts';

const PAGE: Page = { width: 150, unicode: true, folder: HOME };

function rowsOf(events: readonly RuntimeEvent[], page: Partial<Page> = {}): string[] {
  const stats = new Stats();
  for (const event of events) stats.fold(event);
  return stats.lines({ ...PAGE, ...page }).map(textOf);
}

/** The cells of a table by their titles. No cell is empty in it, and none has two spaces. */
function cellsOf(rows: readonly string[], from = 0): Record<string, string>[] {
  const [titles = [], ...cells] = rows.slice(from).map((row) => row.trim().split(/ {2,}/));
  return cells.map((row) => Object.fromEntries(row.map((cell, i) => [titles[i], cell])));
}

/** Bob's life on the real clock: 10 ms ready, 30 ms busy, 50 ms idle, 5 ms ready, 5 ms busy. */
const BOBS_LIFE = [
  at(0, { kind: 'runtime.started', clock: 'real', seed: 1, speed: 1 }),
  at(100, { kind: 'task.spawned', task: BOB, parent: MAIN, location: HERE }),
  ...poll(110, BOB, 30, [wait('recv()', { id: 1, kind: 'channel', name: 'channel 1' }, 30)]),
  at(190, { kind: 'task.woken', task: BOB, by: { kind: 'self', resource: null, location: null } }),
  ...poll(195, BOB, 5, 'ready'),
];

describe('the table of tasks', () => {
  it('has the times of a life: total is busy and scheduled and idle', () => {
    expect(cellsOf(rowsOf(BOBS_LIFE))[0]).toEqual({
      ID: '2',
      State: 'DONE',
      Name: 'bob',
      Total: '100.00 ms',
      Busy: '35.00 ms',
      Sched: '15.00 ms',
      Idle: '50.00 ms',
      Polls: '2',
      Wakes: '1',
      Self: '1 (100%)',
      Where: 'tea.ts:18',
    });
  });

  it('is true at any time: state, times, what it waits on and where', () => {
    const states = BOBS_LIFE.map((_, n) => {
      const rows = rowsOf([...BOBS_LIFE.slice(0, n + 1), at(200, { kind: 'print', task: null, text: '' })]);
      const { State, Sched, Idle, 'Waits on': wait = '-', Where } = cellsOf(rows)[0] ?? {};
      return `${State}, ready for ${Sched}, idle for ${Idle}, ${wait} at ${Where}`;
    });

    expect(states).toEqual([
      'undefined, ready for undefined, idle for undefined, - at undefined',
      'SCHED, ready for 100.00 ms, idle for 0.00 ms, - at tea.ts:18',
      'RUNNING, ready for 10.00 ms, idle for 0.00 ms, - at tea.ts:18',
      'IDLE, ready for 10.00 ms, idle for 60.00 ms, recv() on channel 1 at tea.ts:30',
      'SCHED, ready for 20.00 ms, idle for 50.00 ms, - at tea.ts:18',
      'RUNNING, ready for 15.00 ms, idle for 50.00 ms, - at tea.ts:18',
      'RUNNING, ready for 15.00 ms, idle for 50.00 ms, - at tea.ts:18',
      'DONE, ready for 15.00 ms, idle for 50.00 ms, - at tea.ts:18',
    ]);
  });

  it('counts a wake during a poll as ready from the end of that poll on', () => {
    const events = [
      ...BOBS_LIFE.slice(0, 2),
      at(110, { kind: 'task.poll-started', task: BOB, poll: 1 }),
      at(120, { kind: 'task.woken', task: BOB, by: { kind: 'host' } }),
      at(140, { kind: 'task.poll-ended', task: BOB, poll: 1, outcome: 'pending', busy: 30, awaits: [] }),
      at(147, { kind: 'task.poll-started', task: BOB, poll: 2 }),
    ];

    expect(cellsOf(rowsOf(events))[0]).toMatchObject({ Sched: '17.00 ms', Busy: '30.00 ms', Idle: '0.00 ms' });
  });

  it('says how a task has ended, and what it waited on when it was dropped', async () => {
    const main = function* () {
      const [_tx, rx] = mpsc.channel<number>(1);
      spawn(
        (function* () {
          throw new Error('no');
        })(),
        { name: 'thrower' },
      );
      spawn(rx.recv(), { name: 'waiter' });
      yield* sleep(5);
    };
    const rows = rowsOf(await eventsOf(main));

    expect(rows.slice(1, 4).map((row) => row.split(/ {2,}/).slice(1, 3).join(' '))).toEqual([
      'DONE main',
      'PANICKED thrower',
      'CANCELLED waiter',
    ]);
    expect(rows[3]).toContain('recv() on channel 1');
  });

  it('has no busy time on the virtual clock', async () => {
    const [main] = cellsOf(
      rowsOf(
        await eventsOf(function* () {
          yield* sleep(5);
        }),
      ),
    );

    expect(main).toMatchObject({ Total: '5.00 ms', Busy: '-', Sched: '0.00 ms', Idle: '5.00 ms' });
  });

  it('tells thirty of a thousand tasks, main among them, and sums up the others', async () => {
    const main = function* () {
      const calm = function* (): Async<void> {
        yield* yieldNow();
      };
      const eager = function* (): Async<void> {
        for (let n = 0; n < 5; n++) yield* yieldNow();
      };
      for (let n = 0; n < 999; n++) spawn(n % 100 === 99 ? eager() : calm());
      yield* sleep(50);
    };
    const rows = rowsOf(await eventsOf(main));
    const ids = cellsOf(rows.slice(0, 31)).map(({ ID }) => Number(ID));

    expect(ids).toHaveLength(30);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(ids).toEqual(expect.arrayContaining([0, 100, 200, 300, 400, 500, 600, 700, 800, 900]));
    expect(rows[31]).toBe('… and 970 more, with 1,940 polls');
  });
});

describe('the tasks that are told', () => {
  /** Main does nothing; of the others the n-th is busy for so long, and ends. */
  function busyFor(times: readonly number[]): RuntimeEvent[] {
    return [
      at(0, { kind: 'runtime.started', clock: 'real', seed: 1, speed: 1 }),
      at(0, { kind: 'task.spawned', task: MAIN, parent: null, location: null }),
      ...times.flatMap((busy, n) => {
        const task = { id: n + 1, name: `task ${n + 1}` };
        return [at(0, { kind: 'task.spawned', task, parent: MAIN, location: null }), ...poll(0, task, busy, 'ready')];
      }),
      at(0, { kind: 'task.completed', task: MAIN, outcome: 'ok', error: null }),
    ];
  }

  it('are main and those that had the thread longest, whenever they ended', () => {
    const times = Array.from({ length: 200 }, (_, n) => (n % 5 === 2 ? n + 1 : 0.5));
    const rows = rowsOf(busyFor(times));
    const ids = cellsOf(rows.slice(0, 31)).map(({ ID }) => Number(ID));

    expect(ids).toEqual([0, ...Array.from({ length: 29 }, (_, n) => 58 + 5 * n)]);
    expect(rows[31]).toBe('… and 171 more, with 171 polls and 388.00 ms busy');
  });
});

describe('the table of resources', () => {
  it('says what is in a channel, who has a lock, and how many wait', async () => {
    const main = function* () {
      const [tx, _rx] = mpsc.channel<number>(3);
      const [utx, _urx] = mpsc.unboundedChannel<number>();
      const cups = new Mutex(0);
      const book = new RwLock(0);
      yield* tx.send(1);
      utx.send(1);
      using _cup = yield* cups.lock();
      (yield* book.read())[Symbol.dispose]();
      spawn(cups.lock(), { name: 'ada' });
      spawn(cups.lock(), { name: 'bob' });
      yield* sleep(9);
    };
    const events = await eventsOf(main);
    const asleep = events.findIndex(({ kind }) => kind === 'runtime.parked');
    const rows = rowsOf(events.slice(0, asleep));
    const table = rows.slice(rows.indexOf('') + 1).map(placeless);

    expect(table.map((row) => row.replace(/ +\S+test\.ts:\d+$/, ''))).toMatchInlineSnapshot(`
      [
        "ID  Resource   Detail            State         Waiting  Most  Ops  Where",
        " 1  channel 1  mpsc, capacity 3  1 of 3              0     0    1",
        " 2  channel 2  mpsc, unbounded   1, no limit         0     0    1",
        " 3  mutex 1                      held by main        2     2    3",
        " 4  rwlock 1                     free                0     0    2",
        " 5  timer 1                      until 9.000         1     1    1",
      ]
    `);
  });

  it('tells how many wait, and how many did at once', async () => {
    const main = function* () {
      const cups = new Mutex(0);
      const visit = function* (): Async<void> {
        using _cup = yield* cups.lock();
        yield* sleep(1);
      };
      for (let n = 0; n < 3; n++) spawn(visit());
      yield* sleep(9);
      for (let n = 0; n < 2; n++) spawn(visit());
      yield* sleep(9);
    };
    const rows = rowsOf(await eventsOf(main));

    expect(cellsOf(rows, rows.indexOf('') + 1)[0]).toMatchObject({ Resource: 'mutex 1', Waiting: '0', Most: '2' });
  });

  it('names a holder once', async () => {
    const main = function* () {
      const shelf = new Semaphore(3);
      (yield* shelf.acquire()).forget();
      yield* shelf.acquire();
      yield* shelf.acquire();
    };

    expect(rowsOf(await eventsOf(main)).at(-1)).toMatch(/ held by main +0 /);
  });

  it('knows a timer that goes on', async () => {
    const main = function* () {
      const ticks = interval(10);
      for (let n = 0; n < 3; n++) yield* ticks.tick();
      yield* ticks.tick();
    };
    const events = await eventsOf(main);
    const lastPark = events.findLastIndex(({ kind }) => kind === 'runtime.parked');

    expect(rowsOf(events.slice(0, lastPark)).at(-1)).toMatch(/timer 1 +until 30\.000/);
  });

  it('remembers what lasts, however much is used once and over', async () => {
    const main = function* () {
      const cups = new Mutex(0);
      (yield* cups.lock())[Symbol.dispose]();
      for (let n = 0; n < 2500; n++) yield* sleep(1);
    };
    const rows = rowsOf(await eventsOf(main));

    expect(rows.at(-2)).toMatch(/mutex 1 +free/);
    expect(rows.at(-1)).toBe('… and 2,500 timers');
  });

  it('counts what was used once and is over', async () => {
    const main = function* () {
      for (let n = 0; n < 12; n++) yield* sleep(1);
      yield* select({ one: sleep(1), other: sleep(2) });
    };
    const rows = rowsOf(await eventsOf(main));

    expect(rows.at(-1)).toBe('… 14 timers, 1 select');
  });

  it('tells thirty of many, those that were used most, and how many others', async () => {
    const main = function* () {
      for (let n = 1; n <= 3000; n++) {
        const cups = new Mutex(0);
        for (let used = 0; used < (n % 100 === 0 ? 3 : 1); used++) (yield* cups.lock())[Symbol.dispose]();
      }
    };
    const rows = rowsOf(await eventsOf(main));
    const table = cellsOf(rows.slice(0, -1), rows.indexOf('') + 1);

    expect(table.map(({ Resource }) => Resource)).toEqual(
      Array.from({ length: 30 }, (_, n) => `mutex ${(n + 1) * 100}`),
    );
    expect(new Set(table.map(({ Ops }) => Ops))).toEqual(new Set(['6']));
    expect(rows.at(-1)).toBe('… and 2,970 mutexes');
  });
});

describe('Stats', () => {
  it('stays readable in forty columns', () => {
    expect(rowsOf(BOBS_LIFE, { width: 40 })).toEqual([
      'ID  State  Name      Busy  Polls',
      ' 2  DONE   bob   35.00 ms      2',
    ]);
  });

  it('leaves out the least important columns first', () => {
    const titles = [150, 90, 70, 50, 30].map((width) => rowsOf(BOBS_LIFE, { width })[0]?.replace(/ +/g, ' ').trim());

    expect(titles).toMatchInlineSnapshot(`
      [
        "ID State Name Total Busy Sched Idle Polls Wakes Self Where",
        "ID State Name Total Busy Sched Polls Wakes Self Where",
        "ID State Name Total Busy Sched Polls Wakes Self",
        "ID State Name Total Busy Polls",
        "ID State Name Polls",
      ]
    `);
  });

  it('makes texts shorter before it leaves their column out', () => {
    const task = { id: 1, name: 'a name that is longer than any other' };
    const place = { ...HERE, file: 'file:///home/ada/a/folder/far/below/tea.ts' };
    const rows = rowsOf([at(0, { kind: 'task.spawned', task, parent: null, location: place })], { width: 100 });

    expect(rows[1]).toMatch(/^ 1 {2}SCHED {2}a name that is l… .+ …low\/tea\.ts:18$/);
  });

  it('cuts no character in half', () => {
    const task = { id: 1, name: '\u{1f375}'.repeat(30) };
    const rows = rowsOf([at(0, { kind: 'task.spawned', task, parent: null, location: null })], { width: 60 });

    expect(rows.join()).toContain('\u{1f375}…');
    expect(rows.map((row) => Buffer.from(row).toString())).toEqual(rows);
  });

  it('lets nothing of a program through that could change the terminal', () => {
    const name = '\u001b[31mred\n\u202eback';
    const task = { id: 1, name };
    const resource = { id: 1, kind: 'channel', name } as const;
    const rows = rowsOf([
      at(0, { kind: 'task.spawned', task, parent: null, location: { ...HERE, file: `/${name}` } }),
      at(0, { kind: 'resource.created', resource, detail: name, location: null }),
      ...poll(0, task, 1, [wait(name, resource)]),
    ]);

    expect(rows).toHaveLength(5);
    expect(rows.flatMap(unclean)).toEqual([]);
  });

  it('has only ASCII for a terminal that knows no more', async () => {
    const main = function* () {
      for (let n = 0; n < 99; n++) spawn(sleep(n), { name: 'somebody with a long name' });
      yield* sleep(200);
    };

    // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is looked for
    expect(rowsOf(await eventsOf(main), { unicode: false, width: 60 }).join('')).toMatch(/^[\u0000-\u007f]*$/);
  });
});
