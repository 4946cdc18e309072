import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TSC = join(ROOT, 'node_modules/typescript/lib/tsc.js');

/** What a process of its own did. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

let built: string | undefined;

afterAll(() => {
  if (built !== undefined) rmSync(built, { recursive: true, force: true });
  built = undefined;
});

/** The runtime as JavaScript, made once for each test file that asks. */
function build(): string {
  if (built !== undefined) return built;
  const folder = mkdtempSync(join(tmpdir(), 'async-lessons-'));
  built = folder;
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const options = ['--noCheck', '--declaration', 'false', '--declarationMap', 'false', '--outDir', folder];
  execFileSync(process.execPath, [TSC, '-p', ROOT, ...options]);
  return folder;
}

/**
 * Runs a script in a Node of its own: for what a process does when nothing is left to wait for,
 * and for garbage collection. The public API is there by its names.
 */
export function inChild(script: string, ...flags: readonly string[]): Ended {
  const folder = build();
  const file = join(folder, 'script.mjs');
  writeFileSync(file, `import * as runtime from './runtime/index.js';\nObject.assign(globalThis, runtime);\n${script}`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, file], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { code: status, out: stdout, err: stderr };
}
