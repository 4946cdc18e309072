/**
 * Being asked to stop.
 *
 * @module
 */
import { currentExecutor } from '../context.ts';
import { type Future, Pending } from '../future.ts';
import { IoFuture, ReadinessOf } from '../net/readiness.ts';
import { Resource, type ResourceKind } from '../resource.ts';

/** How often nothing happens while we wait. */
const A_LONG_TIME_MS = 2 ** 31 - 1;

/** Who waits for it, in all runtimes of this process. */
const waiting = new Set<() => void>();
let alive: NodeJS.Timeout | undefined;

/** Does any program of this process wait for Ctrl-C right now? Then it is not for others to act on. */
export function isCtrlCAwaited(): boolean {
  return waiting.size > 0;
}

function listen(received: () => void): void {
  waiting.add(received);
  if (waiting.size > 1) return;
  process.on('SIGINT', interrupted);
  // Listening for a signal does not keep Node from exiting; waiting for it should.
  alive = setInterval(() => {}, A_LONG_TIME_MS);
}

function unlisten(received: () => void): void {
  if (!waiting.delete(received) || waiting.size > 0) return;
  process.off('SIGINT', interrupted);
  clearInterval(alive);
}

function interrupted(): void {
  for (const received of [...waiting]) received();
}

class Signal extends Resource {
  override get kind(): ResourceKind {
    return 'signal';
  }

  override get detail(): string {
    return 'SIGINT';
  }
}

/**
 * Waits for Ctrl-C. While somebody waits, Ctrl-C does not end the process; what happens instead is
 * up to the program. It listens from its first poll on.
 *
 * **Cancel safety:** data may be lost, namely a Ctrl-C that comes while nobody waits: it ends the
 * process, as usual.
 *
 * @throws {OutsideRuntimeError} where no runtime runs.
 *
 * @example
 * ```ts
 * const race = yield* select({ stop: ctrlC(), work: sleep(5) });
 * race.branch; // => 'work'
 * ```
 */
export function ctrlC(): Future<void> {
  const executor = currentExecutor('ctrlC()');
  const signal = new Signal();
  const readiness = new ReadinessOf(signal, executor);
  let state: 'new' | 'listening' | 'received' = 'new';
  const listening = { [Symbol.dispose]: stop };

  function received(): void {
    state = 'received';
    stop();
    readiness.wakeAll();
  }

  function stop(): void {
    executor.keepsOpen.delete(listening);
    unlisten(received);
  }

  return new IoFuture(
    'ctrlC()',
    readiness,
    () => {
      if (state === 'received') return undefined;
      if (state === 'new') {
        state = 'listening';
        executor.keepsOpen.add(listening);
        listen(received);
      }
      return Pending;
    },
    stop,
  );
}
