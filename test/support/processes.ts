/**
 * What else runs on this machine.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';

/** How long a process that was ended may take to be gone, in ms. */
const PATIENCE_MS = 20_000;

/** The command lines of processes with some text in them. */
function processesWith(text: string): string[] {
  const { stdout } = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.includes(text) && !line.startsWith('ps '));
}

/** Waits until a process with some text in its command line has started. */
export async function started(text: string): Promise<void> {
  await until(() => processesWith(text).length > 0, `no process with ${text} started`);
}

/** Waits until no process has some text in its command line. */
export async function gone(text: string): Promise<void> {
  await until(() => processesWith(text).length === 0, `a process with ${text} is still there`);
}

async function until(holds: () => boolean, otherwise: string): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!holds()) {
    if (performance.now() > end) throw new Error(otherwise);
    await setTimeout(50);
  }
}
