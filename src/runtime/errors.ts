/**
 * What can go wrong, one class each. A class is for the program, its message for the person:
 * it says what to do next.
 *
 * @module
 */

/** The base of every error that the runtime itself throws. */
export class RuntimeError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
}

/** `spawn`, `sleep` and friends were called where no runtime runs. */
export class OutsideRuntimeError extends RuntimeError {
  constructor(what: string) {
    super(
      `${what} needs a running runtime: call it inside a task, for example in main() of \`await new Runtime().blockOn(main())\``,
    );
  }
}

/** `blockOn` was called inside a task. */
export class NestedRuntimeError extends RuntimeError {
  constructor() {
    super(
      'blockOn() was called inside a task, and would block the thread that runs it: await the future with `yield*`, or `spawn` it',
    );
  }
}

/** `blockOn` was called a second time. */
export class RuntimeFinishedError extends RuntimeError {
  constructor() {
    super('this runtime has run its program: make another with `new Runtime()`');
  }
}

/** The runtime was told to stop before its main future was ready. */
export class RuntimeStoppedError extends RuntimeError {
  constructor() {
    super('the runtime was stopped before its main future was ready');
  }
}

/** Something that cannot be awaited stands where a future was expected. */
export class NotAFutureError extends RuntimeError {
  constructor(value: unknown, where: string) {
    super(`${where} expects a future, and got ${whatIs(value)}${adviceFor(value)}`);
  }
}

/** A generator yielded something with a plain `yield`. Thrown into the generator, at that `yield`. */
export class UnawaitedYieldError extends RuntimeError {
  readonly yielded: unknown;

  constructor(yielded: unknown, why: 'running' | 'dropped' = 'running') {
    super(
      why === 'dropped'
        ? 'a `finally` block awaited while its future was being dropped: nobody polls it any more, so it cannot wait'
        : isAwaitable(yielded)
          ? `\`yield\` without its star: write \`yield* ${nameOf(yielded)}\` to await it`
          : `a task yielded ${whatIs(yielded)}: only \`yield*\` of a future waits`,
    );
    this.yielded = yielded;
  }
}

/** A future or generator was used as if it were its value. */
export class ForgottenAwaitError extends RuntimeError {
  constructor(where: string, value: unknown) {
    super(`${where} got ${whatIs(value)}, not its value: await it first, \`yield* ${nameOf(value)}\``);
  }
}

/** A future was polled again after it had given its value away, or after it was dropped. */
export class PolledAfterCompletionError extends RuntimeError {
  /** @param message what to say instead of the usual, where Tokio has words of its own. */
  constructor(what: string, message?: string) {
    super(
      message ??
        `${what} was awaited again after it had given its value, or was dropped: make a new one for each wait, or lend it with \`ref(…)\` to keep it`,
    );
  }
}

/** A future that was dropped, by `select`, `timeout` or `using`, was awaited again. */
export class PolledAfterDropError extends RuntimeError {
  constructor(what: string) {
    super(`${what} was dropped, and cannot be awaited again: lend it with \`ref(…)\` to keep it`);
  }
}

/** Something was dropped by a future inside it, which still runs and cannot be dropped. */
export class DroppedFromInsideError extends RuntimeError {
  constructor(what: string) {
    super(`${what} was dropped by a future inside it, which still runs: drop it from outside, where it is awaited`);
  }
}

/** A duration is negative or not a number. */
export class InvalidDurationError extends RuntimeError {
  constructor(what: string, value: unknown) {
    super(`${what} expects a duration in milliseconds, zero or more, and got ${whatIs(value)}`);
  }
}

/** A count, a capacity or another option is out of its range. */
export class InvalidOptionError extends RuntimeError {
  constructor(what: string, expected: string, value: unknown) {
    super(`${what} expects ${expected}, and got ${whatIs(value)}`);
  }
}

/** What was thrown, in words: JavaScript can throw anything, also what has no words. */
export function messageOf(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return Object.prototype.toString.call(thrown);
  }
}

function isAwaitable(value: unknown): boolean {
  const tag = Object.prototype.toString.call(value);
  return tag === '[object Generator]' || (hasLabel(value) && 'poll' in value);
}

function hasLabel(value: unknown): value is { label: string } {
  return typeof value === 'object' && value !== null && 'label' in value;
}

function nameOf(value: unknown): string {
  return hasLabel(value) ? value.label : '…';
}

/** A value in words, for a person who did not expect it. */
export function whatIs(value: unknown): string {
  if (typeof value === 'function') return `the function ${value.name || '(anonymous)'}`;
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Promise) return 'a promise';
  if (hasLabel(value)) return `the future ${value.label}`;
  if (Object.prototype.toString.call(value) === '[object Generator]') return 'a future (a generator)';
  if (typeof value === 'object' && value !== null) return `an object (${value.constructor?.name ?? 'Object'})`;
  return String(value);
}

function adviceFor(value: unknown): string {
  if (value instanceof Promise) return ': wrap it in fromPromise(…)';
  if (typeof value === 'function') return `: call it, \`${value.name || 'f'}()\``;
  return '';
}
