import {
  type Async,
  type Awaitable,
  NotAFutureError,
  type Observer,
  OnceCell,
  Pending,
  PolledAfterCompletionError,
  pending,
  SetError,
  sleep,
  spawn,
  timeout,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { byHand, ready } from '../../support/hand-poll.ts';
import { pollsOf, run } from '../../support/run.ts';

/** An initialiser that takes its time. */
function slowly(value: string, ms = 10): () => Async<string> {
  return function* () {
    yield* sleep(ms);
    return value;
  };
}

function* answer(value: string): Async<string> {
  return value;
}

function setError(cell: OnceCell<string>): SetError<string> {
  try {
    cell.set('late');
  } catch (error) {
    if (error instanceof SetError) return error;
  }
  throw new Error('expected a SetError');
}

describe('OnceCell', () => {
  it('answers each getOrInit() once', () => {
    const wait = byHand(new OnceCell<string>().getOrInit(() => answer('tea')));

    expect(ready(wait)).toBe('tea');
    expect(() => wait.poll()).toThrow(PolledAfterCompletionError);
  });

  it('names a getOrInit() that was made and never awaited', async () => {
    const forgotten: string[] = [];
    const observer: Observer = (event) => {
      if (event.kind === 'future.unawaited') forgotten.push(event.op);
    };
    await run(
      function* () {
        new OnceCell<string>().getOrInit(() => answer('tea'));
      },
      { observer },
    );

    expect(forgotten).toEqual(['getOrInit()']);
  });

  it('is empty at first, and may be born full', () => {
    const [empty, full] = [new OnceCell<string>(), new OnceCell('tea')];

    expect([empty.get(), empty.initialized()]).toEqual([undefined, false]);
    expect([full.get(), full.initialized()]).toEqual(['tea', true]);
  });

  it('can hold undefined', () => {
    const cell = new OnceCell<undefined>(undefined);

    expect(cell.initialized()).toBe(true);
    expect(ready(cell.getOrInit(unreachable))).toBeUndefined();
  });

  it('is set once, and says why not twice', () => {
    const cell = new OnceCell<string>();
    cell.set('tea');

    const error = setError(cell);

    expect([error.isAlreadyInitialized(), error.isInitializing(), error.value]).toEqual([true, false, 'late']);
    expect([cell.get(), error.message]).toEqual(['tea', 'AlreadyInitializedError']);
  });

  it('cannot be set while somebody makes its value', () => {
    const cell = new OnceCell<string>();
    const making = byHand(cell.getOrInit(() => pending()));
    making.poll();

    const error = setError(cell);

    expect([error.isAlreadyInitialized(), error.isInitializing()]).toEqual([false, true]);
    expect(error.message).toBe('InitializingError');
    making.drop();
    cell.set('tea');
    expect(cell.get()).toBe('tea');
  });

  it('runs one initialiser, and the others wait for its value', async () => {
    await run(function* () {
      const cell = new OnceCell<string>();
      const other = spawn(cell.getOrInit(() => slowly('first')()));
      yield* yieldNow();

      expect(yield* cell.getOrInit(unreachable)).toBe('first');
      expect(yield* other).toBe('first');
    });
  });

  it('calls no initialiser before its turn, and none once there is a value', async () => {
    await run(function* () {
      const cell = new OnceCell<string>();
      let calls = 0;
      const init = () => {
        calls += 1;
        return slowly('tea')();
      };
      const waits = [spawn(cell.getOrInit(init)), spawn(cell.getOrInit(init)), spawn(cell.getOrInit(init))];
      for (const wait of waits) expect(yield* wait).toBe('tea');

      expect(calls).toBe(1);
    });
  });

  it('stays empty when an initialiser throws, and the next in line runs its own', async () => {
    await run(function* () {
      const cell = new OnceCell<string>();
      const failing = spawn(
        cell.getOrInit(function* () {
          yield* sleep(1);
          throw new Error('no water');
        }),
      );
      yield* yieldNow();

      expect(yield* cell.getOrInit(slowly('second'))).toBe('second');
      yield* expectError(failing, 'no water');
    });
  });

  it('stays empty when an initialiser is cancelled, and the next in line runs its own', async () => {
    await run(function* () {
      const cell = new OnceCell<string>();
      const impatient = timeout(5, cell.getOrInit(slowly('never', 1000)));
      const patient = spawn(cell.getOrInit(slowly('patient')));
      yield* expectError(impatient, 'deadline has elapsed');

      expect(yield* patient).toBe('patient');
    });
  });

  it('answers without a wait or budget once it has a value', async () => {
    const polls = await pollsOf(function* () {
      const cell = new OnceCell('tea');
      for (let n = 0; n < 1000; n++) yield* cell.getOrInit(unreachable);
    });

    expect(polls).toBe(1);
  });

  it('wakes those in line in their order', async () => {
    const order: string[] = [];
    await run(function* () {
      const cell = new OnceCell<string>();
      const tasks = ['a', 'b', 'c'].map((name) =>
        spawn(
          (function* () {
            yield* cell.getOrInit(slowly('tea'));
            order.push(name);
          })(),
        ),
      );
      for (const task of tasks) yield* task;
    });

    expect(order).toEqual(['a', 'b', 'c']);
  });

  it('names the slip of an initialiser that makes no future', () => {
    const cell = new OnceCell<string>();
    const slip = byHand(cell.getOrInit((() => 'tea') as never));

    expect(() => slip.poll()).toThrow(NotAFutureError);
    expect(byHand(cell.getOrInit(() => pending())).poll()).toBe(Pending);
  });
});

/** Runs a future that fails, and checks how. */
function* expectError(future: Awaitable<unknown>, message: string): Async<void> {
  let error: unknown;
  try {
    yield* future;
  } catch (thrown) {
    error = thrown;
  }
  expect(String(error)).toContain(message);
}

function unreachable(): never {
  throw new Error('nobody should make a value now');
}
