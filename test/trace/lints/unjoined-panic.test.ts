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
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { unjoinedPanic } from '../../../src/trace/lints/unjoined-panic.ts';
import { at, foundIn, sentences } from '../../support/lint-runs.ts';
import { BOB } from '../../support/views.ts';

function* fail(after = 1): Async<void> {
  yield* sleep(after);
  throw new Error('disk full');
}

function* quietly(make: () => Awaitable<unknown>): Async<void> {
  try {
    yield* make();
  } catch {}
}

const FOUND = ['save panicked (Error: disk full) while nobody waited for its end.'];

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

  it('finds one in a file that ends there', () => {
    const panic = at(0, { kind: 'task.completed', task: BOB, outcome: 'panicked', error: 'no' });

    expect(foundIn(unjoinedPanic, [panic])).toEqual(['bob panicked (no) while nobody waited for its end.']);
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

  // What the events do not tell: a handle of a task that has ended answers at once.
  it('finds one that is joined only later', async () => {
    const main = function* () {
      const save = spawn(fail(), { name: 'save' });
      yield* sleep(5);
      yield* quietly(() => save);
    };

    expect(await sentences(unjoinedPanic, main)).toEqual(FOUND);
  });
});
