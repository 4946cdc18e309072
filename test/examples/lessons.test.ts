import { readdirSync, readFileSync } from 'node:fs';
import { Runtime } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { type Lesson, lessons } from '../../src/examples/index.ts';
import { perform } from '../support/perform.ts';

const programs = lessons.map((lesson) => {
  const source = readFileSync(new URL(`../../src/examples/${lesson.file}`, import.meta.url), 'utf8');
  const [head = ''] = /^\/\*\*\n[\s\S]*?\*\//.exec(source) ?? [];
  return { name: lesson.name, lesson, source, head };
});

/** Everything that stands in a lesson's folder but its program and its card. */
function beside({ file }: Lesson): string {
  const folder = new URL(`../../src/examples/${file.replace(/[^/]+$/, '')}`, import.meta.url);
  const others = readdirSync(folder).filter(
    (name) => name.endsWith('.ts') && name !== 'card.ts' && !file.endsWith(name),
  );
  return others.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
}

it('stands in the order of the article', () => {
  expect(lessons.map(({ name }) => name)).toEqual([
    'tea',
    'recipe',
    'dinner',
    'threads',
    'server',
    'channel',
    'select',
    'counter',
    'errors',
    'scraper',
    'chat',
  ]);
});

describe.each(programs)('the program of $name', ({ name, lesson, source, head }) => {
  it('uses the runtime and nothing else', () => {
    const imports = [...source.matchAll(/(?:from|import|require\() ?'([^']+)'/g)].map(([, from]) => from);

    expect(imports).toEqual(['async-lessons']);
  });

  it('opens with what you will see, and something to try', () => {
    expect(head).toMatch(/^ \* You will see: \S/m);
    expect(head).toMatch(/^ \* Try: \S/m);
  });

  it('opens with its own name', () => {
    expect(head.toLowerCase()).toContain(`/**\n * ${name}: `);
  });

  it('fits on three screens', () => {
    expect(source.split('\n').length).toBeLessThan(160);
  });

  it('prints through println, and through nothing else', () => {
    expect(source).toContain('println(');
    expect(source).not.toMatch(/console|process\.std|stdout|stderr|alert/);
  });

  it('starts in main', () => {
    expect(source).toMatch(/^export function\* main\(/m);
  });

  it('shows nothing else but what a file beside it needs', () => {
    const others = [...source.matchAll(/^export (?:\w+\*? )+?(\w+)\b/gm)].map(([, exported]) => exported ?? '');

    for (const exported of others) {
      if (exported !== 'main') expect(beside(lesson), exported).toMatch(new RegExp(`\\b${exported}\\b`));
    }
    expect(others).toHaveLength(source.match(/^export /gm)?.length ?? 0);
  });

  it('has a card that says what to type', () => {
    expect(lesson.tries.length).toBeGreaterThan(0);
    expect(lesson.tries.map(([command]) => command.split(' ')[0])).toEqual(lesson.tries.map(() => name));
  });

  it('has a card with one line for the list', () => {
    expect(lesson.summary).not.toContain('\n');
    expect(lesson.summary.length + '  10  channel  '.length).toBeLessThanOrEqual(80);
  });
});

describe.each(lessons.filter(({ onlyReal }) => onlyReal === undefined))('$name', (lesson) => {
  it('says the same, in the same order, whether or not somebody observes it', async () => {
    const { events } = await perform(lesson);
    const unobserved: string[] = [];

    const { main } = await lesson.prepare({});
    await new Runtime({ clock: 'virtual', seed: 1, print: (text) => unobserved.push(text) }).blockOn(main);

    expect(unobserved).toEqual(events.flatMap((event) => (event.kind === 'print' ? [event.text] : [])));
    expect(unobserved.length).toBeGreaterThan(0);
  });

  it('does the very same each time', async () => {
    const [first, second] = [await perform(lesson), await perform(lesson)];

    expect(second.events).toEqual(first.events);
  });
});
