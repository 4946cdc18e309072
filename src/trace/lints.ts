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
import { diagnoses } from './diagnoses.ts';
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
import { type Line, type Piece, safeLine, type Tone } from './text.ts';
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

/** Explanations are set to this width. */
const WIDTH = 78;

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

  /** The findings, a line each, and how to hear more; nothing if there is nothing to say. */
  lines({ unicode, folder }: Page): Line[] {
    const lines: Line[] = [];
    const names = new Set<string>();
    for (const watch of this.#watches) {
      const findings = watch.findings();
      for (const finding of findings.slice(0, TOLD)) lines.push(told(finding, unicode, folder));
      const [first] = findings;
      if (first === undefined) continue;
      names.add(first.lint);
      const more = findings.length - TOLD;
      if (more > 0)
        lines.push(line('quiet', `${unicode ? '…' : '...'} and ${more.toLocaleString('en-US')} more of ${first.lint}`));
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

/** The names for `explain`, each with what it is about. */
export function listLints(): Line[] {
  const width = Math.max(...lints.map(({ name }) => name.length));
  return lints.map(({ name, summary }) => ({
    pieces: [
      { tone: 'task', text: name.padEnd(width + 2) },
      { tone: 'plain', text: summary },
    ],
    indent: width + 2,
  }));
}

/** The page of a lint: what it means, a program that does it, one that does not, and what to do. */
export function explain(name: string): Line[] | undefined {
  const lint = [...lints, ...diagnoses].find((lint) => lint.name === name);
  if (lint === undefined) return undefined;
  const { means, doesIt, doesNot, fix } = lint.page;
  return [
    {
      pieces: [
        { tone: 'task', text: lint.name },
        { tone: 'plain', text: `: ${lint.summary}` },
      ],
      indent: 0,
    },
    line('plain', ''),
    ...prose(means),
    line('plain', ''),
    line('bad', 'This program does it:'),
    line('plain', ''),
    ...code(doesIt),
    line('plain', ''),
    line('good', 'This one does not:'),
    line('plain', ''),
    ...code(doesNot),
    line('plain', ''),
    line('task', 'What to do:'),
    line('plain', ''),
    ...prose(fix),
  ];
}

function code(program: string): Line[] {
  return program
    .trimEnd()
    .split('\n')
    .map((text) => ({ pieces: [{ tone: 'plain', text: `  ${text}`.trimEnd() }], indent: 2 }));
}

/** Paragraphs, each set anew: in the source they are as wide as a source may be. */
function prose(text: string): Line[] {
  return text
    .split('\n\n')
    .flatMap((paragraph, i) => [...(i === 0 ? [] : ['']), ...fill(paragraph)])
    .map((row) => line('plain', row));
}

function fill(paragraph: string): string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of paragraph.split(/\s+/)) {
    if (row !== '' && row.length + 1 + word.length > WIDTH) {
      rows.push(row);
      row = '';
    }
    row += row === '' ? word : ` ${word}`;
  }
  return [...rows, row];
}

function line(tone: Tone, text: string): Line {
  return { pieces: [{ tone, text }], indent: 0 };
}
