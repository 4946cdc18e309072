import { type Async, mpsc, println, Runtime, type RuntimeEvent, sleep, spawn } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { logLine } from '../../src/trace/log.ts';
import { BOB, dated, HERE, HOME, MAIN, placeless, textOf, type Undated } from '../support/views.ts';

const CHANNEL = { id: 7, kind: 'channel', name: 'channel 1' } as const;
const TIMER = { id: 8, kind: 'timer', name: 'timer 3' } as const;

/** The line that an event becomes. */
function logged(event: Undated, clock: 'real' | 'virtual' = 'virtual'): string {
  return textOf(logLine(dated(event), clock, HOME));
}

async function log(main: () => Async<void>): Promise<string[]> {
  const lines: string[] = [];
  const observer = (event: RuntimeEvent) => lines.push(placeless(textOf(logLine(event, 'virtual', HOME))));
  await new Runtime({ clock: 'virtual', seed: 1, observer }).blockOn(main());
  return lines;
}

describe('the scheduling log', () => {
  it('tells everything that a small program does, one event a line', async () => {
    const lines = await log(function* () {
      const [tx, rx] = mpsc.channel<string>(1);
      spawn(
        (function* () {
          using sender = tx;
          yield* sender.send('tea');
          yield* sleep(5);
        })(),
        { name: 'bob' },
      );
      println(`got ${yield* rx.recv()}`);
      yield* rx.recv();
    });

    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "     0.000  runtime     started    clock virtual, speed 1, seed 1
           0.000  main        spawned    by blockOn
           0.000  main        poll       #1
           0.000  runtime     channel    channel 1 created (mpsc, capacity 1)
           0.000  bob         spawned    by main
           0.000  main        pending    #1 on recv() on channel 1
           0.000  bob         poll       #1
           0.000  bob         channel    channel 1 sent, holds 1 of 1
           0.000  main        woken      by bob through channel 1
           0.000  runtime     timer      timer 1 created
           0.000  bob         timer      timer 1 armed until 5.000
           0.000  bob         pending    #1 on sleep(5ms)
           0.000  main        poll       #2
           0.000  main        channel    channel 1 received, holds 0 of 1
           0.000  main        print      got tea
           0.000  main        pending    #2 on recv() on channel 1
           0.000  runtime     parked     until 5.000
           5.000  runtime     unparked   by timer
           5.000  runtime     timer      timer 1 fired
           5.000  bob         woken      by timer 1
           5.000  bob         poll       #2
           5.000  bob         channel    channel 1 closed by its senders
           5.000  main        woken      by bob through channel 1
           5.000  bob         ready      #2
           5.000  bob         completed
           5.000  main        poll       #3
           5.000  main        ready      #3
           5.000  main        completed
           5.000  runtime     finished   returned"
    `);
  });

  it('has a column each for time, task, event and detail', () => {
    expect(logged({ kind: 'task.poll-started', task: MAIN, poll: 7 })).toBe('  2000.000  main        poll       #7');
  });

  it('makes a column wider rather than to cut a name off', () => {
    const task = { id: 9, name: 'a task with a long name' };

    expect(logged({ kind: 'task.poll-started', task, poll: 7 })).toBe(
      '  2000.000  a task with a long name  poll       #7',
    );
  });

  it('says in the line of a spawn by whom and where', () => {
    expect(logged({ kind: 'task.spawned', task: BOB, parent: MAIN, location: HERE })).toMatch(/by main at tea\.ts:18$/);
    expect(logged({ kind: 'task.spawned', task: MAIN, parent: null, location: null })).toMatch(
      /spawned {4}by blockOn$/,
    );
  });

  it('says in the line of a pending poll everything that it waits for', () => {
    const awaits = [
      { op: 'recv()', resource: CHANNEL, task: null, stack: [HERE] },
      { op: 'sleep(2s)', resource: TIMER, task: null, stack: [{ ...HERE, line: 19 }, HERE] },
      { op: 'join(bob)', resource: null, task: BOB, stack: [] },
    ];
    const event = { kind: 'task.poll-ended', task: MAIN, poll: 2, outcome: 'pending', busy: 0, awaits } as const;

    expect(logged(event)).toBe(
      '  2000.000  main        pending    #2 on recv() on channel 1 at tea.ts:18 and sleep(2s) at tea.ts:19 and join(bob)',
    );
  });

  it('says of a poll that waits for nothing that nothing could wake it', () => {
    const event = { kind: 'task.poll-ended', task: MAIN, poll: 2, outcome: 'pending', busy: 0, awaits: [] } as const;

    expect(logged(event)).toMatch(/#2 on nothing that could wake it$/);
  });

  it('says how long a poll had the thread, on a real clock only', () => {
    const event = { kind: 'task.poll-ended', task: MAIN, poll: 2, outcome: 'ready', busy: 0.1254, awaits: [] } as const;

    expect(logged(event, 'real')).toMatch(/#2, busy 0\.125$/);
    expect(logged(event, 'virtual')).toMatch(/#2$/);
  });

  it.each([
    [{ until: 2500, io: 0 }, 'until 2500.000'],
    [{ until: 2500, io: 3 }, 'until 2500.000, waiting for I/O'],
    [{ until: null, io: 1 }, 'waiting for I/O'],
    [{ until: null, io: 0 }, 'until somebody outside wakes a task'],
  ])('says of a park (%o) %s', (park, detail) => {
    expect(logged({ kind: 'runtime.parked', ...park })).toBe(`  2000.000  runtime     parked     ${detail}`);
  });

  it('says who woke a task, through what, and where', () => {
    const by = { kind: 'task', task: BOB, resource: CHANNEL, location: HERE } as const;

    expect(logged({ kind: 'task.woken', task: MAIN, by })).toBe(
      '  2000.000  main        woken      by bob through channel 1 at tea.ts:18',
    );
  });

  it('says why a task panicked', () => {
    const event = { kind: 'task.completed', task: BOB, outcome: 'panicked', error: 'no water' } as const;

    expect(logged(event)).toBe('  2000.000  bob         completed  panicked: no water');
  });

  it('says whose panic nobody has heard of', () => {
    expect(logged({ kind: 'task.unjoined', task: BOB, error: 'no water' })).toBe(
      '  2000.000  bob         unjoined   nobody heard that it panicked: no water',
    );
  });

  it('says what was forgotten, and where', () => {
    expect(logged({ kind: 'future.unawaited', op: 'sleep(2s)', resource: null, task: null, location: HERE })).toBe(
      '  2000.000  runtime     unawaited  sleep(2s) was made and never awaited at tea.ts:18',
    );
  });

  it('gives what happens outside of every task to the runtime', () => {
    expect(logged({ kind: 'resource.op', resource: TIMER, task: null, op: 'fired' })).toBe(
      '  2000.000  runtime     timer      timer 3 fired',
    );
    expect(logged({ kind: 'print', task: null, text: 'hello' })).toBe('  2000.000  runtime     print      hello');
  });

  it('stays one line, and harmless, whatever a program prints', () => {
    const line = logged({ kind: 'print', task: MAIN, text: 'one\ntwo\r\n\u001b[31mthree\u001b[0m' });

    expect(line).toBe('  2000.000  main        print      one two three');
  });

  it('stays one line, and harmless, whatever a task is called', () => {
    const line = logged({ kind: 'task.cancelled', task: { id: 1, name: 'Jekyll\n\u001b[2JHyde' } });

    expect(line).toBe('  2000.000  Jekyll Hyde  cancelled');
  });
});
