/**
 * The scheduling log: every event in one line, in fixed columns, made to be read, `grep`ped and
 * compared.
 *
 * ```text
 *      0.000  main        pending     #1 on sleep(2s) at tea.ts:18
 *   2000.000  runtime     unparked    by timer
 *       time  task        event       detail
 * ```
 *
 * The time is in milliseconds since the runtime started. A column that is too narrow for its text
 * grows, so that nothing is cut off and `awk '{print $1}'` still works.
 *
 * @module
 */
import type { RuntimeEvent } from '../runtime/events.ts';
import { place } from './places.ts';
import { clockTime, type Line, type Piece, safeLine, type Tone } from './text.ts';
import { cause, operation, waits, withPlace } from './words.ts';

const TIME = 10;
const TASK = 10;
const EVENT = 9;
const GAP = '  ';

/** A task of that name stands for the runtime itself. */
const RUNTIME = 'runtime';

/** What a line says beside its time. */
type Entry = readonly [task: string, event: string, detail: string, tone?: Tone];

/** One event as one line. */
export function logLine(event: RuntimeEvent, clock: 'real' | 'virtual', folder: string): Line {
  const [task, name, detail, tone = 'plain'] = entry(event, clock, folder);
  const quiet: Tone = tone === 'plain' ? 'quiet' : tone;
  const pieces: Piece[] = [
    { tone: 'time', text: clockTime(event.at).padStart(TIME) + GAP },
    { tone: task === RUNTIME ? 'quiet' : 'task', text: safeLine(task).padEnd(TASK) + GAP },
    { tone: quiet, text: name.padEnd(EVENT) + GAP },
    // One event is one line, whatever a program prints.
    { tone, text: safeLine(detail) },
  ];
  return { pieces, indent: TIME + TASK + EVENT + 3 * GAP.length };
}

function entry(event: RuntimeEvent, clock: 'real' | 'virtual', folder: string): Entry {
  switch (event.kind) {
    case 'runtime.started':
      return [RUNTIME, 'started', `clock ${event.clock}, speed ${event.speed}, seed ${event.seed}`];
    case 'runtime.parked':
      return [RUNTIME, 'parked', parked(event.until, event.io)];
    case 'runtime.unparked':
      return [RUNTIME, 'unparked', `by ${event.by}`];
    case 'runtime.halted':
      return [RUNTIME, 'halted', event.why === 'stuck' ? 'stuck: nothing can ever run again' : 'stopped', 'bad'];
    case 'runtime.finished':
      return [RUNTIME, 'finished', event.outcome, event.outcome === 'returned' ? 'good' : 'bad'];
    case 'task.spawned':
      return [
        event.task.name,
        'spawned',
        event.parent ? withPlace(`by ${event.parent.name}`, place(event.location, folder)) : 'by blockOn',
      ];
    case 'task.poll-started':
      return [event.task.name, 'poll', `#${event.poll}`];
    case 'task.poll-ended':
      return [event.task.name, event.outcome, `#${event.poll}${ended(event, folder)}${busy(event.busy, clock)}`];
    case 'task.woken':
      return [event.task.name, 'woken', `by ${cause(event.by, folder)}`];
    case 'task.completed':
      return event.outcome === 'ok'
        ? [event.task.name, 'completed', '', 'good']
        : [event.task.name, 'completed', `panicked: ${event.error}`, 'bad'];
    case 'task.cancelled':
      return [event.task.name, 'cancelled', ''];
    case 'resource.created':
      return [
        RUNTIME,
        event.resource.kind,
        withPlace(
          `${event.resource.name} created${event.detail ? ` (${event.detail})` : ''}`,
          place(event.location, folder),
        ),
      ];
    case 'resource.op':
      return [event.task?.name ?? RUNTIME, event.resource.kind, `${event.resource.name} ${operation(event)}`];
    case 'print':
      return [event.task?.name ?? RUNTIME, 'print', event.text, 'good'];
    case 'task.unjoined':
      return [event.task.name, 'unjoined', `nobody heard that it panicked: ${event.error}`, 'bad'];
    case 'future.unawaited':
      return [
        RUNTIME,
        'unawaited',
        withPlace(`${event.op} was made and never awaited`, place(event.location, folder)),
        'bad',
      ];
    default:
      return event satisfies never;
  }
}

function parked(until: number | null, io: number): string {
  const waits = [until === null ? [] : [`until ${clockTime(until)}`], io === 0 ? [] : [`waiting for I/O`]].flat();
  return waits.join(', ') || 'until somebody outside wakes a task';
}

function ended(event: Extract<RuntimeEvent, { kind: 'task.poll-ended' }>, folder: string): string {
  return event.outcome === 'pending' ? ` on ${waits(event.awaits, folder)}` : '';
}

function busy(ms: number, clock: 'real' | 'virtual'): string {
  return clock === 'virtual' ? '' : `, busy ${ms.toFixed(3)}`;
}
