/**
 * What the command loads before it does what it is asked for. Milliseconds depend on the machine (bench/startup.js
 * has them); modules do not, and Node takes some 0.4 ms for each.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';

const ROOT = new URL('../../', import.meta.url).href;

const RUNTIME = 'dist/runtime/index.js';

const kept = mkdtempSync(join(tmpdir(), 'async-lessons-'));
afterAll(() => rmSync(kept, { recursive: true, force: true }));

/** The files that Node has run for a command, below the package's folder: its coverage names every one. */
async function loads(...args: string[]): Promise<string[]> {
  const folder = mkdtempSync(join(kept, 'run-'));
  const { code, err } = await cli(args, { env: { NODE_V8_COVERAGE: folder } });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const [report = ''] = readdirSync(folder);
  const { result } = JSON.parse(readFileSync(join(folder, report), 'utf8')) as { result: { url: string }[] };
  return result.flatMap(({ url }) => (url.startsWith(ROOT) ? [url.slice(ROOT.length)] : []));
}

function ours(files: readonly string[]): string[] {
  return files.filter((file) => !file.startsWith('node_modules/'));
}

describe.concurrent('a start', () => {
  it('of a lesson loads six files of ours', async () => {
    const files = ours(await loads('tea', '--instant'));

    expect(files).toContain('dist/examples/tea/tea.js');
    expect(files).toContain(RUNTIME);
    expect(files.length, files.join(', ')).toBeLessThanOrEqual(6);
  });

  it('of a lesson loads no packages but commander, where nobody watches', async () => {
    const packages = (await loads('tea', '--instant')).flatMap(
      (file) => /^node_modules\/([^/]+)/.exec(file)?.[1] ?? [],
    );

    expect(new Set(packages)).toEqual(new Set(['commander']));
  });

  it('for help loads two files of ours', async () => {
    expect(ours(await loads('--help'))).toEqual(['bin/async-lessons.js', 'dist/cli/main.js']);
  });

  it('for the list loads three', async () => {
    expect(ours(await loads('list')).length).toBeLessThanOrEqual(3);
  });

  it('loads no runtime where nothing runs', async () => {
    const file = join(kept, 'tea.jsonl');
    await cli(['tea', '--instant', '-q', '--save', file]);

    const runs = await Promise.all([loads('view', file), loads('explain'), loads('show', 'tea'), loads('list')]);

    expect(runs.map((files) => files.filter((name) => name.startsWith('dist/runtime/')))).toEqual([[], [], [], []]);
  });

  it('does not load the languages of the world for a comma', async () => {
    const refuse = 'Number.prototype.toLocaleString = () => { throw new Error("10 ms") }';

    const { code, out } = await cli(['tea', '--instant', '--stats'], {
      node: ['--import', `data:text/javascript,${encodeURIComponent(refuse)}`],
    });

    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('2 polls') });
  });
});
