import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lessons } from '../src/examples/index.ts';
import { cli } from './support/cli.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const captures = [...readme.matchAll(/```console\n\$ npx async-lessons (.+)\n([\s\S]*?)```/g)];

describe('the README', () => {
  it('shows at least two runs', () => {
    expect(captures.length).toBeGreaterThanOrEqual(2);
  });

  it.each(captures.map(([, args = '', shown = '']) => [args, shown]))('shows what `%s` prints', async (args, shown) => {
    const { out } = await cli(args.split(' '));

    expect(shown).toBe(out);
  });

  it('has a line for each lesson, in their order', () => {
    const rows = [...readme.matchAll(/^\| (\d+) \| `(\w+)` \|/gm)].map(([, n, name]) => `${n} ${name}`);

    expect(rows).toEqual(lessons.map(({ name }, i) => `${i + 1} ${name}`));
  });

  it('counts the conformance cases', () => {
    const cases = readdirSync(new URL('conformance/cases/', import.meta.url)).filter((file) => file.endsWith('.rs'));

    expect(readme).toContain(`${cases.length} small Rust programs`);
  });

  it('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\(((?!http)[^)#]+)\)/g)].map(([, path = '']) => path);

    for (const link of links) expect(() => readFileSyncOrFolder(link), link).not.toThrow();
  });
});

function readFileSyncOrFolder(path: string): void {
  const url = new URL(`../${path}`, import.meta.url);
  if (/\.\w+$/.test(path) || path === 'LICENSE') readFileSync(url);
  else readdirSync(url);
}
