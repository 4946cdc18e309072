import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readSource } from '../../src/cli/source-files.ts';

const home = realpathSync(mkdtempSync(join(tmpdir(), 'async-lessons-sources-')));
const folder = join(home, 'project');

afterAll(() => rmSync(home, { recursive: true }));

function write(name: string, text = 'boil();'): string {
  const path = join(home, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

describe('a source for a page', () => {
  it('is read if it lies below the folder', () => {
    expect(readSource(write('project/tea.ts'), folder)).toBe('boil();');
    expect(readSource(pathToFileURL(write('project/src/my kitchen/tea.mjs')).href, folder)).toBe('boil();');
  });

  it("is read if it is a lesson's, from wherever one looks", () => {
    const lesson = new URL('../../src/examples/tea/tea.ts', import.meta.url);

    expect(readSource(lesson.href, folder)).toContain('function* makeTea');
  });

  it.each([
    ['lies beside the folder', 'other/tea.ts'],
    ['lies beside a folder whose name begins alike', 'project2/tea.ts'],
    ['lies in somebody else’s package', 'project/node_modules/kettle/index.js'],
    ['is no source by its name', 'project/.env'],
    ['is no source by its name, though it looks like one', 'project/tea.ts.key'],
  ])('is not read if it %s', (_, name) => {
    expect(readSource(write(name), folder)).toBeNull();
  });

  it('is not read through a link that leads out of the folder', () => {
    const link = join(folder, 'link.ts');
    write('project/tea.ts');
    symlinkSync(write('secret.ts', 'secret'), link);

    expect(readSource(link, folder)).toBeNull();
  });

  it('is not read through a link of that name to something else', () => {
    const link = join(folder, 'key.ts');
    symlinkSync(write('project/id_rsa', 'secret'), link);

    expect(readSource(link, folder)).toBeNull();
  });

  it('is not read if it is very large, is not there, is a folder, or has no name that means something', () => {
    mkdirSync(join(folder, 'folder.ts'), { recursive: true });
    const files = [write('project/large.js', ' '.repeat(300_000)), join(folder, 'gone.ts'), join(folder, 'folder.ts')];

    expect(files.map((file) => readSource(file, folder))).toEqual([null, null, null]);
    expect(readSource('file://server/tea.ts', folder)).toBeNull();
    expect(readSource('\0.ts', folder)).toBeNull();
  });
});
