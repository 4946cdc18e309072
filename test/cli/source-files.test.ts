import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { readSource } from '../../src/cli/source-files.ts';
import type { Missing } from '../../src/trace/html/packed.ts';

const home = realpathSync(mkdtempSync(join(tmpdir(), 'async-lessons-sources-')));
const folder = join(home, 'project');

afterAll(() => rmSync(home, { recursive: true }));

function write(name: string, text = 'boil();'): string {
  const path = join(home, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** A name for something else. */
function link(name: string, target: string): string {
  const path = join(home, name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
  return path;
}

/** What is read of a file, or why it is not. */
function read(file: string, program?: string): string | Missing {
  const { text, missing } = readSource(file, { folder, program });
  return text ?? missing;
}

describe('a source for a page', () => {
  it('is read if it lies below the folder', () => {
    expect(read(write('project/tea.ts'))).toBe('boil();');
    expect(read(pathToFileURL(write('project/src/my kitchen/tea.mjs')).href)).toBe('boil();');
  });

  it("is read if it is a lesson's, from wherever one looks", () => {
    const lesson = new URL('../../src/examples/tea/tea.ts', import.meta.url);

    expect(read(lesson.href)).toContain('function* makeTea');
  });

  it.each<[string, string, Missing]>([
    ['lies beside the folder', 'other/tea.ts', 'elsewhere'],
    ['lies beside a folder whose name begins alike', 'project2/tea.ts', 'elsewhere'],
    ['lies in somebody else’s package', 'project/node_modules/kettle/index.js', 'package'],
    ['is no source by its name', 'project/.env', 'name'],
    ['is no source by its name, though it looks like one', 'project/tea.ts.key', 'name'],
  ])('is not read if it %s', (_, name, why) => {
    expect(read(write(name))).toBe(why);
  });

  it('is not read through a link that leads out of the folder', () => {
    expect(read(link('project/link.ts', write('secret.ts', 'secret')))).toBe('elsewhere');
  });

  it('is not read through a link of that name to something else', () => {
    expect(read(link('project/key.ts', write('project/id_rsa', 'secret')))).toBe('name');
  });

  it('is not read if it is very large, is not there, is no file, or has no name that means something', () => {
    mkdirSync(join(folder, 'folder.ts'), { recursive: true });
    execFileSync('mkfifo', [join(folder, 'pipe.ts')]);

    expect(read(write('project/large.js', ' '.repeat(300_000)))).toBe('large');
    for (const name of ['gone.ts', 'folder.ts', 'pipe.ts']) expect(read(join(folder, name)), name).toBe('unreadable');
    expect(read('file://server/tea.ts')).toBe('elsewhere');
    expect(read(join(folder, '\0.ts'))).toBe('unreadable');
  });

  it('does not tell whether there is a file elsewhere', () => {
    const [there, gone] = [write('other/tea.ts'), join(home, 'other/gone.ts')];

    expect(read(there)).toBe(read(gone));
  });
});

describe('a source of a program that was named', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is read wherever the program lies, and so is what lies below it', () => {
    const program = write('elsewhere/mine.js', 'mine();');

    expect(read(program, program)).toBe('mine();');
    expect(read(pathToFileURL(program).href, program)).toBe('mine();');
    expect(read(write('elsewhere/parts/cup.ts', 'cup();'), program)).toBe('cup();');
  });

  it('is not read without its name', () => {
    expect(read(write('elsewhere/mine.js'))).toBe('elsewhere');
  });

  it.each<[string, string, Missing]>([
    ['lies beside its folder', 'elsewhere2/cup.ts', 'elsewhere'],
    ['lies above its folder', 'cup.ts', 'elsewhere'],
    ['belongs to a package', 'elsewhere/node_modules/kettle/index.js', 'package'],
    ['is no source by its name', 'elsewhere/.env', 'name'],
  ])('is not read if it %s', (_, name, why) => {
    expect(read(write(name), write('elsewhere/mine.js'))).toBe(why);
  });

  it('is read behind links: where they lead is where Node runs it', () => {
    const program = link('links/mine.js', write('behind/mine.js', 'mine();'));

    expect(read(join(home, 'behind/mine.js'), program)).toBe('mine();');
    expect(read(write('behind/cup.ts'), program)).toBe('boil();');
    expect(read(write('links/cup.ts'), program)).toBe('elsewhere');
    expect(read(link('behind/link.ts', write('secret.ts')), program)).toBe('elsewhere');
  });

  it.each(['user/mine.js', 'mine.js'])('is read alone if %s lies in, or above, what is somebody’s home', (name) => {
    vi.stubEnv('HOME', join(home, 'user'));
    const program = write(name, 'mine();');

    expect(read(program, program)).toBe('mine();');
    expect(read(write('user/other/secret.ts'), program)).toBe('elsewhere');
  });

  it('is read alone if the program belongs to a package', () => {
    for (const place of ['project', 'elsewhere']) {
      const program = write(`${place}/node_modules/kettle/example.js`, 'example();');

      expect(read(program, program)).toBe('example();');
      expect(read(write(`${place}/node_modules/kettle/index.js`), program)).toMatch(/^(package|elsewhere)$/);
    }
  });
});
