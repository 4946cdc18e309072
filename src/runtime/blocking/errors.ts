/**
 * What goes wrong on the way to another thread and back.
 *
 * @module
 */
import { RuntimeError, whatIs } from '../errors.ts';
import type { Stuck } from './crossing.ts';

/** A function or a value cannot go to another thread. Nothing has started. */
export class NotSendError extends RuntimeError {
  /** @internal */
  static noFunction(value: unknown): NotSendError {
    return new NotSendError(
      `spawnBlocking() expects a function and its arguments, and got ${whatIs(value)}: give it the function, \`spawnBlocking(fib, 40)\`, not its call`,
    );
  }

  /** @internal */
  static fn(fn: { readonly name: string }, why: string, advice: string): NotSendError {
    return new NotSendError(`spawnBlocking() cannot run ${whatIs(fn)}: it ${why}. Instead, ${advice}`);
  }

  /** @internal */
  static value(where: string, { path, what }: Stuck): NotSendError {
    const advice = what.includes('future')
      ? 'await it first, with `yield*`'
      : what.includes('moved')
        ? 'transfer() gave it to another thread, and it is empty here'
        : 'only plain data can: numbers, strings, arrays, plain objects, Map, Set, Date, buffers';
    return new NotSendError(
      `${where} cannot go to another thread: ${path ? `at ${path} ` : ''}it is ${what}; ${advice}`,
    );
  }
}

/** A function for `spawnBlocking` used a variable that stands around it. */
export class ClosureError extends RuntimeError {
  /** What it used, by its name. */
  readonly variable: string;

  /** @internal */
  constructor(name: string, variable: string, cause: unknown) {
    super(
      `\`${variable}\` is not defined where ${name} ran: a function for spawnBlocking runs in another thread, and sees only its arguments and globals. Give it \`${variable}\` as an argument, or put both into a file for blockingModule()`,
      { cause },
    );
    this.variable = variable;
  }
}
