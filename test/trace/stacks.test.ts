import { type Async, type Await, join, mpsc, type RuntimeEvent, sleep, spawn } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { StackNotes, stackLines } from '../../src/trace/stacks.ts';
import { run } from '../support/run.ts';
import { BOB, dated, HERE, HOME, MAIN, textOf } from '../support/views.ts';

const PAGE = { width: 80, unicode: true, folder: HOME };
const CHANNEL = { id: 7, kind: 'channel', name: 'channel 1' } as const;
const INNER = { ...HERE, line: 12, fn: 'boil' };

const SLEEP: Await = { op: 'sleep(2s)', resource: null, task: null, stack: [INNER, HERE] };
const RECV: Await = { op: 'recv()', resource: CHANNEL, task: null, stack: [{ ...HERE, fn: '' }] };

function shown(awaits: readonly Await[], page = PAGE): string[] {
  return stackLines(MAIN, awaits, page).map(textOf);
}

it('leads from the wait outwards, with lines and columns', () => {
  expect(shown([SLEEP])).toEqual([
    'main waits for',
    '└─ sleep(2s)',
    '     at boil (tea.ts:12:3)',
    '     at main (tea.ts:18:3)',
  ]);
});

it('has a branch for each wait of a join or select', () => {
  expect(shown([SLEEP, RECV])).toEqual([
    'main waits for',
    '├─ sleep(2s)',
    '│    at boil (tea.ts:12:3)',
    '│    at main (tea.ts:18:3)',
    '└─ recv() on channel 1',
    '     at tea.ts:18:3',
  ]);
});

it('can be shown in ASCII', () => {
  const lines = shown([SLEEP, RECV], { ...PAGE, unicode: false });

  expect(lines.map((line) => line.slice(0, 5))).toEqual(['main ', '|- sl', '|    ', '|    ', '`- re', '     ']);
});

it('says it if nothing could wake the task', () => {
  expect(shown([])).toEqual(['main waits for nothing that could wake it']);
});

it('keeps control characters out', () => {
  const wait = { ...SLEEP, op: 'join(\u001b[31mred)', stack: [{ ...HERE, fn: 'a\nb' }] };

  expect(shown([wait])).toEqual(['main waits for', '└─ join(red)', '     at a b (tea.ts:18:3)']);
});

it('goes on behind the branches where a line is too long', () => {
  expect(stackLines(MAIN, [SLEEP], PAGE).map(({ indent }) => indent)).toEqual([0, 3, 5, 5]);
});

it('shows equal waits once, with their number', () => {
  expect(shown([RECV, SLEEP, RECV])).toEqual([
    'main waits for',
    '├─ recv() on channel 1 (2 times)',
    '│    at tea.ts:18:3',
    '└─ sleep(2s)',
    '     at boil (tea.ts:12:3)',
    '     at main (tea.ts:18:3)',
  ]);
});

it('counts the waits beyond the eighth', () => {
  const many = [...Array(11).keys()].map((n) => ({ ...SLEEP, op: `sleep(${n}s)`, stack: [{ ...HERE, line: n + 1 }] }));

  expect(shown(many).slice(-3)).toEqual(['├─ sleep(7s)', '│    at main (tea.ts:8:3)', '└─ 3 more waits']);
  expect(shown(many.slice(0, 8)).at(-2)).toBe('└─ sleep(7s)');
});

it('names the functions of a real program', async () => {
  function* boil(): Async<void> {
    yield* sleep(5);
  }
  function* ask(rx: mpsc.Receiver<number>): Async<void> {
    yield* rx.recv();
  }
  const [tx, rx] = mpsc.channel<number>(1);
  function* main(): Async<void> {
    spawn(
      (function* send(): Async<void> {
        yield* sleep(1);
        yield* tx.send(1);
      })(),
    );
    yield* join(boil(), ask(rx));
  }
  const seen: string[][] = [];
  const observer = (event: RuntimeEvent) => {
    if (event.kind !== 'task.poll-ended' || event.task.id !== 0 || event.outcome !== 'pending') return;
    seen.push(shown(event.awaits).map((line) => line.replace(/ \(.*:\d+:\d+\)$/, '')));
  };
  await run(main, { observer });

  expect(seen).toEqual([
    [
      'main waits for',
      '├─ sleep(5ms)',
      '│    at boil',
      '│    at main',
      '└─ recv() on channel 1',
      '     at ask',
      '     at main',
    ],
    ['main waits for', '└─ sleep(5ms)', '     at boil', '     at main'],
  ]);
});

describe('below the line of a story', () => {
  /** What is shown of the waits of tasks, one after the other. */
  function below(...waits: readonly (readonly Await[])[]): string[][] {
    const notes = new StackNotes(PAGE);
    return waits.map((awaits, i) => {
      const task = i === 0 ? MAIN : BOB;
      return notes
        .below(dated({ kind: 'task.poll-ended', task, poll: 1, outcome: 'pending', busy: 0, awaits }))
        .map((line) => textOf(line).replace(/^ {24}/, ''));
    });
  }

  it('stand the functions of a wait, if there are several', () => {
    expect(below([SLEEP])).toEqual([['  at boil (tea.ts:12:3)', '  at main (tea.ts:18:3)']]);
  });

  it('stands a tree, if it waits for several things in several functions', () => {
    const other = { ...RECV, stack: [{ ...HERE, line: 9, fn: 'ask' }] };

    expect(below([SLEEP, RECV])).toEqual([
      [
        '├─ sleep(2s)',
        '│    at boil (tea.ts:12:3)',
        '│    at main (tea.ts:18:3)',
        '└─ recv() on channel 1',
        '     at tea.ts:18:3',
      ],
    ]);
    expect(below([RECV, other])[0]).toHaveLength(4);
  });

  it('stands nothing that the line says already', () => {
    expect(below([RECV], [RECV, { ...RECV, op: 'send()' }], [], [{ ...RECV, stack: [] }])).toEqual([[], [], [], []]);
  });

  it('stands what was shown no second time, whoever waits there', () => {
    const later = { ...SLEEP, op: 'sleep(3s)' };
    const elsewhere = { ...SLEEP, stack: [{ ...INNER, line: 13 }, HERE] };

    expect(below([SLEEP, RECV], [SLEEP], [later], [elsewhere], [elsewhere, SLEEP]).map(({ length }) => length)).toEqual(
      [5, 0, 0, 2, 0],
    );
  });

  it('stands nothing for a poll that does not end in a wait, and for other events', () => {
    const notes = new StackNotes(PAGE);
    const ready = { kind: 'task.poll-ended', task: MAIN, poll: 1, outcome: 'ready', busy: 0, awaits: [] } as const;

    expect(notes.below(dated(ready))).toEqual([]);
    expect(notes.below(dated({ kind: 'task.cancelled', task: MAIN }))).toEqual([]);
  });
});
