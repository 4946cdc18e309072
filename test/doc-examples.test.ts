/** Runs every `ts` example of the runtime's doc comments, so that none can rot. */
import { readdirSync, readFileSync } from 'node:fs';
import { Runtime } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { type ExampleModule, exampleLines } from './support/doc-examples.ts';

const SRC = new URL('../src/runtime/', import.meta.url).pathname;

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, lines: exampleLines(readFileSync(`${SRC}${name}`, 'utf8')) }))
  .filter(({ lines }) => lines.length > 0);

async function runExample(path: string, line: number): Promise<ExampleModule> {
  const example: ExampleModule = await import(/* @vite-ignore */ `${path}?example=${line}`);
  await new Runtime({ clock: 'virtual', seed: 1, observer: () => {} }).blockOn(example.main());
  return example;
}

describe.each(sources)('$name', ({ name, lines }) => {
  it.each(lines)('shows the truth in line %i', async (line) => {
    const { claims, shown } = await runExample(`${SRC}${name}`, line);

    expect([...shown]).toEqual(claims);
  });
});

describe('an example', () => {
  const WRONG = new URL('support/wrong-examples.ts', import.meta.url).pathname;
  const [wrongValue, neverReached] = exampleLines(readFileSync(WRONG, 'utf8')) as [number, number];

  it('goes red when it shows a wrong value', async () => {
    await expect(runExample(WRONG, wrongValue)).rejects.toThrow('expected 2 to deeply equal 3');
  });

  it('goes red when it never comes to what it shows', async () => {
    const { claims, shown } = await runExample(WRONG, neverReached);

    expect([...shown]).not.toEqual(claims);
  });
});
