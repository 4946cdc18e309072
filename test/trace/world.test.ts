import { inspect } from 'node:util';
import {
  type Async,
  Mutex,
  mpsc,
  oneshot,
  Runtime,
  type RuntimeEvent,
  Semaphore,
  type SemaphorePermit,
  select,
  sleep,
  spawn,
  type TaskRef,
  yieldNow,
} from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ResourceView, World } from '../../src/trace/world.ts';
import { programOf, programs, type Step } from '../support/random-program.ts';

type Op = Extract<RuntimeEvent, { kind: 'resource.op' }>;

/** Runs a program, and looks at the world after every event. */
async function watch(main: () => Async<unknown>, look: (world: World, event: RuntimeEvent) => void): Promise<World> {
  const world = new World();
  const observer = (event: RuntimeEvent) => {
    world.fold(event);
    look(world, event);
  };
  await new Runtime({ clock: 'virtual', seed: 1, observer, onWarning: () => {} }).blockOn(main());
  return world;
}

/** The views of all resources of a kind. */
function all(world: World, kind: string) {
  return [...world.resources.values()].filter(({ ref }) => ref.kind === kind);
}

/** What hands out permits. */
const LOCKS: readonly string[] = ['mutex', 'rwlock', 'semaphore', 'once'];

/** Wakes nobody who does not wait for it. */
const STRICT: readonly string[] = [...LOCKS, 'notify', 'barrier', 'token', 'watch', 'broadcast'];

/** How many permits are held, by one task or by all. */
function held(lock: ResourceView | undefined, by?: TaskRef | null): number {
  const holders =
    lock?.holders.filter(({ task, granted }) => by === undefined || (!granted && task?.id === by?.id)) ?? [];
  return holders.reduce((sum, { permits }) => sum + permits, 0);
}

/** Of the permits that were granted to a task, and not picked up so far, how many each time. */
function grantedTo(lock: ResourceView | undefined, to: TaskRef | null): number[] {
  return (lock?.holders ?? [])
    .filter(({ task, granted }) => granted && task?.id === to?.id)
    .map(({ permits }) => permits);
}

/** Who has a lock that one at a time can hold. */
function holderOf(lock: ResourceView | undefined) {
  return lock?.holders[0]?.task ?? null;
}

function running(world: World) {
  return [...world.tasks.values()].filter(({ state }) => state === 'running');
}

/** Holds what the world looks like against what happens next. */
class Skeptic {
  readonly world = new World();
  readonly #lengths = new Map<number, number>();
  /** How many permits a lock has. */
  readonly #permits = new Map<number, number>();
  /** The first thing that was not as it had to be: an observer must not throw. */
  failure: unknown;

  hear(event: RuntimeEvent): void {
    if (this.failure !== undefined) return;
    try {
      this.#before(event);
      this.world.fold(event);
      this.#after(event);
    } catch (error) {
      this.failure = error;
    }
  }

  #before(event: RuntimeEvent): void {
    const { world } = this;
    const [runs] = running(world);
    switch (event.kind) {
      case 'task.poll-started':
        expect(runs, 'one task runs at a time').toBeUndefined();
        expect(world.tasks.get(event.task.id)?.state).toBe('ready');
        if (event.task.id !== 0) expect(event.task.id).toBe([...world.ready].find((id) => id !== 0));
        break;
      case 'task.poll-ended':
        expect(runs?.ref).toEqual(event.task);
        break;
      case 'task.woken':
        expect(world.ready).not.toContain(event.task.id);
        this.#woken(event);
        break;
      case 'runtime.parked':
        expect(world.ready.size).toBe(0);
        expect(event.until).toBe(this.#nextDeadline());
        break;
      case 'resource.op':
        if (event.task !== null && runs !== undefined) expect(event.task).toEqual(runs.ref);
        this.#op(event);
        break;
    }
  }

  /** Timers and locks wake those who wait for them. */
  #woken({ task, by }: Extract<RuntimeEvent, { kind: 'task.woken' }>): void {
    const awaits = this.world.tasks.get(task.id)?.awaits.map(({ resource }) => resource);
    const runs = running(this.world).map(({ ref }) => ref);
    if (by.kind === 'self') expect(runs).toEqual([task]);
    if (by.kind === 'task') expect(runs).not.toContainEqual(task);
    if (by.kind === 'timer') expect(awaits).toContainEqual(by.resource);
    if (by.kind === 'task' && STRICT.includes(by.resource?.kind ?? '')) expect(awaits).toContainEqual(by.resource);
  }

  #op(event: Op): void {
    const view = this.world.resources.get(event.resource.id);
    switch (event.op) {
      case 'fired':
        expect(event.at).toBe(view?.deadline);
        expect(event.at).toBe(this.#nextDeadline());
        break;
      case 'cancelled':
        if (event.resource.kind === 'timer') expect(view?.deadline).toBeGreaterThanOrEqual(event.at);
        break;
      case 'acquired':
        if (event.granted) expect(grantedTo(view, event.task), 'it was granted').toContain(event.permits);
        if (event.resource.kind !== 'mutex') break;
        expect([null, event.task], 'nobody else has it').toContainEqual(holderOf(view));
        break;
      case 'released':
        expect(held(view, event.holder), 'it has what it gives back').toBeGreaterThanOrEqual(event.permits);
        break;
      case 'contended':
        if (LOCKS.includes(event.resource.kind)) expect(event.available).toBe(0);
        if (event.resource.kind === 'mutex') expect(holderOf(view)).not.toBeNull();
        break;
      case 'sent':
      case 'received':
        // What everybody gets goes when all have it, or when it is too old.
        if (event.resource.kind === 'broadcast') this.#lengths.set(event.resource.id, event.length);
        else this.#lengths.set(event.resource.id, this.#length(event) + (event.op === 'sent' ? 1 : -1));
        break;
    }
  }

  #after(event: RuntimeEvent): void {
    const { world } = this;
    const ready = [...world.tasks.values()].filter(({ state }) => state === 'ready');
    expect(new Set(ready.map(({ ref }) => ref.id))).toEqual(world.ready);
    if (event.kind === 'resource.op' && event.op === 'acquired') this.#acquired(event);
    if (event.kind !== 'resource.op' || !('capacity' in event)) return;
    expect(world.resources.get(event.resource.id)?.length ?? 0).toBe(this.#length(event));
    expect(this.#length(event)).toBeLessThanOrEqual(event.capacity ?? 0);
  }

  /** Nobody stands in line while permits are free: then all are either free or held. */
  #acquired({ resource, available }: Extract<Op, { op: 'acquired' }>): void {
    const all = held(this.world.resources.get(resource.id)) + available;
    const before = this.#permits.get(resource.id) ?? all;
    this.#permits.set(resource.id, before);
    if (available > 0) expect(all, resource.name).toBe(before);
    else expect(all).toBeLessThanOrEqual(before);
  }

  #length({ resource }: Op): number {
    return this.#lengths.get(resource.id) ?? 0;
  }

  #nextDeadline(): number | null {
    const deadlines = [...this.world.resources.values()].flatMap(({ deadline }) => deadline ?? []);
    return deadlines.length === 0 ? null : Math.min(...deadlines);
  }
}

/** A lent future still wakes its task after it has lost a race; without one, wakes are strict. */
const plain = programs.filter((plan) => !JSON.stringify(plan).includes('"lend"'));

async function observe(plan: readonly Step[], seed: number, observer: (event: RuntimeEvent) => void): Promise<void> {
  const runtime = new Runtime({ clock: 'virtual', seed, observer, onWarning: () => {} });
  // However it ends: a deadlock and a panic are ends like any other.
  await runtime.blockOn(programOf(plan).main()).catch(() => {});
}

describe('World, after every event of programs that nobody has written', () => {
  it('knows who runs next, who waits for what, what is in each channel, and who has each lock', async () => {
    await fc.assert(
      fc.asyncProperty(plain, fc.nat(99), async (plan, seed) => {
        const skeptic = new Skeptic();

        await observe(plan, seed, (event) => skeptic.hear(event));

        const { world, failure } = skeptic;
        if (failure !== undefined) throw failure;
        expect(world.outcome).toBeDefined();
        expect([world.tasks.size, world.ready.size]).toEqual([0, 0]);
        expect(all(world, 'timer')).toEqual([]);
        for (const lock of LOCKS) expect(all(world, lock).filter((view) => held(view) > 0)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('knows the same from a run that was saved', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (plan) => {
        const [live, saved] = [new World(), new World()];
        const file: string[] = [];

        await observe(plan, 1, (event) => {
          live.fold(event);
          file.push(JSON.stringify(event));
        });
        for (const line of file) saved.fold(JSON.parse(line));

        expect(saved).toEqual(live);
      }),
      { numRuns: 30 },
    );
  });
});

describe('World', () => {
  it('forgets a semaphore whose permits came back merged, whoever had acquired them', async () => {
    const held: number[] = [];
    const world = await watch(
      function* () {
        const stove = new Semaphore(2);
        const [tx, rx] = oneshot.channel<SemaphorePermit>();
        spawn(
          (function* () {
            tx.send(yield* stove.acquire());
          })(),
        );
        using mine = yield* stove.acquire();
        mine.merge(yield* rx);
      },
      (world) => held.push(all(world, 'semaphore')[0]?.holders.length ?? 0),
    );

    expect(Math.max(...held)).toBe(2);
    expect(all(world, 'semaphore')).toEqual([]);
  });

  it('tells who is ready, who runs and who waits', async () => {
    const told: string[] = [];

    await watch(
      function* () {
        spawn(sleep(5), { name: 'nap' });
        spawn(yieldNow(), { name: 'neighbour' });
        yield* sleep(7);
      },
      ({ now, tasks }, event) => {
        if (!event.kind.startsWith('task.')) return;
        const states = [...tasks.values()].map(({ ref, state }) => `${ref.name} ${state}`);
        told.push(`${now} ${event.kind}: ${states.join(', ')}`);
      },
    );

    expect(told).toMatchInlineSnapshot(`
      [
        "0 task.spawned: main ready",
        "0 task.poll-started: main running",
        "0 task.spawned: main running, nap ready",
        "0 task.spawned: main running, nap ready, neighbour ready",
        "0 task.poll-ended: main waiting, nap ready, neighbour ready",
        "0 task.poll-started: main waiting, nap running, neighbour ready",
        "0 task.poll-ended: main waiting, nap waiting, neighbour ready",
        "0 task.poll-started: main waiting, nap waiting, neighbour running",
        "0 task.poll-ended: main waiting, nap waiting, neighbour waiting",
        "0 task.woken: main waiting, nap waiting, neighbour ready",
        "0 task.poll-started: main waiting, nap waiting, neighbour running",
        "0 task.poll-ended: main waiting, nap waiting, neighbour waiting",
        "0 task.completed: main waiting, nap waiting",
        "5 task.woken: main waiting, nap ready",
        "5 task.poll-started: main waiting, nap running",
        "5 task.poll-ended: main waiting, nap waiting",
        "5 task.completed: main waiting",
        "7 task.woken: main ready",
        "7 task.poll-started: main running",
        "7 task.poll-ended: main waiting",
        "7 task.completed: ",
      ]
    `);
  });

  it('tells what a task waits for, until it runs again', async () => {
    const waits: string[] = [];

    await watch(
      function* () {
        const [tx, rx] = mpsc.channel<string>(1);
        spawn(tx.send('tea'), { name: 'sender' });
        yield* rx.recv();
        yield* sleep(2);
      },
      ({ tasks }) => {
        const now =
          tasks
            .get(0)
            ?.awaits.map(({ op }) => op)
            .join() ?? 'gone';
        if (now !== waits.at(-1)) waits.push(now);
      },
    );

    expect(waits).toEqual(['gone', '', 'recv()', '', 'sleep(2ms)', '', 'gone']);
  });

  it('counts polls, wakes, and tasks without main', async () => {
    const wakes: (number | undefined)[] = [];

    const world = await watch(
      function* () {
        spawn(sleep(1));
        spawn(sleep(2));
        yield* sleep(3);
      },
      ({ tasks }) => wakes.push(tasks.get(1)?.wakes),
    );

    expect([world.polls, world.spawned, world.now]).toEqual([6, 2, 3]);
    expect(Math.max(...wakes.map((count) => count ?? 0))).toBe(1);
  });

  it('puts a task that was woken while it ran at the back of the queue', async () => {
    const queues: number[][] = [];

    await watch(
      function* () {
        const [tx, rx] = mpsc.channel<number>(1);
        spawn(
          (function* () {
            yield* select({ self: rx.recv(), other: yieldNow() });
          })(),
        );
        yield* yieldNow();
        yield* tx.send(1);
        spawn(yieldNow());
        yield* yieldNow();
      },
      ({ ready }, { kind }) => {
        if (kind === 'task.poll-ended') queues.push([...ready]);
      },
    );

    expect(queues.flat()).toContain(2);
  });

  it('tells the deadline of a timer while it is armed', async () => {
    const deadlines = new Set<number | null | undefined>();

    const world = await watch(
      function* () {
        yield* sleep(5);
        yield* select({ long: sleep(90), short: sleep(1) });
      },
      (now) => {
        for (const { deadline } of all(now, 'timer')) deadlines.add(deadline);
      },
    );

    expect(deadlines).toEqual(new Set([null, 5, 95, 6]));
    expect(all(world, 'timer')).toEqual([]);
  });

  it('tells the new deadline of a timer that was put off', async () => {
    const deadlines: (number | null)[] = [];

    await watch(
      function* () {
        const nap = sleep(10);
        const main = spawn(nap);
        yield* yieldNow();
        nap.reset(50);
        yield* main;
      },
      (world, { kind }) => {
        if (kind === 'runtime.parked') deadlines.push(...all(world, 'timer').map(({ deadline }) => deadline));
      },
    );

    expect(deadlines.at(-1)).toBe(50);
  });

  it('tells what is in a channel, and forgets one that is closed and empty', async () => {
    const lengths: number[] = [];

    const world = await watch(
      function* () {
        const [tx, rx] = mpsc.channel<number>(3);
        for (const n of [1, 2, 3]) yield* tx.send(n);
        tx[Symbol.dispose]();
        while ((yield* rx.recv()) !== undefined);
      },
      (now, { kind }) => {
        if (kind === 'resource.op') lengths.push(...all(now, 'channel').map(({ length }) => length));
      },
    );

    expect(lengths).toEqual([1, 2, 3, 3, 2, 1]);
    expect(all(world, 'channel')).toEqual([]);
  });

  it('tells how many messages fit into a channel, from its first operation on', async () => {
    const told: unknown[] = [];
    function* main(): Async<void> {
      const [tx, rx] = mpsc.channel<string>(4);
      const [free, others] = mpsc.unboundedChannel<string>();
      yield* tx.send('tea');
      yield* rx.recv();
      free.send('cup');
      yield* others.recv();
    }
    await watch(main, (world, event) => {
      if (event.kind === 'resource.op') {
        told.push(...all(world, 'channel').map(({ ref, length, capacity }) => `${ref.name} ${length} of ${capacity}`));
      }
    });

    expect(new Set(told)).toEqual(
      new Set(['channel 1 1 of 4', 'channel 1 0 of 4', 'channel 2 0 of null', 'channel 2 1 of null']),
    );
  });

  it('can be copied, and neither changes with the other', async () => {
    await fc.assert(
      fc.asyncProperty(plain, fc.nat(99), async (plan, seed) => {
        const world = new World();
        const copies: [copy: World, text: string][] = [];
        await observe(plan, seed, (event) => {
          world.fold(event);
          copies.push([world.copy(), inspect(world, { depth: 9, sorted: true })]);
          // A copy that is folded on leaves the others as they are.
          copies.at(-2)?.[0].copy().fold(event);
        });

        for (const [copy, text] of copies) expect(inspect(copy, { depth: 9, sorted: true })).toBe(text);
      }),
      { numRuns: 20 },
    );
  });

  it('finds nothing in a channel whose receiver is gone', async () => {
    const world = await watch(
      function* () {
        const [tx, rx] = mpsc.channel<number>(3);
        yield* tx.send(1);
        yield* tx.send(2);
        rx[Symbol.dispose]();
      },
      () => {},
    );

    expect(all(world, 'channel')).toEqual([]);
  });

  it('finds nothing in a oneshot whose receiver is gone', async () => {
    const world = await watch(
      function* () {
        const [tx, rx] = oneshot.channel<number>();
        tx.send(1);
        rx[Symbol.dispose]();
      },
      () => {},
    );

    expect(all(world, 'oneshot')).toMatchObject([{ length: 0 }]);
  });

  it('says of a channel that nobody holds it, however long its senders have to wait', async () => {
    const world = await watch(
      function* () {
        const [tx, rx] = mpsc.channel<number>(1);
        spawn(
          (function* () {
            for (const n of [1, 2, 3]) yield* tx.send(n);
          })(),
        );
        for (let n = 0; n < 3; n++) yield* rx.recv();
      },
      () => {},
    );

    expect(all(world, 'channel')).toMatchObject([{ holders: [] }]);
  });

  it('tells who holds a lock, from the grant on', async () => {
    const holders: string[] = [];

    await watch(
      function* () {
        const mutex = new Mutex(0);
        function* visitor(): Async<void> {
          using _guard = yield* mutex.lock();
          yield* sleep(1);
        }
        const visitors = ['ada', 'bob'].map((name) => spawn(visitor(), { name }));
        for (const visit of visitors) yield* visit;
      },
      (world, event) => {
        if (event.kind !== 'resource.op' || event.resource.kind !== 'mutex') return;
        holders.push(`${event.op}: ${holderOf(all(world, 'mutex')[0])?.name ?? 'nobody'}`);
      },
    );

    expect(holders).toEqual([
      'acquired: ada',
      'contended: ada',
      'released: nobody',
      'granted: bob',
      'acquired: bob',
      'released: nobody',
    ]);
  });

  it('knows that a lock is free when the one it was granted to is gone', async () => {
    const world = await watch(
      function* () {
        const mutex = new Mutex(0);
        const guard = yield* mutex.lock();
        const waiter = spawn(
          (function* () {
            using _guard = yield* mutex.lock();
          })(),
        );
        yield* yieldNow();
        guard[Symbol.dispose]();
        waiter.abort();
        yield* yieldNow();
        expect(mutex.tryLock()).toBeDefined();
      },
      () => {},
    );

    expect(all(world, 'mutex')).toMatchObject([{ holders: [{ task: { name: 'main' }, granted: false }] }]);
  });

  it('forgets a race that is over', async () => {
    const world = await watch(
      function* () {
        for (let n = 0; n < 3; n++) yield* select({ quick: sleep(1), slow: sleep(2) });
        spawn(select({ one: sleep(90), other: sleep(90) }));
        yield* sleep(1);
      },
      () => {},
    );

    expect(all(world, 'select')).toEqual([]);
  });

  it('tells how a run ended', async () => {
    const world = new World();
    const runtime = new Runtime({ clock: 'virtual', observer: (event) => world.fold(event) });

    await runtime.blockOn(new Mutex(0).lock()).catch(() => {});

    expect([world.outcome, world.clock, world.parked]).toEqual(['returned', 'virtual', false]);
  });
});
