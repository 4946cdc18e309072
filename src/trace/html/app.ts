/**
 * The page: reads the run that it carries, and shows it.
 *
 * ```text
 *   cursor ──▶ transport, timeline, events, source, world, why, tasks
 *     ▲                                                         │
 *     └──────────────────── clicks and keys ────────────────────┘
 * ```
 *
 * It asks nobody for anything: its policy forbids it. All text of the run goes in as text.
 *
 * @module
 */
import type { Location } from '../../runtime/events.ts';
import { Cursor } from './cursor.ts';
import { drawWaiting, h } from './dom.ts';
import { EventList } from './event-list.ts';
import { LaneWords } from './lane-words.ts';
import { header, notices } from './notices.ts';
import { unpack } from './packed.ts';
import { Player } from './player.ts';
import { Run } from './run.ts';
import { SourceView } from './source-view.ts';
import { TaskTable } from './task-table.ts';
import { Timeline } from './timeline.ts';
import { Transport } from './transport.ts';
import { WhyView } from './why-view.ts';
import { WorldView } from './world-view.ts';

/** The address is changed when nobody has moved for so long, in ms. */
const PATIENCE = 400;

async function open(): Promise<void> {
  const began = performance.now();
  const run = new Run(unpack(await inflated(document.getElementById('run')?.textContent ?? '')));
  const cursor = new Cursor(run.length);
  build(run, cursor);
  cursor.go(stepInAddress() ?? run.opening);
  document.documentElement.dataset.ready = (performance.now() - began).toFixed(0);
}

function build(run: Run, cursor: Cursor): void {
  const player = new Player(run.events, cursor, (act) =>
    requestAnimationFrame((now) => {
      act(now);
      // In the same frame: whoever comes with Tab must not lose what is made anew in the next one.
      drawWaiting();
    }),
  );
  const source = new SourceView(run, cursor);
  const goTo = (location: Location) => {
    cursor.pause();
    source.show(location);
    source.element.scrollIntoView({ block: 'nearest' });
  };
  const events = new EventList(run, cursor);
  const why = new WhyView(run, cursor);
  const choose = (task: number) => {
    events.only(task);
    cursor.go(run.near(task, cursor.step));
  };
  const timeline = new Timeline(run, cursor, { task: choose, why: () => why.focus() });
  timeline.element.append(new LaneWords(run, cursor).element);
  document.body.append(
    h('a', { class: 'skip', href: '#events' }, 'Skip to the events'),
    header(run),
    h(
      'main',
      {},
      ...notices(run, goTo),
      new Transport(run, cursor, player).element,
      timeline.element,
      h('div', { class: 'columns' }, events.element, source.element, new WorldView(run, cursor, goTo).element),
      h('div', { class: 'pair' }, why.element, new TaskTable(run, cursor, choose).element),
    ),
    h('footer', {}, h('p', {}, `Made by async-lessons ${run.frame.package}. This page asks nobody for anything.`)),
  );
  document.addEventListener('keydown', (event) => {
    steps(event, cursor);
    plays(event, player);
  });
  withHands(cursor, player);
  window.addEventListener('hashchange', () => cursor.go(stepInAddress() ?? cursor.step));
  let timer = 0;
  cursor.follow((step) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => history.replaceState(null, '', `#event=${step}`), PATIENCE);
  });
}

/** Left and right go through the events from anywhere, but where they mean something else. */
function steps(event: KeyboardEvent, cursor: Cursor): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  const { target } = event;
  if (target instanceof Element && target.closest('input, select, textarea') !== null) return;
  // A table or a source that is too wide is scrolled with them.
  if (target instanceof HTMLElement && target.tabIndex === 0 && target.scrollWidth > target.clientWidth) return;
  event.preventDefault();
  cursor.by(event.key === 'ArrowLeft' ? -1 : 1);
}

/** Space plays and pauses from anywhere, but where it means something else: it presses buttons. */
function plays(event: KeyboardEvent, player: Player): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
  if (event.key !== ' ') return;
  const { target } = event;
  if (target instanceof Element && target.closest('input:not([type=range]), select, button, summary, a') !== null)
    return;
  event.preventDefault();
  if (!event.repeat) player.toggle();
}

/** What plays is made anew with each event: not below a hand, and not around somebody who is in it with Tab. */
function withHands(cursor: Cursor, player: Player): void {
  const hold = (isHeld: boolean) => () => {
    player.held = isHeld;
  };
  document.addEventListener('pointerdown', ({ target }) => {
    // A list that drops down keeps to itself that it was let go of.
    player.held = target instanceof Element && target.closest('select') === null;
  });
  // Not every browser tells when a scroll bar is let go of.
  document.addEventListener('pointermove', ({ buttons }) => {
    if (buttons === 0) player.held = false;
  });
  for (const end of ['pointerup', 'pointercancel'] as const) document.addEventListener(end, hold(false));
  window.addEventListener('blur', hold(false));
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof Element && target.matches(':is(#world, #why, #tasks tbody) button:focus-visible'))
      cursor.pause();
  });
}

/** `run.html#event=57` opens at that event. */
function stepInAddress(): number | undefined {
  const step = /^#event=(\d+)$/.exec(location.hash)?.[1];
  return step === undefined ? undefined : Number(step);
}

async function inflated(base64: string): Promise<string> {
  const bytes = Uint8Array.from(atob(base64.trim()), (char) => char.charCodeAt(0));
  const json = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(json).text();
}

open().catch((error: unknown) => {
  const why = error instanceof Error ? error.message : String(error);
  document.body.append(
    h(
      'main',
      {},
      h('h1', {}, 'This run cannot be shown'),
      h(
        'p',
        { role: 'alert' },
        `${why}. The file may be cut off, or the browser too old (it takes one of 2023 or later).`,
      ),
    ),
  );
  throw error;
});
