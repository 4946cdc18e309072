/**
 * The handbook: a page for everything that a lint or the doctor has a name for.
 *
 * @module
 */
import { diagnoses } from './diagnoses.ts';
import type { HandbookPage } from './lints/lint.ts';
import { lints } from './lints.ts';
import type { Line, Tone } from './text.ts';

/** Explanations are set to this width. */
const WIDTH = 78;

/** Something that has a page. */
interface Topic {
  readonly name: string;
  readonly summary: string;
  readonly page: HandbookPage;
}

/** All pages, in the order of the alphabet. What lints and the doctor both know is there once. */
export const pages: readonly Topic[] = [
  ...lints,
  ...diagnoses.filter(({ name }) => lints.every((lint) => lint.name !== name)),
].sort((one, other) => one.name.localeCompare(other.name, 'en'));

/** The names for `explain`, each with what it is about. */
export function contents(): Line[] {
  const width = Math.max(...pages.map(({ name }) => name.length));
  return pages.map(({ name, summary }) => ({
    pieces: [
      { tone: 'task', text: name.padEnd(width + 2) },
      { tone: 'plain', text: summary },
    ],
    indent: width + 2,
  }));
}

/** A page: what it means, a program that does it, one that does not, and what to do. Undefined if there is no such page. */
export function explain(name: string): Line[] | undefined {
  const topic = pages.find((topic) => topic.name === name);
  if (topic === undefined) return undefined;
  const { means, doesIt, doesNot, fix } = topic.page;
  return [
    {
      pieces: [
        { tone: 'task', text: topic.name },
        { tone: 'plain', text: `: ${topic.summary}` },
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
