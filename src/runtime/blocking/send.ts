/**
 * What may go to another thread: Rust's `Send`, checked while the program runs.
 *
 * @module
 */
import { whatCannotCross } from './crossing.ts';
import { NotSendError } from './errors.ts';

/** Where a buffer, once wrapped by {@link transfer}, goes along with. */
const moved = new WeakMap<object, readonly object[]>();

/**
 * Moves buffers to the other thread instead of copying them: they are empty here afterwards.
 * Answers `value` itself, for use as an argument of `spawnBlocking`.
 *
 * @param buffers what to move; without it, the value itself or the buffer behind it.
 *
 * @example
 * ```ts
 * const bytes = new Uint8Array([1, 2, 3]);
 * const sum = spawnBlocking((bytes: Uint8Array) => bytes.reduce((a, b) => a + b, 0), transfer(bytes));
 * bytes.length; // => 0
 * yield* sum; // => 6
 * ```
 */
export function transfer<T extends object>(value: T, buffers?: readonly object[]): T {
  moved.set(value, buffers ?? [ArrayBuffer.isView(value) ? value.buffer : value]);
  return value;
}

/** Copies the arguments of a call, as they are now: what becomes of the originals changes nothing. */
export function seal(args: readonly unknown[], name: string): { args: unknown[]; transfer: object[] } {
  const transfer = args.flatMap((arg) => moved.get(arg as object) ?? []);
  args.forEach((arg, index) => {
    const found = whatCannotCross(arg, transfer);
    if (found !== undefined) throw NotSendError.value(`argument ${index + 1} of ${name || 'the function'}`, found);
  });
  const sealed = { args: [...args], transfer };
  return structuredClone(sealed, { transfer: transfer as ArrayBuffer[] });
}

/** The source of a function that can stand alone. @throws {NotSendError} that says what to write instead. */
export function sourceOf(fn: unknown): string {
  if (typeof fn !== 'function') throw NotSendError.noFunction(fn);
  const source = Function.prototype.toString.call(fn);
  const kind = Object.prototype.toString.call(fn);
  if (/\{\s*\[native code\]\s*\}\s*$/.test(source)) {
    throw NotSendError.fn(fn, 'is bound or built in, and has no source to send', 'write a function that does the same');
  }
  if (/^class\b/.test(source)) {
    throw NotSendError.fn(fn, 'is a class', 'write a function that makes one and uses it');
  }
  if (kind === '[object GeneratorFunction]' || kind === '[object AsyncGeneratorFunction]') {
    throw NotSendError.fn(fn, 'is a generator, and no executor runs in another thread', 'start it with `spawn`');
  }
  if (!canStandAlone(source)) {
    const advice = `write it as \`function ${fn.name || 'f'}(…) { … }\`, or as an arrow`;
    throw NotSendError.fn(fn, 'is a method, and its source cannot stand alone', advice);
  }
  return source;
}

/** Compiles it without running it: a method such as `double(n) { … }` is no expression. */
function canStandAlone(source: string): boolean {
  try {
    new Function(`"use strict"; return (${source}\n)`);
    return true;
  } catch (error) {
    return !(error instanceof SyntaxError);
  }
}
