/**
 * Tasks, join sets, task-locals.
 *
 * @module
 */
import {
  type Async,
  type Context,
  dropFuture,
  Future,
  JoinError,
  Pending,
  type Poll,
  pollFuture,
  spawn,
} from 'async-lessons';
import { log, option, outcome } from '../../common.ts';
import { performAll } from './perform.ts';
import { type Call, type Operation, State, take, USER } from './world.ts';

/** A task: logs every poll, and drops its state at the end of the last, as Rust does. */
class Launched extends Future<void> {
  readonly #state: State;
  readonly #body: Async<void>;
  #polls = 0;
  #done = false;

  constructor(call: Call) {
    super();
    this.#state = new State(call.world);
    this.#body = performAll(call.op.kids, call.world, this.#state);
  }

  override poll(cx: Context): Poll<void> {
    const { name } = this.#state;
    this.#polls += 1;
    log(name, `poll#${this.#polls}`);
    const answer = this.#ask(cx);
    log(name, `${answer === Pending ? 'pending' : 'ready'}#${this.#polls}`);
    return answer;
  }

  #ask(cx: Context): Poll<void> {
    try {
      const answer = pollFuture(this.#body, cx);
      if (answer !== Pending) this.#end();
      return answer;
    } catch (error) {
      this.#end();
      log(this.#state.name, 'drop-unfinished');
      throw error;
    }
  }

  #end(): void {
    this.#done = true;
    this.#state[Symbol.dispose]();
  }

  override drop(): void {
    if (this.#done) return;
    log(this.#state.name, 'drop-unfinished');
    dropFuture(this.#body);
    this.#end();
  }
}

/** How a task ended that gives no value. */
function ending(result: { value: unknown } | { error: unknown }): string {
  if ('value' in result) return 'ok';
  if (!(result.error instanceof JoinError)) throw result.error;
  return result.error.isPanic() ? 'panic' : 'cancelled';
}

export const TASKS: Readonly<Record<string, Operation>> = {
  spawn(call) {
    call.me.kids.push(spawn(new Launched(call)));
    return 'ok';
  },
  track(call) {
    call.me.kids.push(call.world.tracker.spawn(new Launched(call)));
    return 'ok';
  },
  *join(call) {
    const handle = take(call.me.kids, call);
    return handle === undefined ? 'none' : ending(yield* outcome(handle));
  },
  abort({ me, n }) {
    if (me.kids.length === 0) return 'none';
    const handle = me.kids[n(0) % me.kids.length];
    if (handle === undefined) return 'gone';
    handle.abort();
    return `finished=${handle.isFinished()}`;
  },
  detach(call) {
    const handle = take(call.me.kids, call);
    if (handle !== undefined) dropFuture(handle);
    return `${handle !== undefined}`;
  },
  jsspawn(call) {
    call.me.set.spawn(new Launched(call));
    return 'ok';
  },
  *jsnext({ me }) {
    const r = yield* outcome(me.set.joinNext());
    return 'value' in r && r.value === undefined ? 'empty' : ending(r);
  },
  jstry({ me }) {
    try {
      return me.set.tryJoinNext() === undefined ? 'empty' : 'ok';
    } catch (error) {
      return ending({ error });
    }
  },
  jsabort({ me }) {
    me.set.abortAll();
    return 'ok';
  },
  jslen: ({ me }) => `${me.set.length}`,
  jsdetach({ me }) {
    me.set.detachAll();
    return 'ok';
  },
  panic({ me }) {
    if (me.name === 'main') return 'no';
    log(me.name, 'panics');
    throw new Error('boom');
  },
  *scope(call) {
    yield* USER.scope(call.n(0), call.kid(0));
    return 'ok';
  },
  getlocal: () => option(USER.tryGet()),
};
