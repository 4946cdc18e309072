/**
 * Lints: what a run has done that its author seldom means.
 *
 * Each is a fold over the events of a run, in a file of its own with its page of the handbook. They
 * ask nobody, so they judge a run that was saved just as well. What they find happened in this run;
 * that another run would do it, too, nobody has said.
 *
 * @module
 */
import type { RuntimeEvent } from '../runtime/events.ts';
import type { Finding, Lint, Watch } from './lints/lint.ts';
import { lockHeldLong } from './lints/lock-held-long.ts';
import { longScheduled } from './lints/long-scheduled.ts';
import { lostWaker } from './lints/lost-waker.ts';
import { neverYielded } from './lints/never-yielded.ts';
import { queueGrows } from './lints/queue-grows.ts';
import { selfWakes } from './lints/self-wakes.ts';
import { unawaitedFuture } from './lints/unawaited-future.ts';
import { unjoinedPanic } from './lints/unjoined-panic.ts';
import type { Page } from './page.ts';
import { place } from './places.ts';
import { grouped, type Line, type Piece, safeLine, type Tone } from './text.ts';
import { withPlace } from './words.ts';

export type { Finding, Lint } from './lints/lint.ts';

/** Every lint there is, in the order of the alphabet. */
export const lints: readonly Lint[] = [
  lockHeldLong,
  longScheduled,
  lostWaker,
  neverYielded,
  queueGrows,
  selfWakes,
  unawaitedFuture,
  unjoinedPanic,
];

/** So many findings of one lint are told; of the others, how many. */
const TOLD = 10;

/** All lints at once, on one run. */
export class Lints {
  readonly #watches: readonly Watch[] = lints.map((lint) => lint.create());

  /** Takes one more event into account. */
  fold(event: RuntimeEvent): void {
    for (const watch of this.#watches) watch.fold(event);
  }

  /** What was found so far, lint by lint. */
  findings(): Finding[] {
    return this.#watches.flatMap((watch) => watch.findings());
  }

  /**
   * The findings, a line each, and how to hear more; nothing if there is nothing to say.
   *
   * @param except names of lints of which a person has heard already.
   */
  lines({ unicode, folder }: Page, except: readonly string[] = []): Line[] {
    const lines: Line[] = [];
    const names = new Set<string>();
    for (const watch of this.#watches) {
      const findings = watch.findings().filter(({ lint }) => !except.includes(lint));
      for (const finding of findings.slice(0, TOLD)) lines.push(told(finding, unicode, folder));
      const [first] = findings;
      if (first === undefined) continue;
      names.add(first.lint);
      const more = findings.length - TOLD;
      if (more > 0) lines.push(line('quiet', `${unicode ? '…' : '...'} and ${grouped(more)} more of ${first.lint}`));
    }
    for (const name of names) lines.push(line('quiet', `async-lessons explain ${name}`));
    return lines;
  }
}

function told({ lint, text, location }: Finding, unicode: boolean, folder: string): Line {
  const mark = unicode ? '▲ ' : '! ';
  const sentence = withPlace(safeLine(text).replace(/\.$/, ''), safeLine(place(location, folder)));
  const pieces: Piece[] = [
    { tone: 'bad', text: `${mark}${lint}: ` },
    { tone: 'plain', text: sentence },
  ];
  return { pieces, indent: mark.length };
}

function line(tone: Tone, text: string): Line {
  return { pieces: [{ tone, text }], indent: 0 };
}
