/** Any nest of select, join, tryJoin and timeout ends when, and how, arithmetic says; and so does each sleep in it. */
import {
  type Async,
  dropFuture,
  join,
  now,
  pending,
  ref,
  select,
  sleep,
  spawn,
  TokioOrder,
  timeout,
  tryJoin,
} from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run } from '../../support/run.ts';

/** What a future does. All times are even, so that an abort at an odd one comes between. */
type Plan =
  | { readonly does: 'nap'; readonly ms: number; readonly fails: boolean }
  | { readonly does: 'never' }
  | { readonly does: 'select' | 'biased' | 'join' | 'tryJoin' | 'then'; readonly parts: readonly Plan[] }
  | { readonly does: 'timeout' | 'lend'; readonly ms: number; readonly parts: readonly [Plan] }
  | { readonly does: 'catch'; readonly parts: readonly [Plan] };

const ms = fc.nat(6).map((n) => 2 * n);
const nap = fc.record({ does: fc.constant('nap'), ms, fails: fc.nat(3).map((n) => n === 3) });
const { plan } = fc.letrec<{ plan: Plan }>((tie) => {
  const one = fc.tuple(tie('plan'));
  const some = fc.array(tie('plan'), { minLength: 1, maxLength: 3 });
  return {
    plan: fc.oneof(
      { maxDepth: 4, withCrossShrink: true, depthSize: 'max' },
      { arbitrary: nap, weight: 5 },
      { arbitrary: fc.constant({ does: 'never' }), weight: 1 },
      {
        arbitrary: fc.record({ does: fc.constantFrom('select', 'biased', 'join', 'tryJoin', 'then'), parts: some }),
        weight: 8,
      },
      { arbitrary: fc.record({ does: fc.constantFrom('timeout', 'lend'), ms, parts: one }), weight: 4 },
      { arbitrary: fc.record({ does: fc.constant('catch'), parts: one }), weight: 2 },
    ) as fc.Arbitrary<Plan>,
  };
});

/** One sleep: which one, from when to when, and how it ended. */
type Life = readonly [id: string, begin: number, end: number, how: 'ended' | 'dropped'];

// As it runs

function* play(plan: Plan, id: string, lives: Life[]): Async<string> {
  const parts: readonly Plan[] = 'parts' in plan ? plan.parts : [];
  const part = (i: number): Async<string> => play(parts[i] as Plan, `${id}.${i}`, lives);
  const each = parts.map((_, i) => part(i));
  switch (plan.does) {
    case 'nap':
      return yield* take(plan, id, lives);
    case 'never':
      return yield* pending();
    case 'select':
    case 'biased': {
      const branches = Object.fromEntries(each.map((future, i) => [`b${i}`, future]));
      const { branch, value } = yield* select(branches, { biased: plan.does === 'biased' });
      return `${branch} ${value}`;
    }
    case 'join':
      return (yield* join(...each)).join();
    case 'tryJoin':
      return (yield* tryJoin(...each)).join();
    case 'then': {
      const values: string[] = [];
      for (const future of each) values.push(yield* future);
      return values.join();
    }
    case 'timeout':
      return yield* timeout(plan.ms, part(0));
    case 'lend': {
      const lent = part(0);
      try {
        const { branch, value } = yield* select({ lent: ref(lent), nap: sleep(plan.ms) }, { biased: true });
        return branch === 'lent' ? value : yield* lent;
      } finally {
        dropFuture(lent);
      }
    }
    case 'catch':
      try {
        return yield* part(0);
      } catch (error) {
        return `caught ${(error as Error).message}`;
      }
    default:
      return plan satisfies never;
  }
}

function* take({ ms, fails }: { ms: number; fails: boolean }, id: string, lives: Life[]): Async<string> {
  const begin = now();
  let how: Life[3] = 'dropped';
  try {
    yield* sleep(ms);
    how = 'ended';
    if (fails) throw new Error(id);
    return id;
  } finally {
    lives.push([id, begin, now(), how]);
  }
}

// As it must run

/** How a future ends, if nobody drops it. */
interface End {
  /** When; infinite if never. */
  readonly at: number;
  readonly ok: boolean;
  readonly says: string;
  readonly lives: readonly Life[];
}

/** What is left of the sleeps of a future that is dropped, after it was polled at that time or before it could be. */
function dropped(lives: readonly Life[], at: number, wasPolled: boolean): Life[] {
  return lives
    .filter(([, begin]) => (wasPolled ? begin <= at : begin < at))
    .map((life) => {
      const [id, begin, end] = life;
      return end < at || (end === at && wasPolled) ? life : [id, begin, at, 'dropped'];
    });
}

/** Two ends at the same time, in an order that depends on how often everything was polled. */
class TooClose extends Error {}

/** @param first which branch of a select is polled first. */
function foresee(plan: Plan, id: string, start: number, first: number): End {
  const parts: readonly Plan[] = 'parts' in plan ? plan.parts : [];
  const part = (i: number, from = start): End => foresee(parts[i] as Plan, `${id}.${i}`, from, first);
  const each = (): End[] => parts.map((_, i) => part(i));
  switch (plan.does) {
    case 'nap': {
      const at = start + plan.ms;
      return { at, ok: !plan.fails, says: id, lives: [[id, start, at, 'ended']] };
    }
    case 'never':
      return { at: Number.POSITIVE_INFINITY, ok: true, says: '', lives: [] };
    case 'select':
    case 'biased': {
      const ends = each();
      const at = Math.min(...ends.map((end) => end.at));
      const from = plan.does === 'biased' ? 0 : first % ends.length;
      const order = ends.map((_, i) => (from + i) % ends.length);
      const winner = order.find((i) => ends[i]?.at === at) as number;
      const { ok, says } = ends[winner] as End;
      const wasPolled = (i: number): boolean => order.indexOf(i) <= order.indexOf(winner);
      const lives = ends.flatMap((end, i) => dropped(end.lives, at, wasPolled(i)));
      return { at, ok, says: ok ? `b${winner} ${says}` : says, lives };
    }
    case 'join': {
      const ends = each();
      const failed = ends.find(({ ok }) => !ok);
      const at = Math.max(...ends.map((end) => end.at));
      const says = failed?.says ?? ends.map((end) => end.says).join();
      return { at, ok: failed === undefined, says, lives: ends.flatMap(({ lives }) => lives) };
    }
    case 'tryJoin': {
      const ends = each();
      const at = Math.min(...ends.filter(({ ok }) => !ok).map((end) => end.at));
      if (at === Number.POSITIVE_INFINITY) {
        const last = Math.max(...ends.map((end) => end.at));
        const says = ends.map((end) => end.says).join();
        return { at: last, ok: true, says, lives: ends.flatMap(({ lives }) => lives) };
      }
      const failed = ends.find((end) => !end.ok && end.at === at) as End;
      const isTooClose = ({ lives }: End): boolean => lives.some(([, begin, end]) => begin === at || end === at);
      if (ends.some((end) => end !== failed && (end.at === at || isTooClose(end)))) throw new TooClose();
      return { at, ok: false, says: failed.says, lives: ends.flatMap(({ lives }) => dropped(lives, at, true)) };
    }
    case 'then': {
      const ends: End[] = [];
      for (let i = 0; i < plan.parts.length && (ends.at(-1)?.ok ?? true); i++) {
        const end = part(i, ends.at(-1)?.at);
        ends.push(end);
        if (end.at === Number.POSITIVE_INFINITY) break;
      }
      const { at, ok, says } = ends.at(-1) as End;
      const lives = ends.flatMap(({ lives }) => lives);
      return { at, ok, says: ok ? ends.map((end) => end.says).join() : says, lives };
    }
    case 'timeout': {
      const [end, at] = [part(0), start + plan.ms];
      if (end.at <= at) return end;
      return { at, ok: false, says: 'deadline has elapsed', lives: dropped(end.lives, at, true) };
    }
    case 'lend':
      return part(0);
    case 'catch': {
      const end = part(0);
      return { ...end, ok: true, says: end.ok ? end.says : `caught ${end.says}` };
    }
    default:
      return plan satisfies never;
  }
}

/** Tokio's order, but a select starts with a branch that we know. */
class FirstBranch extends TokioOrder {
  readonly #first: number;

  constructor(first: number) {
    super(1);
    this.#first = first;
  }

  override firstBranch(count: number): number {
    return this.#first % count;
  }
}

function byId([a]: Life, [b]: Life): number {
  return a < b ? -1 : 1;
}

function foreseen(plan: Plan, first: number): End {
  try {
    return foresee(plan, 'p', 0, first);
  } catch (error) {
    fc.pre(!(error instanceof TooClose));
    throw error;
  }
}

describe('any nest of select, join, tryJoin and timeout', () => {
  it('ends in its time, and drops what it has begun, also when it is aborted', async () => {
    const abortedAt = fc.nat(20).map((n) => 2 * n + 1);
    await fc.assert(
      fc.asyncProperty(plan, fc.nat(2), abortedAt, async (plan, first, abortedAt) => {
        const end = foreseen(plan, first);
        const isInTime = end.at < abortedAt;
        const lives: Life[] = [];
        let seen: unknown = 'aborted';

        function* main(): Async<void> {
          const task = spawn(
            (function* () {
              try {
                const says = yield* play(plan, 'p', lives);
                seen = [now(), true, says];
              } catch (error) {
                seen = [now(), false, (error as Error).message];
              }
            })(),
          );
          yield* sleep(abortedAt);
          task.abort();
          yield* sleep(0);
        }
        await run(main, { choices: new FirstBranch(first) });

        expect(seen).toEqual(isInTime ? [end.at, end.ok, end.says] : 'aborted');
        const expected = isInTime ? end.lives : dropped(end.lives, abortedAt, true);
        expect(lives.toSorted(byId)).toEqual(expected.toSorted(byId));
      }),
      { numRuns: 3000 },
    );
  });
});
