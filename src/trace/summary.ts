/**
 * One line of figures at the end, all of them from this run.
 *
 * @module
 */
import { count, seconds, span } from './text.ts';
import type { World } from './world.ts';

/**
 * `2.003 s · main and 10 tasks on one thread · 23 polls · thread busy for 1.24 ms (0.1 %)`.
 *
 * On the virtual clock no time passes while the thread works, so there is nothing to say of it.
 */
export function summary(world: World, separator: string): string {
  const { now, spawned, polls, busy, clock, speed } = world;
  const who = spawned === 0 ? 'main alone' : `main and ${count(spawned, 'task')} on one thread`;
  const parts = [`${seconds(now)}${clock === 'virtual' ? ' on the virtual clock' : ''}`, who, count(polls, 'poll')];
  if (clock === 'real')
    parts.push(`thread busy for ${span(busy)}${now > 0 ? ` (${((100 * busy * speed) / now).toFixed(1)} %)` : ''}`);
  return parts.join(separator);
}
