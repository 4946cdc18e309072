import { describe, expect, it } from 'vitest';
import { violations } from '../../support/chrome-rules.ts';

describe('the check of the rules', () => {
  const slice = { ph: 'X', name: 'poll', pid: 1, tid: 1, ts: 10, dur: 10 };
  const names = ['process_name', 'thread_name', 'thread_sort_index'].map((name) => ({ ph: 'M', name, pid: 1, tid: 1 }));
  const begin = { ph: 's', name: 'wake', cat: 'w', id: '0x1', pid: 1, tid: 1, ts: 11 };
  const end = { ...begin, ph: 'f', bp: 'e', ts: 12 };
  const check = (...marks: readonly object[]) => violations(JSON.stringify({ traceEvents: [...names, ...marks] }));

  it('finds nothing wrong with a good file', () => {
    expect(check(slice, begin, end)).toEqual([]);
  });

  it.each<[string, object[]]>([
    ['a track 0', [{ ...slice, tid: 0 }]],
    ['no time', [{ ...slice, ts: undefined }]],
    ['a slice of no length', [{ ...slice, dur: 0 }]],
    ['arguments of a slice', [{ ...slice, args: {} }]],
    ['slices that overlap', [slice, { ...slice, ts: 15 }]],
    ['slices that touch', [slice, { ...slice, ts: 20 }]],
    ['disorder', [{ ...slice, ts: 30 }, slice]],
    ['an end without a beginning', [slice, { ph: 'E', name: 'a', pid: 1, tid: 1, ts: 30 }]],
    ['a beginning without an end', [slice, { ph: 'B', name: 'a', pid: 1, tid: 1, ts: 30 }]],
    ['an arrow in no slice', [slice, { ...begin, ts: 25 }]],
    ['two arrows of one id', [slice, begin, begin]],
    ['an arrow that only ends', [slice, end]],
    ['an arrow that changes its name', [slice, begin, { ...end, name: 'spawn' }]],
    ['an arrow whose id is no number', [slice, { ...begin, id: 'one' }]],
    ['an instant that is nowhere', [slice, { ph: 'i', name: 'a', pid: 1, tid: 1, ts: 12 }]],
    ['a counter of words', [slice, { ph: 'C', name: 'a', pid: 1, tid: 1, ts: 12, args: { a: 'b' } }]],
    ['a track without a name', [slice, { ...slice, tid: 2 }]],
    ['nothing for speedscope', []],
  ])('finds %s', (_, marks) => {
    expect(check(...marks)).not.toEqual([]);
  });
});
