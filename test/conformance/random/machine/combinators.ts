/**
 * What polls several futures, or one with a limit.
 *
 * @module
 */
import {
  type Async,
  type Branches,
  branch,
  FuturesUnordered,
  join,
  joinAll,
  select,
  timeout,
  unconstrained,
} from 'async-lessons';
import { log, outcome, timedOut } from '../../common.ts';
import type { Call, Operation } from './world.ts';

function kids(call: Call): Async<void>[] {
  return call.op.kids.map((_, i) => call.kid(i));
}

export const COMBINATORS: Readonly<Record<string, Operation>> = {
  *timeout(call) {
    return `${!timedOut(yield* outcome(timeout(call.n(0), call.kid(0))))}`;
  },
  *unconstrained(call) {
    yield* unconstrained(call.kid(0));
    return 'ok';
  },
  *select(call) {
    const branches: Branches = Object.fromEntries(
      kids(call).map((kid, i) => [`b${i}`, branch(kid, { if: (call.n(0) & (1 << i)) !== 0 })]),
    );
    const winner = yield* select(branches, { biased: true, else: () => undefined });
    return winner.branch === 'else' ? '9' : winner.branch.slice(1);
  },
  *joinm(call) {
    yield* join(...kids(call));
    return 'ok';
  },
  *joinall(call) {
    yield* joinAll(kids(call));
    return 'ok';
  },
  *unordered(call) {
    using members = new FuturesUnordered<number>();
    for (const [i, kid] of kids(call).entries()) {
      members.push(
        (function* (): Async<number> {
          yield* kid;
          return i;
        })(),
      );
    }
    for (let next = yield* members.next(); next !== undefined; next = yield* members.next()) {
      log(call.me.name, `unordered ${next.value}`);
    }
    return 'ok';
  },
};
