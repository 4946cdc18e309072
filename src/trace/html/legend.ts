/**
 * What the signs of the timeline mean, and what hands and keys do there.
 *
 * @module
 */
import { h } from './dom.ts';

/** The name of the element that tells the keys. */
export const KEYS = 'timeline-keys';

/** Stands below the picture. Its last line is what a screen reader hears of the keys. */
export function legend(): HTMLElement {
  const key = (name: string, text: string) =>
    h('li', {}, h('span', { class: `key ${name}`, 'aria-hidden': 'true' }), text);
  return h(
    'div',
    { class: 'legend' },
    h(
      'ul',
      { 'aria-label': 'What the signs mean' },
      key('running', 'running'),
      key('ready', 'ready'),
      key('waiting', 'waiting'),
      key('woken', 'woken by the task at the other end; short: by timer, socket or yield'),
      key('ended', 'panicked or dropped'),
    ),
    h(
      'p',
      { id: KEYS, class: 'hint' },
      'Wheel or pinch zooms, dragging moves. Keys: ',
      ...keys([
        ['← →', 'events'],
        ['↑ ↓', 'lanes'],
        ['Page ↑ ↓', 'polls'],
        ['+ − 0', 'zoom'],
        ['Enter', 'why'],
        ['Space', 'play'],
      ]),
    ),
  );
}

function keys(all: readonly (readonly [string, string])[]): (Node | string)[] {
  return all.flatMap(([key, what], i) => [i === 0 ? '' : ', ', h('kbd', {}, key), ` ${what}`]);
}
