/**
 * What a piece of a timeline is, in words: for the tooltips of a picture and of a page.
 *
 * @module
 */
import type { Span, Wake } from './spans.ts';
import { safeLine, seconds } from './text.ts';
import { cause, describe } from './words.ts';

/** `waits for recv() on channel 1, 0.000 s to 1.000 s`. Harmless to print. */
export function aboutSpan({ state, from, to, poll, awaits, by }: Span, folder: string): string {
  const when = to.at > from.at ? `${seconds(from.at)} to ${seconds(to.at)}` : `at ${seconds(from.at)}`;
  if (state === 'waiting') return `waits for ${safeLine(awaits.map(describe).join(' and ')) || 'nothing'}, ${when}`;
  const why = by === null ? '' : `, woken by ${safeLine(cause(by, folder))}`;
  return state === 'running' ? `poll ${poll}${why}, ${when}` : `ready${why || ', new'}, ${when}`;
}

/** `main woken by bob through channel 1 at tea.ts:12, at 1.000 s`. Harmless to print. */
export function aboutWake({ task, by, at }: Wake, folder: string): string {
  return `${safeLine(task.name)} woken by ${safeLine(cause(by, folder))}, at ${seconds(at)}`;
}
