import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkWritable, UnwritableError, writeWhole } from '../../src/cli/whole-file.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whole-file-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function* failing(): Iterable<string> {
  yield 'the first half';
  throw new Error('no second half');
}

describe('writeWhole', () => {
  it('writes all of it, and leaves nothing else', () => {
    const path = join(folder, 'run.jsonl');

    writeWhole(path, ['Grüße, ', '世界\n']);

    expect(readFileSync(path, 'utf8')).toBe('Grüße, 世界\n');
    expect(readdirSync(folder)).toEqual(['run.jsonl']);
  });

  it('replaces what was there', () => {
    const path = join(folder, 'run.jsonl');
    writeFileSync(path, 'a much longer text than the new one');

    writeWhole(path, ['new']);

    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  it('leaves what was there alone when it fails half-way', () => {
    const path = join(folder, 'run.jsonl');
    writeFileSync(path, 'old');

    expect(() => writeWhole(path, failing())).toThrow('no second half');

    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['run.jsonl']);
  });

  it('writes into a device as it is', () => {
    writeWhole('/dev/null', ['gone']);
  });
});

describe('checkWritable', () => {
  it('leaves nothing behind, and nothing changed', () => {
    const path = join(folder, 'run.jsonl');
    checkWritable(path);
    expect(readdirSync(folder)).toEqual([]);

    writeFileSync(path, 'old');
    checkWritable(path);
    expect(readFileSync(path, 'utf8')).toBe('old');
  });

  it.each([
    ['no/such/run.jsonl', 'there is no folder'],
    ['file/run.jsonl', 'is not a folder'],
    ['folder', 'it is a folder'],
    [`${'x'.repeat(300)}.jsonl`, 'the name is too long'],
  ])('says why %s cannot be written', (name, why) => {
    mkdirSync(join(folder, 'folder'));
    writeFileSync(join(folder, 'file'), '');

    expect(() => checkWritable(join(folder, name))).toThrow(UnwritableError);
    expect(() => checkWritable(join(folder, name))).toThrow(why);
  });

  it('says that a folder is closed', () => {
    if (process.getuid?.() === 0) return void expect(process.getuid()).toBe(0); // The administrator may write everywhere.
    chmodSync(folder, 0o500);

    expect(() => checkWritable(join(folder, 'run.jsonl'))).toThrow('permission denied');
    chmodSync(folder, 0o700);
  });
});
