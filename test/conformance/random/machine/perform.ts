/**
 * Runs the operations of a task, and logs what comes of each.
 *
 * @module
 */
import { type Async, timeout } from 'async-lessons';
import { log, outcome, timedOut } from '../../common.ts';
import { CHANNELS } from './channels.ts';
import { COMBINATORS } from './combinators.ts';
import { LOCKS } from './locks.ts';
import { type Op, parse } from './program.ts';
import { SIGNALS } from './signals.ts';
import { TASKS } from './tasks.ts';
import { TIME } from './time.ts';
import { State, World } from './world.ts';

/** One after the other. */
export function* performAll(ops: readonly Op[], world: World, me: State): Async<void> {
  for (const op of ops) yield* perform(op, world, me);
}

function* perform(op: Op, world: World, me: State): Async<void> {
  if (op.name === 'seq') return yield* performAll(op.kids, world, me);
  const { name } = op;
  const operation = LOCKS[name] ?? SIGNALS[name] ?? CHANNELS[name] ?? TIME[name] ?? TASKS[name] ?? COMBINATORS[name];
  if (operation === undefined) throw new Error(`no operation is called ${name}`);
  const answer = operation({
    op,
    world,
    me,
    n: (i) => op.n[i] ?? 0,
    kid: (i) => perform(op.kids[i] as Op, world, me),
  });
  const out = typeof answer === 'string' ? answer : yield* answer;
  log(me.name, `${name} ${op.n.join(',')} ${out}`);
}

/** Runs a program, for 60 ms at most. */
export function* run(program: string): Async<void> {
  const [sizes, main] = parse(program);
  if (sizes === undefined || main === undefined) throw new Error(`not a program: ${program}`);
  const world = new World(sizes.n);
  using me = new State(world);
  const r = yield* outcome(timeout(60, performAll(main.kids, world, me)));
  log('main', `end ${!timedOut(r)}`);
}
