import { type Async, DeadlockError, mpsc, Runtime, type RuntimeEvent, sleep, spawn } from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { programOf, programs, type Step } from '../support/random-program.ts';

/** What a program said, was warned of and came to. */
async function logOf(plan: readonly Step[], seed: number, observer?: (event: RuntimeEvent) => void): Promise<string[]> {
  const { main, log } = programOf(plan);
  const warnings: string[] = [];
  const onWarning = (message: string) => warnings.push(message.split('\n')[0] as string);
  const options = observer === undefined ? {} : { observer };
  const outcome = await new Runtime({ clock: 'virtual', seed, onWarning, ...options })
    .blockOn(main())
    .then(String, told);
  return [...log, ...warnings, outcome];
}

function told(error: unknown): string {
  if (!(error instanceof DeadlockError)) return String(error);
  return error.tasks.map(({ name, waitsFor }) => `${name} waits for ${waitsFor.map(({ op }) => op)}`).join('\n');
}

describe('an observer', () => {
  /** Sends, waits and spawns, some of it on the real clock. */
  function* chatter(): Async<number> {
    const [tx, rx] = mpsc.channel<number>(1);
    const sender = spawn(
      (function* () {
        for (let i = 0; i < 4; i++) {
          yield* tx.send(i);
          yield* sleep(2);
        }
        tx[Symbol.dispose]();
      })(),
    );
    let sum = 0;
    for (let n = yield* rx.recv(); n !== undefined; n = yield* rx.recv()) sum += n;
    yield* sender;
    return sum;
  }

  it('hears of its own run, all of it, whatever other runs of the process go on beside it', async () => {
    const alone: string[] = [];
    await new Runtime({ observer: (event) => alone.push(event.kind) }).blockOn(chatter());
    const [first, second]: [string[], string[]] = [[], []];

    // Side by side: each asks for the tracer of the run that is current, not for the latest one.
    const unseen = new Runtime().blockOn(chatter());
    const one = new Runtime({ observer: (event) => first.push(event.kind) }).blockOn(chatter());
    const other = new Runtime({ observer: (event) => second.push(event.kind) }).blockOn(chatter());

    expect(await Promise.all([unseen, one, other])).toEqual([6, 6, 6]);
    expect(steady(first)).toEqual(steady(alone));
    expect(steady(second)).toEqual(steady(alone));
  });

  /** How often a real clock lets the executor park is up to the machine. */
  function steady(kinds: readonly string[]): string[] {
    return kinds.filter((kind) => !/^runtime.(un)?parked$/.test(kind));
  }
});

describe('any program', () => {
  it('does the same things in the same order whether or not somebody observes', async () => {
    await fc.assert(
      fc.asyncProperty(programs, fc.nat(1000), async (plan, seed) => {
        const unseen = await logOf(plan, seed);
        const seen = await logOf(plan, seed, () => {});

        expect(seen).toEqual(unseen);
      }),
      { numRuns: 300 },
    );
  });

  it('tells an observer the same events in every run with the same seed', async () => {
    await fc.assert(
      fc.asyncProperty(programs, fc.nat(1000), async (plan, seed) => {
        const [first, second]: [string[], string[]] = [[], []];
        await logOf(plan, seed, (event) => first.push(kindOf(event)));
        await logOf(plan, seed, (event) => second.push(kindOf(event)));

        expect(second).toEqual(first);
      }),
      { numRuns: 100 },
    );
  });

  it('tells of every task that it was spawned once and ended once', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (plan) => {
        const [born, gone]: [number[], number[]] = [[], []];
        await logOf(plan, 1, (event) => {
          if (event.kind === 'task.spawned') born.push(event.task.id);
          if (event.kind === 'task.completed' || event.kind === 'task.cancelled') gone.push(event.task.id);
        });

        expect(gone.toSorted((a, b) => a - b)).toEqual(born);
      }),
      { numRuns: 100 },
    );
  });

  it('polls a task only after it was spawned or woken', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (plan) => {
        const ready = new Set<number>();
        const uncalledFor: number[] = [];
        await logOf(plan, 1, (event) => {
          if (event.kind === 'task.spawned' || event.kind === 'task.woken') ready.add(event.task.id);
          if (event.kind === 'task.poll-started' && !ready.delete(event.task.id)) uncalledFor.push(event.task.id);
        });

        expect(uncalledFor).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  function kindOf(event: RuntimeEvent): string {
    const who =
      'task' in event && event.task !== null ? event.task.name : 'resource' in event ? event.resource?.name : '';
    return `${event.at} ${event.kind} ${who}`;
  }
});
