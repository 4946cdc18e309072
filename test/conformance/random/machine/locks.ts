/**
 * Mutexes, semaphores, an rwlock, a barrier, once cells. What is held lies on the task's stack of
 * guards.
 *
 * @module
 */
import { caught, errorText, outcome } from '../../common.ts';
import { at, type Guard, type Operation, type State } from './world.ts';

function hold(me: State, guard: Guard | undefined): string {
  if (guard === undefined) return 'none';
  me.guards.push(guard);
  return 'ok';
}

export const LOCKS: Readonly<Record<string, Operation>> = {
  *lock(call) {
    return hold(call.me, yield* at(call.world.mutexes, call).lock());
  },
  trylock: (call) => hold(call.me, at(call.world.mutexes, call).tryLock()),
  *acquire(call) {
    const r = yield* outcome(at(call.world.semaphores, call).acquireMany(call.n(1)));
    return 'value' in r ? hold(call.me, r.value) : 'closed';
  },
  tryacquire(call) {
    const error = caught(() => hold(call.me, at(call.world.semaphores, call).tryAcquireMany(call.n(1))));
    return error === undefined ? 'ok' : errorText(error);
  },
  addpermits(call) {
    at(call.world.semaphores, call).addPermits(call.n(1));
    return 'ok';
  },
  forgetpermits: (call) => `${at(call.world.semaphores, call).forgetPermits(call.n(1))}`,
  available: (call) => `${at(call.world.semaphores, call).availablePermits}`,
  closesem(call) {
    at(call.world.semaphores, call).close();
    return 'ok';
  },
  *read({ world, me }) {
    const guard = yield* world.lock.read();
    hold(me, guard);
    return `${guard.value.value}`;
  },
  *write({ world, me }) {
    const guard = yield* world.lock.write();
    guard.value.value += 1;
    return hold(me, guard);
  },
  tryread: ({ world, me }) => hold(me, world.lock.tryRead()),
  trywrite: ({ world, me }) => hold(me, world.lock.tryWrite()),
  downgrade({ me }) {
    const guard = me.guards.at(-1);
    if (guard === undefined) return 'none';
    if (!('downgrade' in guard)) return 'other';
    me.guards.pop();
    return hold(me, guard.downgrade());
  },
  splitmerge({ me, n }) {
    const guard = me.guards.at(-1);
    if (guard === undefined) return 'none';
    if (!('split' in guard)) return 'other';
    const part = guard.split(n(0));
    if (part === undefined) return 'few';
    hold(me, part);
    return `${guard.numPermits} ${part.numPermits}`;
  },
  forget({ me }) {
    const guard = me.guards.at(-1);
    if (guard === undefined) return 'none';
    if (!('split' in guard)) return 'other';
    me.guards.pop();
    guard.forget();
    return 'ok';
  },
  release({ me, n }) {
    const guard = n(0) === 0 ? me.guards.pop() : me.guards.shift();
    if (guard === undefined) return 'none';
    guard[Symbol.dispose]();
    return 'ok';
  },
  *barrier({ world }) {
    return `${(yield* world.barrier.wait()).isLeader()}`;
  },
  *once(call) {
    const v = yield* at(call.world.cells, call).getOrInit(function* () {
      for (let i = 0; i < call.op.kids.length; i++) yield* call.kid(i);
      return call.n(1);
    });
    return `${v}`;
  },
  onceset(call) {
    const error = caught(() => at(call.world.cells, call).set(call.n(1)));
    return error === undefined ? 'ok' : errorText(error);
  },
  dropguard: (call) => hold(call.me, at(call.world.tokens, call).dropGuard()),
};
