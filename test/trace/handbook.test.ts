import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { diagnoses } from '../../src/trace/diagnoses.ts';
import { contents, explain, pages } from '../../src/trace/handbook.ts';
import { lints } from '../../src/trace/lints.ts';
import { textOf } from '../support/views.ts';

it('has a page for every lint and every diagnosis, once', () => {
  const names = [...lints, ...diagnoses].map(({ name }) => name);

  expect(new Set(pages.map(({ name }) => name))).toEqual(new Set(names));
  expect(pages).toHaveLength(new Set(names).size);
});

it('the programs of the handbook are what the compiler takes', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'handbook-'));
  try {
    for (const { name, page } of pages) {
      writeFileSync(join(folder, `${name}-does-it.ts`), page.doesIt);
      writeFileSync(join(folder, `${name}-does-not.ts`), page.doesNot);
    }
    const config = {
      extends: join(root, 'test/tsconfig.json'),
      compilerOptions: {
        noEmit: true,
        rootDir: '/',
        paths: { 'async-lessons': [join(root, 'src/runtime/index.ts')] },
        typeRoots: [join(root, 'node_modules/@types')],
      },
      include: [join(folder, '*.ts')],
    };
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));

    expect(complaints(join(root, 'node_modules/typescript/bin/tsc'), folder)).toBe('');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function complaints(tsc: string, project: string): string {
  try {
    return execFileSync(process.execPath, [tsc, '-p', project], { encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

describe('explain', () => {
  it('knows every name of the list', () => {
    const names = contents().map((line) => textOf(line).split(' ')[0] ?? '');

    expect(names).toEqual(pages.map(({ name }) => name));
    expect(names).toEqual([...names].sort());
    for (const name of names) expect(explain(name)?.map(textOf).join('\n')).toContain(`${name}: `);
  });

  it('shows both programs, line by line', () => {
    for (const { name, page } of pages) {
      const text = explain(name)?.map(textOf) ?? [];
      for (const row of `${page.doesIt}${page.doesNot}`.split('\n')) {
        expect(text).toContain(row === '' ? '' : `  ${row}`);
      }
    }
  });

  it('keeps to eighty columns in what it says', () => {
    for (const { name, page } of pages) {
      const programs = `${page.doesIt}${page.doesNot}`;
      const prose = (explain(name) ?? []).map(textOf).filter((row) => !programs.includes(row.trim()));
      expect(prose.filter((row) => row.length > 80)).toEqual([]);
    }
  });

  it('has nothing to say of a name that it does not know', () => {
    expect(explain('never-yield')).toBeUndefined();
  });
});
