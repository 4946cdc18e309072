import { type Async, Runtime, type RuntimeOptions } from 'async-lessons';

/** Runs a program on the virtual clock, always with the same seed. */
export function run<T>(main: () => Async<T>, options: RuntimeOptions = {}): Promise<T> {
  return new Runtime({ clock: 'virtual', seed: 1, onWarning: unexpected, ...options }).blockOn(main());
}

/** Runs a program like {@link run}, and answers what it was warned of. */
export async function warningsOf(main: () => Async<unknown>, options: RuntimeOptions = {}): Promise<string[]> {
  const warnings: string[] = [];
  await run(main, { onWarning: (message) => warnings.push(message), ...options });
  return warnings;
}

function unexpected(message: string): never {
  throw new Error(`unexpected warning: ${message}`);
}
