import {
  type Async,
  consumeBudget,
  NotAFutureError,
  now,
  OutsideRuntimeError,
  OutsideTaskError,
  Pending,
  pending,
  sleep,
  spawn,
  TURN_BUDGET,
  taskId,
  unconstrained,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { Gate } from '../support/gate.ts';
import { byHand, ready } from '../support/hand-poll.ts';
import { pollsOf, run } from '../support/run.ts';

describe('spawn', () => {
  function* makeTea(): Async<string> {
    return 'tea';
  }

  it('does not run the task yet: the spawner runs on until it waits', async () => {
    const log: string[] = [];

    await run(function* () {
      spawn(
        (function* () {
          log.push('task');
        })(),
      );
      log.push('spawner');
      yield* yieldNow();
    });

    expect(log).toEqual(['spawner', 'task']);
  });

  it('numbers tasks from 1 in the order of spawning, and names them so', () =>
    run(function* () {
      const [first, second] = [spawn(makeTea()), spawn(makeTea())];

      expect([first.id, second.id]).toEqual([1, 2]);
      expect([first.name, second.name]).toEqual(['task 1', 'task 2']);
    }));

  it('gives a task the name it is told', () =>
    run(function* () {
      expect(spawn(makeTea(), { name: 'kettle' }).name).toBe('kettle');
    }));

  it('takes a future as well as an async function', async () => {
    const time = await run(function* () {
      yield* spawn(sleep(5));
      return now();
    });

    expect(time).toBe(5);
  });

  it('needs a running runtime', () => {
    expect(() => spawn(makeTea())).toThrow(OutsideRuntimeError);
    expect(() => spawn(makeTea())).toThrow('spawn() needs a running runtime');
  });

  it.each([
    ['a function that was not called', makeTea, 'got the function makeTea: call it, `makeTea()`'],
    ['a promise', Promise.resolve(), 'got a promise: wrap it in fromPromise(…)'],
    ['a handle of nothing', undefined, 'got undefined'],
  ])('refuses %s, and says what to do', (_, value, message) =>
    run(function* () {
      expect(() => spawn(value as never)).toThrow(NotAFutureError);
      expect(() => spawn(value as never)).toThrow(`spawn() expects a future, and ${message}`);
    }),
  );

  it('leaves what a task spawned alive when that task ends', async () => {
    const log: string[] = [];
    function* child(): Async<void> {
      yield* sleep(10);
      log.push(`child done at ${now()}`);
    }

    await run(function* () {
      yield* spawn(
        (function* () {
          spawn(child());
        })(),
      );
      yield* sleep(20);
    });

    expect(log).toEqual(['child done at 10']);
  });
});

describe('yieldNow', () => {
  it('lets go once', () => {
    const wait = byHand(yieldNow());

    expect(wait.poll()).toBe(Pending);
    expect(wait.poll()).toBeUndefined();
  });

  it('asks for exactly one more poll', () => {
    const wait = byHand(yieldNow());

    wait.poll();

    expect(wait.wakes).toBe(1);
  });

  it('comes back after everybody who is ready now', async () => {
    const log: string[] = [];

    await run(function* () {
      for (const name of ['A', 'B']) spawn(say(log, name));
      yield* yieldNow();
      log.push('main');
    });

    expect(log).toEqual(['A', 'B', 'main']);
  });

  function* say(log: string[], text: string): Async<void> {
    log.push(text);
  }
});

describe('pending', () => {
  it('is never ready, and never asks to be polled', () => {
    const wait = byHand(pending());

    expect([wait.poll(), wait.poll()]).toEqual([Pending, Pending]);
    expect(wait.wakes).toBe(0);
  });
});

describe('unconstrained', () => {
  it('lets leaves answer beyond the budget of one poll', async () => {
    const turns = await run(function* () {
      let others = 0;
      spawn(
        (function* () {
          for (;;) {
            others += 1;
            yield* yieldNow();
          }
        })(),
      );
      yield* unconstrained(sleeps(TURN_BUDGET * 3));
      return others;
    });

    expect(turns).toBe(0);
  });

  it('gives back the budget that was there before', async () => {
    const turns = await run(function* () {
      let others = 0;
      spawn(
        (function* () {
          others += 1;
        })(),
      );
      yield* unconstrained(sleeps(TURN_BUDGET * 3));
      yield* sleeps(TURN_BUDGET);
      const within = others;
      yield* sleeps(1);
      return [within, others];
    });

    expect(turns).toEqual([0, 1]);
  });

  it('answers what the future answers', () => {
    const gate = new Gate<string>();
    gate.open('tea');

    expect(ready(unconstrained(gate))).toBe('tea');
  });

  it('drops the future when it is dropped', () => {
    const gate = new Gate();
    const wait = byHand(unconstrained(gate));
    wait.poll();

    wait.drop();

    expect(gate.drops).toBe(1);
  });

  function* sleeps(count: number): Async<void> {
    for (let i = 0; i < count; i++) yield* sleep(0);
  }
});

describe('taskId', () => {
  it('is the number of the task that runs, also while it is dropped', () =>
    run(function* () {
      const seen: number[] = [];
      const handle = spawn(
        (function* (): Async<void> {
          try {
            seen.push(taskId());
            yield* pending();
          } finally {
            seen.push(taskId());
          }
        })(),
      );
      yield* yieldNow();
      handle.abort();
      yield* yieldNow();

      expect(seen).toEqual([handle.id, handle.id]);
    }));

  it('is none in the main future, and outside', async () => {
    const text = "Can't get a task id when not inside a task";

    expect(() => taskId()).toThrow(new OutsideTaskError());
    await run(function* () {
      expect(() => taskId()).toThrow(text);
    });
  });
});

describe('consumeBudget', () => {
  it('lets others run once the budget is used up', async () => {
    const polls = await pollsOf(function* () {
      for (let i = 0; i <= TURN_BUDGET * 2; i++) yield* consumeBudget();
    });

    expect(polls).toBe(3);
  });

  it('is ready at once while there is some left', () => {
    expect(ready(consumeBudget())).toBeUndefined();
  });
});
