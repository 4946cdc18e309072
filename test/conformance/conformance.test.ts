/**
 * Every case is a small program in Rust, what real Tokio printed for it, and its twin in
 * TypeScript. The twin prints the same, line by line.
 *
 * A case that has a `.1.53.out` is compared with that: Tokio's versions differ, and we follow
 * 1.53.1. A case that has a `.ours.out` differs from Tokio on purpose; its twin says why in a line
 * that begins with `Differs:`, and docs/differences.md lists it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type Async, Runtime } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { logged, startCase } from './common.ts';

const CASES = new URL('cases/', import.meta.url);
const names = caseNames('.ts');

function caseNames(ending: string): string[] {
  return readdirSync(CASES)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .toSorted();
}

function read(file: string): string | undefined {
  const path = new URL(file, CASES);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

describe('as Tokio does it', () => {
  it.each(names)('%s', async (name) => {
    const twin: { main: () => Async<void> } = await import(`./cases/${name}.ts`);
    const tokio = read(`${name}.1.53.out`) ?? read(`${name}.out`);
    const ours = read(`${name}.ours.out`);
    expect(read(`${name}.ts`)?.includes('Differs: ')).toBe(ours !== undefined);

    startCase();
    await new Runtime({ clock: 'virtual', seed: 1, onWarning: () => {} }).blockOn(twin.main());

    expect(`${logged().join('\n')}\n`).toBe(ours ?? tokio);
  });

  it('has a twin for every program, and a program for every twin', () => {
    expect(names).toEqual(caseNames('.rs'));
  });

  it.each(caseNames('.ours.out'))('%s differs, and is listed with the differences', (name) => {
    const differences = readFileSync(new URL('../../docs/differences.md', import.meta.url), 'utf8');
    expect(read(`${name}.ours.out`)).not.toBe(read(`${name}.1.53.out`) ?? read(`${name}.out`));
    expect(differences).toContain(`\`${/^[a-z]+_\d+/.exec(name)?.[0]}\``);
  });
});
