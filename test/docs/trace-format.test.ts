/**
 * docs/trace-format.md and docs/trace-event.schema.json against the shapes that the reader goes by,
 * which the compiler holds against src/runtime/events.ts.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EVENT, HEADER } from '../../src/trace/files/event-shape.ts';
import { readJsonl } from '../../src/trace/files/jsonl.ts';
import { kindsOf, pretty, traceSchema } from '../support/schema.ts';
import { invalidLines } from '../support/validator.ts';

const page = readFileSync(new URL('../../docs/trace-format.md', import.meta.url), 'utf8');
const events = readFileSync(new URL('../../src/runtime/events.ts', import.meta.url), 'utf8');

/** All lines of JSON on the page. */
const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.trimEnd().split('\n'));

/** What stands under a heading. */
function section(heading: string): string {
  const [, text = ''] = page.split(`\n### \`${heading}\`\n`);
  return text.split(/\n##+ /)[0] as string;
}

/** What the page says of one operation: the text above the table, and its row. */
function operation(op: string): string {
  const [intro = '', table = ''] = section('resource.op').split('\n| op |');
  return intro + table.split('\n').find((line) => line.startsWith(`| \`${op}\` |`));
}

const kinds = kindsOf(EVENT).map(({ tags, fields }) => ({ kind: tags[0]?.[1] ?? '', op: tags[1]?.[1], fields }));

describe('the schema of a trace', () => {
  it('is what the shapes say', async () => {
    await expect(`${pretty(traceSchema())}\n`).toMatchFileSnapshot('../../docs/trace-event.schema.json');
  });

  it('refuses what has a field too many, one too few, or one of another type', () => {
    const lines = [
      { at: 0, kind: 'task.cancelled', task: { id: 0, name: 'main' }, more: 1 },
      { at: 0, kind: 'task.cancelled' },
      { at: 0, kind: 'task.cancelled', task: { id: '0', name: 'main' } },
      { at: 0, kind: 'task.paused', task: { id: 0, name: 'main' } },
    ].map((line) => JSON.stringify(line));

    expect(invalidLines(lines.join('\n'))).toEqual(lines);
  });
});

describe('the page on the trace format', () => {
  it('and the schema know every kind and every operation that events.ts has', () => {
    const [operations = '', others = ''] = events.split('export type RuntimeEvent');
    const words = (text: string, field: string) =>
      [...text.matchAll(new RegExp(`readonly ${field}: ((?:'[^']+'(?: \\| )?)+)`, 'g'))].flatMap(([, found = '']) =>
        found.split(' | ').map((word) => word.slice(1, -1)),
      );

    expect(new Set(kinds.map(({ kind }) => kind))).toEqual(new Set(words(others, 'kind')));
    expect(new Set(kinds.flatMap(({ op }) => op ?? []))).toEqual(new Set(words(operations, 'op')));
  });

  it.each(kinds)('tells of $kind $op every field', ({ kind, op, fields }) => {
    const told = op === undefined ? section(kind) : operation(op);

    expect(Object.keys(fields).filter((field) => field !== 'at' && !told.includes(`\`${field}\``))).toEqual([]);
  });

  it('tells every field of the header, and the words of every field that has some', () => {
    const header = page.split('\n## The header\n')[1]?.split('\n## ')[0] ?? '';
    const words = kinds.flatMap(({ fields }) =>
      Object.values(fields).flatMap((shape) => (shape.is === 'word' ? shape.words : [])),
    );

    expect(Object.keys(HEADER.fields).filter((field) => !header.includes(`\`${field}\``))).toEqual([]);
    expect(words.filter((word) => !page.includes(`\`${word}\``))).toEqual([]);
  });

  it('has a valid example of every kind and of every operation', () => {
    const shown = new Set(
      examples.map((line) => {
        const { kind, op } = JSON.parse(line);
        return kind === 'resource.op' ? `${kind} ${op}` : kind;
      }),
    );

    expect(invalidLines(examples.join('\n'))).toEqual([]);
    expect(
      kinds.map(({ kind, op }) => (op === undefined ? kind : `${kind} ${op}`)).filter((kind) => !shown.has(kind)),
    ).toEqual([]);
  });

  it('has examples that are read', () => {
    const [header, ...others] = examples.filter(
      (line) => JSON.parse(line).format !== undefined || JSON.parse(line).at === 0,
    );

    expect(readJsonl([header, ...others].join('\n')).warnings).toEqual([]);
  });
});
