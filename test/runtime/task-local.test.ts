import {
  AccessError,
  type Async,
  type DeadlockError,
  NotAFutureError,
  PolledAfterCompletionError,
  pending,
  type RuntimeEvent,
  sleep,
  spawn,
  TaskLocal,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { Gate } from '../support/gate.ts';
import { byHand, ready } from '../support/hand-poll.ts';
import { run } from '../support/run.ts';

const USER = new TaskLocal<string | undefined>('USER');

/** Notes the value at its start, after a wait, and when it is dropped. */
function* look(seen: unknown[], wait = sleep(10)): Async<void> {
  try {
    seen.push(USER.tryGet());
    yield* wait;
    seen.push(USER.tryGet());
  } finally {
    seen.push(`end ${USER.tryGet()}`);
  }
}

describe('TaskLocal.scope', () => {
  it('gives its value whenever the future is polled', () =>
    run(function* () {
      const [ann, bob]: [unknown[], unknown[]] = [[], []];
      spawn(USER.scope('ann', look(ann)));
      spawn(USER.scope('bob', look(bob)));
      yield* sleep(20);

      expect(ann).toEqual(['ann', 'ann', 'end ann']);
      expect(bob).toEqual(['bob', 'bob', 'end bob']);
    }));

  it('gives nobody else its value, also not between two polls', () =>
    run(function* () {
      const waiting = byHand(USER.scope('ann', sleep(10)));
      waiting.poll();

      expect(USER.tryGet()).toBeUndefined();
    }));

  it('gives its value while the future is dropped', () =>
    run(function* () {
      const seen: unknown[] = [];
      const task = spawn(USER.scope('ann', look(seen)));
      yield* yieldNow();
      task.abort();
      yield* yieldNow();

      expect(seen).toEqual(['ann', 'end ann']);
    }));

  it('inside another one counts until its end', () =>
    run(function* () {
      const seen: unknown[] = [];
      yield* USER.scope(
        'outer',
        (function* () {
          yield* USER.scope('inner', look(seen));
          seen.push(USER.get());
        })(),
      );

      expect(seen).toEqual(['inner', 'inner', 'end inner', 'outer']);
    }));

  it('ends with an error of the future', () =>
    run(function* () {
      const failing = USER.scope(
        'ann',
        (function* (): Async<void> {
          throw new Error(USER.get());
        })(),
      );

      expect(() => ready(failing)).toThrow('ann');
      expect(() => ready(failing)).toThrow(PolledAfterCompletionError);
      expect(USER.tryGet()).toBeUndefined();
    }));

  it('is not for the tasks that are spawned in it', () =>
    run(function* () {
      const seen: unknown[] = [];
      yield* USER.scope(
        'ann',
        (function* () {
          spawn(look(seen, sleep(1)));
        })(),
      );
      yield* sleep(5);

      expect(seen).toEqual([undefined, undefined, 'end undefined']);
    }));

  it('gives a value that is undefined', () => {
    expect(USER.syncScope(undefined, () => USER.get())).toBeUndefined();
  });

  it('answers what the future answers, once', () => {
    const scope = USER.scope('ann', new Gate<string>());
    const gate = new Gate<string>();
    gate.open('tea');
    const answered = USER.scope('ann', gate);

    expect(ready(answered)).toBe('tea');
    expect(() => ready(answered)).toThrow(PolledAfterCompletionError);
    expect(() => ready(answered)).toThrow('`TaskLocalFuture` polled after completion');
    scope[Symbol.dispose]();
  });

  it('drops its future once, and not after the answer', () => {
    const [pendingGate, openGate] = [new Gate(), new Gate()];
    openGate.open();
    const [given, answered] = [byHand(USER.scope('ann', pendingGate)), byHand(USER.scope('ann', openGate))];
    given.poll();
    answered.poll();
    for (const scope of [given, given, answered]) scope.drop();

    expect([pendingGate.drops, openGate.drops]).toEqual([1, 0]);
  });

  it('takes nothing but futures', () => {
    expect(() => USER.scope('ann', 5 as never)).toThrow(NotAFutureError);
  });

  it('leaves it to its future to say what is waited for', async () => {
    const ends: string[] = [];
    const observer = (event: RuntimeEvent) => {
      if (event.kind === 'task.poll-ended') ends.push(...event.awaits.map(({ op }) => op));
    };
    await run(
      function* () {
        yield* USER.scope('ann', sleep(5));
      },
      { observer },
    );
    const stuck = await run(function* () {
      yield* USER.scope('ann', pending());
    }).catch((error: unknown) => error);

    expect(ends).toEqual(['sleep(5ms)']);
    expect((stuck as DeadlockError).tasks[0]?.waitsFor).toMatchObject([{ op: 'pending()' }]);
  });
});

describe('TaskLocal.syncScope', () => {
  it('answers what the function answers, and ends with it', () => {
    expect(USER.syncScope('ann', () => USER.syncScope('bob', () => USER.get()))).toBe('bob');
    expect(USER.tryGet()).toBeUndefined();
  });

  it('ends with an error, too', () => {
    const fails = () =>
      USER.syncScope('ann', () => {
        throw new Error('spilled');
      });

    expect(fails).toThrow('spilled');
    expect(USER.tryGet()).toBeUndefined();
  });
});

describe('TaskLocal.get', () => {
  it('throws outside all scopes, and says which local it was', () => {
    const error = (() => {
      try {
        return USER.get();
      } catch (thrown) {
        return thrown;
      }
    })();

    expect(error).toBeInstanceOf(AccessError);
    expect(error).toMatchObject({ message: 'task-local value not set', local: 'USER' });
  });
});
