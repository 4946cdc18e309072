/**
 * What a program has to say.
 *
 * @module
 */
import { current } from './context.ts';
import { ForgottenAwaitError } from './errors.ts';
import { Future, isGenerator } from './future.ts';

/**
 * Prints a line. An observer gets it as an event of the task that says it; where nobody observes
 * it goes to stdout.
 *
 * @throws {ForgottenAwaitError} when given a future instead of its value.
 *
 * @example
 * ```ts
 * println('Putting the kettle on.');
 * ```
 */
export function println(text: string): void {
  if ((text as unknown) instanceof Future || isGenerator(text)) throw new ForgottenAwaitError('println()', text);
  const executor = current?.executor;
  if (executor === undefined) console.log(String(text));
  else if (executor.tracer === undefined) executor.print(String(text));
  else executor.tracer.printed(String(text));
}
