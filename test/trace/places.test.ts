import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { place } from '../../src/trace/places.ts';

const LESSON = new URL('../../src/examples/tea/tea.ts', import.meta.url);

function at(file: string, folder: string): string {
  return place({ file, line: 24, column: 3, fn: 'main' }, folder);
}

describe('a place', () => {
  it('is a file and a line', () => {
    expect(at('/home/ada/tea.ts', '/home/ada')).toBe('tea.ts:24');
  });

  it('in a lesson goes by the name of its file, from wherever one looks', () => {
    expect(at(LESSON.href, '/')).toBe('tea.ts:24');
    expect(at(fileURLToPath(LESSON), '/')).toBe('tea.ts:24');
  });

  it('below the folder goes by its path from there', () => {
    expect(at('/home/ada/src/kitchen/tea.ts', '/home/ada')).toBe('src/kitchen/tea.ts:24');
  });

  it('elsewhere goes by its whole path', () => {
    expect(at('/home/bob/tea.ts', '/home/ada')).toBe('/home/bob/tea.ts:24');
  });

  it('may be given as a URL, with what URLs make of a space', () => {
    expect(at('file:///home/ada/my%20kitchen/tea.ts', '/home/ada')).toBe('my kitchen/tea.ts:24');
  });

  it('on another system, in a run that was saved there, goes by its URL', () => {
    expect(at('file://server/kitchen/tea.ts', '/home/ada')).toBe('file://server/kitchen/tea.ts:24');
    expect(at('file:///home%2Fada/tea.ts', '/home/ada')).toBe('file:///home%2Fada/tea.ts:24');
  });

  it('beside a folder whose name begins alike goes by its whole path', () => {
    expect(at('/home/adam/tea.ts', '/home/ada')).toBe('/home/adam/tea.ts:24');
  });

  it('is below the root if everything is', () => {
    expect(at('/home/ada/tea.ts', '/')).toBe('home/ada/tea.ts:24');
  });

  it('on Windows has its slashes, and takes letters as they come', () => {
    expect(at('file:///c:/Users/ada/src/tea.ts', 'C:\\Users\\Ada')).toBe('src\\tea.ts:24');
    expect(at('D:\\tea.ts', 'C:\\Users\\Ada')).toBe('D:\\tea.ts:24');
  });

  it('that is not known says nothing', () => {
    expect([place(null, '/'), place(undefined, '/')]).toEqual(['', '']);
  });
});
