import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Runtime, type RuntimeEvent } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { lessons } from '../../../src/examples/index.ts';
import { explain, type Finding, type Lint, Lints, lints, listLints } from '../../../src/trace/lints.ts';
import { mainOf } from '../../support/lint-runs.ts';
import { textOf } from '../../support/views.ts';

/** What all lints find in a program that is text. */
async function findingsIn(text: string, clock: 'real' | 'virtual'): Promise<Finding[]> {
  const all = new Lints();
  const observer = (event: RuntimeEvent) => all.fold(event);
  const runtime = new Runtime({ clock, seed: 1, onWarning: () => {}, observer });
  const main = await mainOf(text);
  await runtime.blockOn(main()).catch(() => {});
  return all.findings();
}

/** Time that the thread was busy exists on the real clock only. */
function clockOf(name: string): 'real' | 'virtual' {
  return ['never-yielded', 'long-scheduled', 'lost-waker'].includes(name) ? 'real' : 'virtual';
}

const does = new Map<string, Promise<Finding[]>>();

/** What they find in the program of a page that does it. It runs once. */
function doing({ name, page }: Lint): Promise<Finding[]> {
  const findings = does.get(name) ?? findingsIn(page.doesIt, clockOf(name));
  does.set(name, findings);
  return findings;
}

describe.each(lints)('the page of $name', (lint) => {
  const { name, page } = lint;
  const clock = clockOf(name);

  it('shows a program that does it, and nothing else that is found', async () => {
    const names = (await doing(lint)).map(({ lint }) => lint);

    expect(new Set(names)).toEqual(new Set([name]));
  });

  // A machine that stops for a tenth of a second is a finding, too.
  it('shows a program that does not', { retry: clock === 'real' ? 3 : 0 }, async () => {
    expect(await findingsIn(page.doesNot, clock)).toEqual([]);
  });

  it('finds the line where it happens', async () => {
    const [finding] = await doing(lint);

    expect(finding?.location?.file).toMatch(/program-text\.ts/);
  });

  it('says it in one plain sentence', async () => {
    const [finding] = await doing(lint);

    expect(finding?.text).toMatch(/^[^\n]{20,200}\.$/);
    expect(finding?.text.match(/\. /g)).toBeNull();
  });
});

it('their programs are what the compiler takes', () => {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'lints-'));
  try {
    for (const { name, page } of lints) {
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

describe('the lessons', () => {
  // Only the server has real sockets. It runs until it is told to stop, or its visitors are served.
  it.each(lessons)('$name gives no finding', async ({ onlyReal, prepare }) => {
    const { main, watch } = await prepare(onlyReal === undefined ? {} : { port: 0, clients: 5 });
    const all = new Lints();
    const observer = (event: RuntimeEvent) => {
      all.fold(event);
      watch?.(event);
    };
    await new Runtime({ clock: onlyReal === undefined ? 'virtual' : 'real', seed: 1, observer }).blockOn(main);

    expect(all.findings()).toEqual([]);
    expect(all.lines({ width: 80, unicode: true, folder: '/' })).toEqual([]);
  });
});

describe('explain', () => {
  it('knows every name of the list', () => {
    const names = listLints().map((line) => textOf(line).split(' ')[0] ?? '');

    expect(names).toEqual(lints.map(({ name }) => name));
    expect(names).toEqual([...names].sort());
    for (const name of names) expect(explain(name)?.map(textOf).join('\n')).toContain(`${name}: `);
  });

  it('shows both programs, line by line', () => {
    for (const { name, page } of lints) {
      const text = explain(name)?.map(textOf) ?? [];
      for (const row of `${page.doesIt}${page.doesNot}`.split('\n')) {
        expect(text).toContain(row === '' ? '' : `  ${row}`);
      }
    }
  });

  it('keeps to eighty columns in what it says', () => {
    for (const { name, page } of lints) {
      const programs = `${page.doesIt}${page.doesNot}`;
      const prose = (explain(name) ?? []).map(textOf).filter((row) => !programs.includes(row.trim()));
      expect(prose.filter((row) => row.length > 80)).toEqual([]);
    }
  });

  it('has nothing to say of a name that it does not know', () => {
    expect(explain('never-yield')).toBeUndefined();
  });
});
