import {
  type Async,
  type Awaitable,
  FuturesUnordered,
  JoinSet,
  join,
  joinAll,
  mpsc,
  ref,
  select,
  sleep,
  spawn,
  spawnBlocking,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { unjoinedPanic } from '../../../src/trace/lints/unjoined-panic.ts';
import { at, found, sentences } from '../../support/lint-runs.ts';
import { HERE } from '../../support/views.ts';

function* fail(after = 1): Async<void> {
  yield* sleep(after);
  throw new Error('disk full');
}

function* quietly(make: () => Awaitable<unknown>): Async<void> {
  try {
    yield* make();
  } catch {}
}

const FOUND = ['save panicked (Error: disk full), and nobody has joined it.'];

describe('unjoined-panic', () => {
  it('finds one whose handle is dropped', async () => {
    const main = function* () {
      spawn(fail(), { name: 'save' });
      yield* sleep(5);
    };

    expect(await sentences(unjoinedPanic, main)).toEqual(FOUND);
  });

  it('finds the last thing that happens', async () => {
    const main = function* () {
      const [tx, rx] = mpsc.channel<number>(1);
      const save = function* (): Async<void> {
        using _dropped = tx;
        yield* fail();
      };
      spawn(save(), { name: 'save' });
      yield* rx.recv();
    };

    expect(await sentences(unjoinedPanic, main)).toEqual(FOUND);
  });

  const waiting: Record<string, () => Awaitable<unknown>> = {
    'a handle': () => spawn(fail()),
    'one of two': () => join(sleep(9), spawn(fail())),
    'one of many': () => joinAll([spawn(fail(2)), spawn(fail(1)), spawn(sleep(3))]),
    'a race': () => select({ save: spawn(fail()), nap: sleep(9) }),
    'a lent handle': () => ref(spawn(fail())),
    'a bag of futures': function* () {
      const bag = new FuturesUnordered<void>();
      bag.push(spawn(fail()));
      bag.push(spawn(sleep(2)));
      while ((yield* bag.next()) !== undefined);
    },
    'a set': function* () {
      using set = new JoinSet<void>();
      set.spawn(fail());
      yield* set.joinNext();
    },
    'another task': function* () {
      const save = spawn(fail());
      yield* spawn(quietly(() => save));
    },
  };

  it.each(Object.entries(waiting))('finds nothing while %s waits', async (_, main) => {
    expect(await sentences(unjoinedPanic, () => quietly(main))).toEqual([]);
  });

  it('finds one that a race has left behind', async () => {
    const main = function* () {
      const save = spawn(fail(5), { name: 'save' });
      yield* select({ save: ref(save), nap: sleep(1) });
      yield* sleep(9);
    };

    expect(await sentences(unjoinedPanic, main)).toEqual(FOUND);
  });

  it('finds one whose joiner is aborted before it could hear', async () => {
    const main = function* () {
      const save = spawn(fail(5), { name: 'save' });
      const joiner = spawn(quietly(() => save));
      spawn(
        (function* () {
          yield* sleep(5);
          joiner.abort();
        })(),
      );
      yield* sleep(9);
    };

    expect(await sentences(unjoinedPanic, main)).toEqual(FOUND);
  });

  it('finds those of a set that is dropped', async () => {
    const main = function* () {
      {
        using set = new JoinSet<void>();
        set.spawn(fail(1), { name: 'save' });
        set.spawn(fail(3));
        yield* sleep(2);
      }
      yield* sleep(9);
    };

    expect(await sentences(unjoinedPanic, main)).toEqual(FOUND);
  });

  it('finds one on another thread', async () => {
    const main = function* () {
      const save = spawnBlocking(() => {
        throw new Error('disk full');
      });
      while (!save.isFinished()) yield* sleep(1);
    };

    expect(await sentences(unjoinedPanic, main, { clock: 'real' })).toEqual([
      'task 1 panicked (Error: disk full), and nobody has joined it.',
    ]);
  });

  it('tells of them in the order of their spawning, each with the place of its spawn', async () => {
    const main = function* () {
      for (const after of [3, 2, 1]) spawn(fail(after), { name: `save ${after}` });
      yield* sleep(5);
    };
    const findings = await found(unjoinedPanic, main);

    expect(findings.map(({ task }) => task?.name)).toEqual(['save 3', 'save 2', 'save 1']);
    for (const { location } of findings) expect(location?.file).toContain('unjoined-panic.test.ts');
  });

  it('remembers no task that ended well, and not all that have panicked', async () => {
    const spawned = (id: number) =>
      at(0, { kind: 'task.spawned', task: { id, name: 'x' }, parent: null, location: HERE });
    const over = (id: number, outcome: 'ok' | 'panicked') =>
      at(0, { kind: 'task.completed', task: { id, name: 'x' }, outcome, error: 'no' });
    const told = (id: number) => at(0, { kind: 'task.unjoined', task: { id, name: 'x' }, error: 'no' });
    const watch = unjoinedPanic.create();
    watch.fold(spawned(0));
    watch.fold(over(0, 'ok'));
    for (let id = 1; id <= 1001; id++) for (const event of [spawned(id), over(id, 'panicked')]) watch.fold(event);
    for (const id of [0, 1, 1000, 1001]) watch.fold(told(id));

    expect(watch.findings().map(({ location }) => location !== null)).toEqual([false, true, true, false]);
  });

  it('finds nothing in main, which tells whoever runs it', async () => {
    expect(await sentences(unjoinedPanic, fail)).toEqual([]);
  });

  it('finds nothing in a task that was aborted', async () => {
    const main = function* () {
      spawn(sleep(9)).abort();
      yield* sleep(1);
    };

    expect(await sentences(unjoinedPanic, main)).toEqual([]);
  });

  it('finds nothing if somebody joins it later, however much later', async () => {
    const main = function* () {
      const save = spawn(fail(), { name: 'save' });
      yield* sleep(5);
      yield* quietly(() => save);
    };

    expect(await sentences(unjoinedPanic, main)).toEqual([]);
  });
});
