import type { RuntimeEvent } from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Frame, pack, unpack } from '../../../src/trace/html/packed.ts';
import { programOf, programs } from '../../support/random-program.ts';
import { eventsOf, NASTY } from '../../support/recorded.ts';
import { dated, HERE, MAIN } from '../../support/views.ts';

const FRAME: Frame = {
  ...{ title: 'a run', package: '0.1.0', note: null, summary: '', diagnosis: [], findings: [], files: [] },
};

/** As a file is named here. */
const same = (file: string) => file;

function carried(events: readonly RuntimeEvent[], frame = FRAME, nameOf = same) {
  return unpack([...pack(frame, events, nameOf)].join(''));
}

const spawned = dated({ kind: 'task.spawned', task: { id: 1, name: 'bob' }, parent: MAIN, location: HERE });

describe('a packed run', () => {
  it('is the same run when it is unpacked, whatever happens in it', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        const events = await eventsOf(programOf(program).main);

        expect(carried(events)).toEqual({ ...FRAME, events });
      }),
      { numRuns: 50 },
    );
  });

  it('carries any text', () => {
    const events = [dated({ kind: 'print', task: { id: 1, name: NASTY }, text: NASTY })];
    const frame = { ...FRAME, title: NASTY, files: [{ name: NASTY, text: NASTY, missing: null }] };

    expect(carried(events, frame)).toEqual({ ...frame, events });
  });

  it('keeps a place once, however often it is told', () => {
    const json = [...pack(FRAME, [spawned, spawned, spawned], same)].join('');

    expect(json.split(HERE.file)).toHaveLength(2);
  });

  it('tells files apart by line, column and function', () => {
    const places = [HERE, { ...HERE, line: 19 }, { ...HERE, column: 4 }, { ...HERE, fn: 'makeTea' }];
    const events = places.map((location) => ({ ...spawned, location }) as RuntimeEvent);

    expect(carried(events).events).toEqual(events);
  });

  it('does not say where on the disk a file was', () => {
    const json = [...pack(FRAME, [spawned], () => 'tea.ts')].join('');

    expect(json).not.toContain('ada');
    expect(unpack(json).events).toEqual([{ ...spawned, location: { ...HERE, file: 'tea.ts' } }]);
  });

  it('has the places of what the lints found, too', () => {
    const finding = { lint: 'self-wakes', text: 'it does', location: HERE, means: '', fix: '' };

    expect(carried([], { ...FRAME, findings: [finding] }).findings).toEqual([finding]);
  });
});
