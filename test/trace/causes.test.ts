import { type Async, mpsc, Runtime, type RuntimeEvent, sleep, spawn, yieldNow } from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Causes } from '../../src/trace/causes.ts';
import { type Cause, KEPT, Turn, Turns } from '../../src/trace/turns.ts';
import { Why } from '../../src/trace/why.ts';
import { chainLines } from '../../src/trace/why-chain.ts';
import { programOf, programs } from '../support/random-program.ts';
import { dated, HOME, MAIN, placeless, textOf } from '../support/views.ts';

const PAGE = { width: 80, unicode: true, folder: HOME };
const ROOTS = new Set<Cause['kind']>(['start', 'timer', 'io', 'host']);

/** What happened in a run, however it ended. */
async function eventsOf(main: () => Async<unknown>): Promise<RuntimeEvent[]> {
  const events: RuntimeEvent[] = [];
  const observer = (event: RuntimeEvent) => void events.push(event);
  await new Runtime({ clock: 'virtual', seed: 1, observer, onWarning: () => {} }).blockOn(main()).catch(() => {});
  return events;
}

function causesOf(events: readonly RuntimeEvent[]): Causes {
  const causes = new Causes(HOME);
  for (const event of events) causes.fold(event);
  return causes;
}

/** `main 3 ← producer 2`, without what is skipped. */
function path(chain: readonly Cause[]): string {
  return chain.map(({ task, poll }) => `${task.name} ${poll ?? 'dropped'}`).join(' ← ');
}

function* pings(rx: mpsc.Receiver<number>, tx: mpsc.Sender<number>): Async<void> {
  using sender = tx;
  for (let n = yield* rx.recv(); n !== undefined && n > 0; n = yield* rx.recv()) yield* sender.send(n - 1);
}

/** Two tasks wake each other so many times, after a timer. */
function* pingPong(times: number): Async<void> {
  const [[tx1, rx1], [tx2, rx2]] = [mpsc.channel<number>(1), mpsc.channel<number>(1)];
  spawn(pings(rx1, tx2), { name: 'ping' });
  const pong = spawn(pings(rx2, tx1.clone()), { name: 'pong' });
  spawn(yieldNow(), { name: 'short' });
  yield* sleep(1);
  yield* tx1.send(times);
  tx1[Symbol.dispose]();
  yield* pong;
}

describe('a chain of causes', () => {
  it('leads from a poll to the turn that brought it about, and ends in a root', async () => {
    const causes = causesOf(await eventsOf(() => pingPong(2)));

    expect(path(causes.chain(0))).toBe('main 3 ← pong 3 ← ping 3 ← pong 2 ← ping 2 ← main 2');
    expect(causes.chain(0).map(({ kind }) => kind)).toEqual(['task', 'task', 'task', 'task', 'task', 'timer']);
  });

  it('may begin with any of the last polls', async () => {
    const causes = causesOf(await eventsOf(() => pingPong(2)));

    expect(path(causes.chain(2, 2))).toBe('pong 2 ← ping 2 ← main 2');
    expect(path(causes.chain(0, 1))).toBe('main 1');
    expect(causes.chain(0, 9)).toEqual([]);
    expect(causes.chain(9)).toEqual([]);
  });

  it('is finite, goes back in time and ends in a root: for every turn of every program', async () => {
    const total = { turns: 0, links: 0, drops: 0 };
    await fc.assert(
      fc.asyncProperty(programs, async (plan) => {
        const events = await eventsOf(programOf(plan).main);
        const causes = new Causes(HOME);
        for (const event of JSON.parse(JSON.stringify(events)) as RuntimeEvent[]) {
          const turn = causes.fold(event);
          expect(turn !== undefined).toBe(turn?.poll === null || event.kind === 'task.poll-started');
          if (turn === undefined) continue;
          const chain = turn.chain();
          total.turns += 1;
          total.links += chain.length - 1;
          total.drops += chain.filter(({ poll }) => poll === null).length;

          expect(new Set(chain.map(({ task, poll }) => `${task.id} ${poll}`)).size).toBe(chain.length);
          for (const [i, cause] of chain.entries()) {
            expect(cause.at).toBeLessThanOrEqual(chain[i - 1]?.at ?? event.at);
            const earlier = chain.slice(0, i).findLast(({ task }) => task.id === cause.task.id);
            if (typeof earlier?.poll === 'number') expect(cause.poll).toBeLessThan(earlier.poll);
            expect(ROOTS.has(cause.kind)).toBe(i === chain.length - 1);
            expect(cause.skipped).toBe(0);
            expect(cause.text).not.toMatch(/undefined|nothing was told|woke it through/);
          }
        }
      }),
      { numRuns: 300 },
    );
    // The programs must do something for this to say anything.
    expect(Math.min(total.turns, total.links)).toBeGreaterThan(300);
    expect(total.drops).toBeGreaterThan(0);
  });

  it('says the same of a saved run, line by line', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (plan) => {
        const events = await eventsOf(programOf(plan).main);
        const [live, saved] = [new Why(PAGE), new Why(PAGE)];
        const again = JSON.parse(JSON.stringify(events)) as RuntimeEvent[];
        expect(again.map((event) => saved.tell(event))).toEqual(events.map((event) => live.tell(event)));
        expect(saved.chain(0)).toEqual(live.chain(0));
      }),
      { numRuns: 50 },
    );
  });

  it('says what it can of a run whose beginning is not there', async () => {
    await fc.assert(
      fc.asyncProperty(programs, fc.nat(50), async (plan, missing) => {
        const view = new Why(PAGE);
        for (const event of (await eventsOf(programOf(plan).main)).slice(missing)) view.tell(event);
        expect(view.chain(0).length).toBeLessThan(1000);
      }),
      { numRuns: 50 },
    );
    const [line] = new Why(PAGE).tell(dated({ kind: 'task.poll-started', task: { id: 3, name: 'eve' }, poll: 7 }));
    expect(line && textOf(line)).toBe('   2.000 s  eve         · eve is polled, and nothing was told of why');
  });
});

describe('in a long run', () => {
  it('the last turns keep their way, and the root stays known', async () => {
    const causes = causesOf(await eventsOf(() => pingPong(5000)));
    const chain = causes.chain(0);

    expect(chain.length).toBeGreaterThan(KEPT);
    expect(chain.length).toBeLessThan(KEPT + 10);
    expect(chain.at(-1)).toMatchObject({ kind: 'timer', poll: 2, task: { name: 'main' } });
    expect(chain.filter(({ skipped }) => skipped > 0)).toHaveLength(1);
    const skipped = chain.reduce((sum, cause) => sum + cause.skipped, 0);
    const whole = causesOf(await eventsOf(() => pingPong(500))).chain(0).length;
    expect(chain.length + skipped - whole).toBe(4500);
  });

  /** A task gets a message after some turns, and waits for the next one during very many. */
  function patience(turnsBefore: number): Promise<RuntimeEvent[]> {
    return eventsOf(function* () {
      const [tx, rx] = mpsc.channel<number>(1);
      function* waits(): Async<void> {
        yield* rx.recv();
        yield* rx.recv();
      }
      spawn(waits(), { name: 'patient' });
      yield* pingPong(turnsBefore);
      yield* tx.send(1);
      yield* pingPong(KEPT);
    });
  }

  it('a task that waits all the while keeps its own way, if it is short', async () => {
    const chain = causesOf(await patience(1)).chain(1);

    expect(path(chain)).toBe('patient 2 ← main 3 ← pong 2 ← ping 2 ← main 2');
    expect(chain.map(({ skipped }) => skipped)).toEqual([0, 0, 0, 0, 0]);
  });

  it('and if it is long, its root', async () => {
    const causes = causesOf(await patience(100));
    const chain = causes.chain(1);

    expect(path(chain)).toBe('patient 2 ← main 2');
    expect(causes.chain(1, 2)).toEqual(chain);
    expect(chain.map(({ kind, skipped }) => [kind, skipped])).toEqual([
      ['task', 103],
      ['timer', 0],
    ]);
  });

  it('tasks that are over are forgotten', async () => {
    const events = await eventsOf(() => pingPong(KEPT));
    const causes = new Causes(HOME);
    let known = false;
    for (const event of events) {
      causes.fold(event);
      known ||= causes.chain(3).length > 0;
    }

    expect(known).toBe(true);
    expect(causes.chain(3)).toEqual([]);
  });

  it('but not at once', async () => {
    const causes = causesOf(
      await eventsOf(function* () {
        yield* pingPong(KEPT);
        yield* spawn(yieldNow(), { name: 'late' });
        yield* sleep(1);
      }),
    );

    expect(causes.chain(4)[0]?.text).toMatch(/^late is polled because it had yielded/);
  });

  it('the last turn of a task is its latest, wherever it is kept', () => {
    const turns = new Turns();
    for (let poll = 1; poll <= KEPT + 3; poll++) {
      turns.add(new Turn({ at: 0, task: MAIN, poll, kind: 'host', text: '' }, undefined));
    }

    expect(turns.lastOf(MAIN.id)?.poll).toBe(KEPT + 3);
    expect([turns.find(MAIN.id, 3), turns.find(MAIN.id, 4)?.poll]).toEqual([undefined, 4]);
  });

  it('the end is no turn: who is dropped with it had its last one before', async () => {
    const causes = causesOf(
      await eventsOf(function* () {
        const ready = spawn(yieldNow(), { name: 'ready' });
        yield* yieldNow();
        spawn(yieldNow(), { name: 'never polled' });
        ready.isFinished();
      }),
    );

    expect(path(causes.chain(1))).toBe('ready 1 ← main 1');
    expect(causes.chain(2)).toEqual([]);
  });

  it('main is not aborted, even if the run is stopped while it is ready', () => {
    const events = [
      { kind: 'task.poll-started', task: MAIN, poll: 1 },
      { kind: 'task.woken', task: MAIN, by: { kind: 'host' } },
      { kind: 'task.cancelled', task: MAIN },
    ] as const;

    expect(path(causesOf(events.map(dated)).chain(0))).toBe('main 1');
  });

  it('the end keeps those who are dropped with it: a stuck program is asked then', async () => {
    const causes = causesOf(
      await eventsOf(function* () {
        const [_tx, rx] = mpsc.channel<number>(1);
        spawn(rx.recv(), { name: 'waits' });
        yield* spawn(pingPong(KEPT), { name: 'busy' });
        yield* mpsc.channel<number>(1)[1].recv();
        yield* rx.recv();
      }),
    );

    expect(path(causes.chain(1))).toBe('waits 1 ← main 1');
  });

  it('a second run with the same observer begins afresh', async () => {
    const events = await eventsOf(() => pingPong(2));

    expect(causesOf([...events, ...events]).chain(0)).toEqual(causesOf(events).chain(0));
    expect(causesOf([...events, ...events.slice(0, 1)]).chain(0)).toEqual([]);
  });
});

describe('the list of causes', () => {
  const listOf = async (times: number, unicode = true) => {
    const causes = causesOf(await eventsOf(() => pingPong(times)));
    return chainLines(causes.chain(0), { ...PAGE, unicode });
  };

  it('has each cause below what it brought about', async () => {
    const lines = await listOf(1);

    expect(lines.map((line) => placeless(textOf(line)))).toEqual([
      expect.stringMatching(/^ {3}0\.001 s {2}main is polled because pong has ended/),
      expect.stringMatching(/^ {3}0\.001 s {4}pong is polled because ping /),
      expect.stringMatching(/^ {3}0\.001 s {6}ping is polled because main put a message into channel 1/),
      expect.stringMatching(/^ {3}0\.001 s {8}main is polled because timer 1 \(sleep\(1ms\)\) fired/),
    ]);
    expect(lines.map(({ indent }) => indent)).toEqual([12, 14, 16, 18]);
  });

  it.each([
    [true, '…'],
    [false, '...'],
  ])('leaves out the middle of a long one, unicode %s', async (unicode, dots) => {
    const lines = await listOf(5000, unicode);
    const whole = (await listOf(5000)).length;

    expect(whole).toBe(10);
    expect(textOf(lines[8] as (typeof lines)[number]).trim()).toMatch(
      new RegExp(`^${dots.replaceAll('.', '\\.')} 4,99\\d more turns$`),
    );
  });

  it('is shown whole where leaving out would save nothing', async () => {
    for (let times = 1; times <= 12; times++) {
      const lines = await listOf(times);
      const isCut = lines.some((line) => textOf(line).includes('more turn'));
      expect(isCut).toBe(isCut && lines.length === 10);
    }
  });
});
