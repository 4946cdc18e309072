import type { RuntimeEvent } from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lessons } from '../../../src/examples/index.ts';
import type { ShapedEvent } from '../../../src/trace/files/event-shape.ts';
import { jsonlLines, readJsonl, TraceFileError } from '../../../src/trace/files/jsonl.ts';
import { logLine } from '../../../src/trace/log.ts';
import { World } from '../../../src/trace/world.ts';
import { perform } from '../../support/perform.ts';
import { programOf, programs } from '../../support/random-program.ts';
import { eventsOf, jsonlOf, NASTY, recorded } from '../../support/recorded.ts';
import { invalidLines } from '../../support/validator.ts';
import { MAIN, unclean } from '../../support/views.ts';

const HEADER = {
  ...{ format: 'async-lessons-trace', version: 1, package: '0.1.0', lesson: 'tea' },
  ...{ clock: 'virtual', seed: 1, speed: 1, dropped: 0, since: 0 },
};
const POLL = { at: 1, kind: 'task.poll-started', task: MAIN, poll: 1 } as const;

/** A file of these lines: texts as they are, all else as JSON. */
function file(...lines: readonly unknown[]): string {
  return lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
}

/** What reading a file ends with. */
function complaint(...lines: readonly unknown[]): string {
  try {
    readJsonl(file(...lines));
  } catch (error) {
    if (error instanceof TraceFileError) return error.message;
    throw error;
  }
  return 'nothing';
}

/** Runs of all kinds: those of the lessons that need no network. */
const played = lessons.filter(({ onlyReal }) => onlyReal === undefined);

describe('a saved run', () => {
  it.each(played)('of $name is read as it was, and every line is valid', async (lesson) => {
    const { events } = await perform(lesson);
    const text = jsonlOf(events);

    expect(invalidLines(text)).toEqual([]);
    expect(readJsonl(text)).toMatchObject({ events, warnings: [] });
  });

  it('of any program is read as it was, and every line is valid', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (plan) => {
        const events = await eventsOf(programOf(plan).main);
        const text = jsonlOf(events);

        expect(invalidLines(text)).toEqual([]);
        expect(readJsonl(text)).toMatchObject({ events, warnings: [] });
      }),
      { numRuns: 300 },
    );
  });

  it('begins with a header', async () => {
    const { events } = await perform(lessons[0] as (typeof lessons)[number]);
    const [first] = [...jsonlLines(recorded(events), { package: '0.1.0', lesson: 'tea' })];

    expect(JSON.parse(first as string)).toEqual(HEADER);
  });

  it('says what was dropped of a long run, and when it is read again', () => {
    const polls = Array.from({ length: 9 }, (_, i) => ({ ...POLL, at: i }));
    const text = jsonlOf(polls, 5);

    expect(invalidLines(text)).toEqual([]);
    expect(readJsonl(text)).toMatchObject({ header: { dropped: 4, since: 4 }, events: polls.slice(4) });
    expect(readJsonl(text).warnings).toEqual(['The record is complete from 4.000 ms on; 4 older events were dropped.']);
  });

  it('of a run that never began has a header', () => {
    const text = jsonlOf([]);

    expect(invalidLines(text)).toEqual([]);
    expect(readJsonl(text)).toMatchObject({ header: { clock: null, seed: null, since: null }, events: [] });
  });

  it('keeps times to the last digit', () => {
    const at = 1234.567_890_123_4;

    expect(readJsonl(jsonlOf([{ ...POLL, at }])).events).toEqual([{ ...POLL, at }]);
  });

  it('keeps whatever stands in names and texts, one event a line, and harmless in a terminal and in a page', () => {
    const events: RuntimeEvent[] = [
      { at: 0, kind: 'print', task: { id: 1, name: NASTY }, text: NASTY },
      { at: 0, kind: 'task.completed', task: MAIN, outcome: 'panicked', error: NASTY },
    ];
    const text = jsonlOf(events);

    expect(readJsonl(text).events).toEqual(events);
    expect(text.split('\n')).toHaveLength(4);
    expect(unclean(text)).toEqual([]);
    expect(text).not.toMatch(/[<\u2028\u2029\ufeff]|\p{Surrogate}/u);
  });
});

describe('reading a saved run', () => {
  it.each([
    ['empty', [], 'this is not a trace: it is empty'],
    ['of blank lines', ['', ' '], 'this is not a trace: it is empty'],
    ['text', ['hello'], 'this is not a trace: its first line does not say "format":"async-lessons-trace"'],
    ['JSON of something else', [{ a: 1 }], /^this is not a trace: its first line/],
    ['JSON of nothing', ['null'], /^this is not a trace: its first line/],
    ['without its header', [POLL], /^this is not a trace: its first line/],
    [
      'newer',
      [{ ...HEADER, version: 2 }],
      /^this file is of version 2, and this program reads up to 1: update async-l/,
    ],
    ['of no version', [{ ...HEADER, version: 'x' }], /^line 1 is no header: version must be a whole number/],
    ['of a bad seed', [{ ...HEADER, seed: 'x' }], 'line 1 is no header: seed must be a number'],
    ['broken', [HEADER, POLL, '{"at":', POLL], 'line 3 is not JSON'],
    ['of two runs', [HEADER, POLL, HEADER, POLL], 'line 3 begins another trace: a file holds one run'],
    ['in disorder', [HEADER, POLL, { ...POLL, at: 0.5 }], 'line 3 goes back in time, from 1 to 0.5 ms'],
    ['with a list in it', [HEADER, []], 'line 2 is no event: it must be an object'],
    ['with no kind', [HEADER, { at: 0 }], 'line 2 is no event: kind must be a text'],
    ['with no time', [HEADER, { ...POLL, at: undefined }], 'line 2 is no event: at must be a number'],
    [
      'with an endless time',
      [HEADER, '{"at":1e999,"kind":"task.cancelled","task":{"id":0,"name":""}}'],
      /at must be a n/,
    ],
    [
      'with a bad task',
      [HEADER, { ...POLL, task: { id: -1, name: '' } }],
      /task\.id must be a whole number, 0 or above/,
    ],
    ['with half a task', [HEADER, { ...POLL, task: { id: 1 } }], /task\.name must be a text/],
    [
      'with a bad flag',
      [
        HEADER,
        {
          at: 0,
          kind: 'resource.op',
          resource: { id: 1, kind: 'mutex', name: '' },
          task: null,
          op: 'abandoned',
          granted: 1,
        },
      ],
      /granted must be true or false/,
    ],
    [
      'with a bad list',
      [HEADER, { ...POLL, kind: 'task.poll-ended', outcome: 'ready', busy: 0, awaits: {} }],
      /awaits must be a list/,
    ],
    [
      'with a bad item',
      [HEADER, { ...POLL, kind: 'task.poll-ended', outcome: 'ready', busy: 0, awaits: [null] }],
      /awaits\[0\] must be an object/,
    ],
    [
      'with a bad word',
      [HEADER, { at: 0, kind: 'runtime.finished', outcome: 7 }],
      /outcome must be one of returned, threw/,
    ],
  ])('says of a file that is %s what is wrong', (_, lines, message) => {
    expect(complaint(...lines)).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });

  it('leaves out a last line that is cut off, and says so', () => {
    const text = file(HEADER, POLL, POLL);

    expect(readJsonl(text.slice(0, -10))).toMatchObject({
      events: [POLL],
      warnings: ['The last line, 3, is cut off and was left out: was the run killed?'],
    });
    expect(readJsonl(text.slice(0, -1))).toMatchObject({ events: [POLL, POLL], warnings: [] });
  });

  it('takes what newer versions have added: leaves out fields, and counts the events it cannot know', () => {
    const op = {
      at: 1,
      kind: 'resource.op',
      resource: { id: 1, kind: 'mutex', name: 'mutex 1' },
      task: null,
      op: 'boiled',
    };
    const { events, warnings } = readJsonl(
      file(
        { ...HEADER, colour: 'red' },
        { ...POLL, taste: 1, task: { ...MAIN, age: 2 } },
        { at: 1, kind: 'task.paused\u001b[2J', task: MAIN },
        { at: 1, kind: 'runtime.finished', outcome: 'evaporated' },
        { ...op, op: 'fired', resource: { ...op.resource, kind: 'kettle' } },
        op,
      ),
    );

    expect(events).toEqual([POLL]);
    expect(warnings).toEqual([
      '4 events of a kind that this version does not know left out: task.paused, runtime.finished, resource.op fired, resource.op boiled.',
    ]);
  });

  it('takes no field from a prototype, and puts none there', () => {
    const line = '{"at":1,"kind":"task.cancelled","task":{"id":0,"name":"x","__proto__":{"a":1}},"__proto__":{"b":1}}';
    const [event] = readJsonl(file(HEADER, line)).events;

    expect(event).toEqual({ at: 1, kind: 'task.cancelled', task: { id: 0, name: 'x' } });
    expect(Object.getPrototypeOf(event)).toBe(Object.prototype);
    expect(readJsonl(file(HEADER, { at: 1, kind: 'constructor' }, { at: 1, kind: '__proto__' })).events).toEqual([]);
  });

  it('takes line breaks of Windows, blank lines, and a mark of the encoding', () => {
    const text = `\ufeff${file(HEADER, '', POLL)}`.replaceAll('\n', '\r\n');

    expect(readJsonl(text).events).toEqual([POLL]);
    expect(readJsonl([new TextEncoder().encode(text)]).events).toEqual([POLL]);
  });

  it('does not mind where a file is cut into chunks', () => {
    const task = { id: 1, name: 'té \u{1f375}' };
    const bytes = new TextEncoder().encode(file(HEADER, { ...POLL, task }));

    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(readJsonl([bytes.slice(0, cut), bytes.slice(cut)]).events).toEqual([{ ...POLL, task }]);
    }
  });

  it('believes nothing: whatever was done to a file, what is read is valid, or an error says why not', async () => {
    const whole = jsonlOf((await perform(lessons[2] as (typeof lessons)[number])).events);
    const junk = fc.oneof(
      fc.json(),
      fc.constantFrom('null', '1e999', '-1', '""', '[]', '{}', '"\\u001b[2J"', '"timer"'),
    );
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(30), junk, (start, length, replacement) => {
        const text = whole.slice(0, start) + replacement + whole.slice(start + length);
        try {
          const { events, warnings } = readJsonl(text);
          const world = new World();
          for (const event of events) world.fold(event);
          for (const event of events) logLine(event, 'real', '/home/ada');
          expect(invalidLines(jsonlOf(events))).toEqual([]);
          expect(unclean(warnings.join(''))).toEqual([]);
        } catch (error) {
          if (!(error instanceof TraceFileError)) throw error;
          expect(unclean(error.message)).toEqual([]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('has a shape for exactly the events that there are', () => {
    const there = (event: RuntimeEvent): ShapedEvent => event;
    const back = (event: ShapedEvent): RuntimeEvent => event;

    expect(back(there(POLL))).toBe(POLL);
  });
});
