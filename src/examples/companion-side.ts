/**
 * The other side of a companion: what its script begins with.
 *
 * @module
 */

// Ctrl-C reaches every process of a terminal, but it is for the lesson to say what becomes of it.
process.on('SIGINT', () => {});
// Without the lesson there is nothing left to do here. It may have gone while Node was starting.
process.on('disconnect', () => process.exit());
if (!process.connected) process.exit();

/** What it was told to do. */
export function order<T>(): T {
  return JSON.parse(process.argv[2] ?? 'null') as T;
}

/** Tells the lesson something. */
export function report(message: object): void {
  if (process.connected) process.send?.(message);
}
