import { type Async, type Await, join, mpsc, type RuntimeEvent, sleep, spawn } from 'async-lessons';
import { expect, it } from 'vitest';
import { stackLines } from '../../src/trace/stacks.ts';
import { run } from '../support/run.ts';
import { HERE, HOME, MAIN, textOf } from '../support/views.ts';

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
