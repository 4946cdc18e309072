/**
 * Programs for a {@link Trial}, made at random: by hand, one operation after the other, or as tasks
 * on the virtual clock that wait, run out of patience, hold what they got, and are aborted.
 */
import { type Async, type Context, Future, now, type Poll, sleep, spawn, timeout } from 'async-lessons';
import fc from 'fast-check';
import { run } from './run.ts';
import { agree, type Model, type Subject, Trial } from './trial.ts';

/** A primitive that programs are made for. */
export interface Field<G, R, M extends Model> {
  /** What it is made with. */
  readonly given: fc.Arbitrary<G>;
  subject(given: G): Subject<R, M>;
  /** The names of its waits and steps; one that stands here twice is done twice as often. */
  readonly waits: readonly string[];
  readonly steps: readonly string[];
  /** Does it matter whether who is woken polls before the next one is woken? Then nobody does. */
  readonly isPatient?: boolean;
}

/** Thousands of operations in any order: begin to wait, poll, poll from elsewhere, give up, let go, and all the others. */
export function checkByHand<G, R, M extends Model>(field: Field<G, R, M>, numRuns = 2000): void {
  const does = fc.constantFrom(
    ...field.waits,
    ...field.waits,
    ...field.steps,
    ...['make', 'poll', 'poll', 'poll elsewhere', 'drop', 'let go', 'let go'],
  );
  const program = fc.array(fc.tuple(does, fc.nat(7)), { maxLength: 60, size: 'max' });
  fc.assert(
    fc.property(field.given, fc.boolean(), program, (given, greedy, steps) => {
      const trial = new Trial(field.subject(given), greedy && !field.isPatient);
      trial.settle();
      for (const [does, n] of steps) perform(trial, field.waits, does, n);
      for (const who of trial.waiting) trial.drop(who);
      for (const who of trial.kept.keys()) trial.letGo(who);
      trial.subject.atRest?.();
    }),
    { numRuns },
  );
}

function perform<R, M extends Model>(trial: Trial<R, M>, waits: readonly string[], does: string, n: number): void {
  const pick = (from: readonly number[]): number => from[n % from.length] as number;
  const { waiting } = trial;
  if (waits.includes(does)) trial.poll(trial.make(does, n));
  else if (does === 'make') trial.make(waits[n % waits.length] as string, n);
  else if (does === 'poll' && waiting.length > 0) trial.poll(pick(waiting));
  else if (does === 'poll elsewhere' && waiting.length > 0) trial.poll(pick(waiting), true);
  else if (does === 'drop' && waiting.length > 0) trial.drop(pick(waiting));
  else if (does === 'let go' && trial.kept.size > 0) trial.letGo(pick([...trial.kept.keys()]));
  else trial.act(does, n);
}

/** One thing that a task does. */
interface Errand {
  /** A wait or a step. */
  readonly does: string;
  readonly n: number;
  /** How long it sleeps before. */
  readonly pause: number;
  /** How long it waits at most. */
  readonly patience: number;
  /** How long it keeps what it got. */
  readonly hold: number;
}

/** Tasks that meet at a primitive on the virtual clock. Whoever is woken must run before the clock moves. */
export async function checkInTasks<G, R, M extends Model>(field: Field<G, R, M>, numRuns = 1000): Promise<void> {
  const errand: fc.Arbitrary<Errand> = fc.record({
    does: fc.constantFrom(...field.waits, ...field.waits, ...field.steps),
    n: fc.nat(7),
    pause: fc.nat(3),
    patience: fc.nat(9),
    hold: fc.nat(4),
  });
  const task = fc.record({
    errands: fc.array(errand, { maxLength: 5 }),
    abortedAt: fc.option(fc.nat(25), { freq: 2 }),
  });
  await fc.assert(
    fc.asyncProperty(field.given, fc.array(task, { maxLength: 7 }), fc.boolean(), async (given, tasks, isObserved) => {
      const live = new Live(field.subject(given), field.waits);
      const observed = isObserved ? { observer: () => {} } : {};
      await run(() => live.main(tasks), observed);
    }),
    { numRuns },
  );
}

/** One run of such tasks. */
class Live<R, M extends Model> {
  readonly trial: Trial<R, M>;
  readonly #waits: readonly string[];
  /** Who was woken when, and has not run since. */
  readonly #due = new Map<number, number>();
  /** Thrown in a task, where nobody hears of it. */
  #failure: { readonly error: unknown } | undefined = undefined;

  constructor(subject: Subject<R, M>, waits: readonly string[]) {
    this.trial = new Trial(subject, false, (who) => this.#due.set(who, now()));
    this.#waits = waits;
  }

  *main(tasks: readonly { errands: readonly Errand[]; abortedAt: number | null }[]): Async<void> {
    for (const { errands, abortedAt } of tasks) {
      const handle = spawn(this.#run(errands));
      if (abortedAt !== null) spawn(abort(handle, abortedAt));
    }
    yield* sleep(1000); // Nobody takes that long.
    this.watch(() => {
      agree([this.trial.waiting, [...this.trial.kept.keys()]], [[], []], 'who is still there');
      this.trial.subject.atRest?.();
    });
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  *#run(errands: readonly Errand[]): Async<void> {
    for (const { does, n, pause, patience, hold } of errands) {
      yield* sleep(pause);
      if (this.#waits.includes(does)) yield* this.#wait(does, n, patience, hold);
      else yield* this.#act(does, n, hold);
    }
  }

  *#act(does: string, n: number, hold: number): Async<void> {
    const before = new Set(this.trial.kept.keys());
    this.watch(() => this.trial.act(does, n));
    const got = [...this.trial.kept.keys()].filter((who) => !before.has(who));
    try {
      yield* sleep(hold);
    } finally {
      for (const who of got) this.watch(() => this.trial.letGo(who));
    }
  }

  *#wait(does: string, n: number, patience: number, hold: number): Async<void> {
    const who = this.watch(() => this.trial.make(does, n)) ?? 0;
    try {
      yield* timeout(patience, new Watched(this, who));
      yield* sleep(hold);
    } catch {
      // It ran out of patience, or was refused, as the model had said.
    } finally {
      this.watch(() => this.trial.letGo(who));
    }
  }

  /** Who is asked or gone has heard that it was woken. */
  seen(who: number): void {
    this.#due.delete(who);
  }

  /** Does something, and notes what goes wrong. */
  watch<T>(act: () => T): T | undefined {
    try {
      for (const [who, at] of this.#due) agree(now(), at, `the time at which ${who} runs`);
      return act();
    } catch (error) {
      this.#failure ??= { error };
      return undefined;
    }
  }
}

function* abort(handle: { abort(): void }, at: number): Async<void> {
  yield* sleep(at);
  handle.abort();
}

/** Shows the model what the runtime does with a wait. */
class Watched<R, M extends Model> extends Future<unknown> {
  readonly #live: Live<R, M>;
  readonly #who: number;

  constructor(live: Live<R, M>, who: number) {
    super();
    this.#live = live;
    this.#who = who;
  }

  override poll(cx: Context): Poll<unknown> {
    const answer = this.#live.watch(() => {
      this.#live.seen(this.#who);
      return this.#live.trial.poll(this.#who, false, () => cx.leafWaker.wake());
    });
    if (answer === undefined) return undefined;
    if ('error' in answer) throw answer.error;
    return answer.value as Poll<unknown>;
  }

  override drop(): void {
    this.#live.watch(() => {
      this.#live.seen(this.#who);
      this.#live.trial.drop(this.#who);
    });
  }
}
