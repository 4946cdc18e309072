import { type Async, Runtime, type RuntimeOptions } from 'async-lessons';

/** Runs a program on the virtual clock, always with the same seed. A warning that nobody expects is an error. */
export async function run<T>(main: () => Async<T>, options: RuntimeOptions = {}): Promise<T> {
  const warnings: string[] = [];
  const onWarning = (message: string) => void warnings.push(message);
  const value = await new Runtime({ clock: 'virtual', seed: 1, onWarning, ...options }).blockOn(main());
  if (warnings.length > 0) throw new Error(`unexpected warnings: ${warnings.join('; ')}`);
  return value;
}

/** Runs a program like {@link run}, and answers what it was warned of. */
export async function warningsOf(main: () => Async<unknown>, options: RuntimeOptions = {}): Promise<string[]> {
  const warnings: string[] = [];
  await run(main, { onWarning: (message) => warnings.push(message), ...options });
  return warnings;
}

/** How often the main future of a program is polled. */
export async function pollsOf(main: () => Async<unknown>): Promise<number> {
  let polls = 0;
  await run(main, {
    observer: (event) => {
      if (event.kind === 'task.poll-started' && event.task.id === 0) polls += 1;
    },
  });
  return polls;
}
