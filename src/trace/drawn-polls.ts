/**
 * Whose turn it was: the one thread of a run, from task to task.
 *
 * @module
 */
import type { TaskRef } from '../runtime/events.ts';
import type { Life, Moment, Spans, Wake } from './spans.ts';

/** A poll; or the drop of a task that was aborted, if that woke somebody. */
interface Turn {
  readonly kind: 'poll' | 'drop';
  readonly task: TaskRef;
  readonly from: Moment;
  readonly to: Moment;
}

/** When the thread was with which task, in order. */
export function turnsOf(lives: readonly Life[], wakes: readonly Wake[]): Turn[] {
  const wakesBy = new Map<number | undefined, Wake[]>();
  for (const wake of wakes) {
    const id = wakerOf(wake)?.id;
    const others = wakesBy.get(id);
    if (others === undefined) wakesBy.set(id, [wake]);
    else others.push(wake);
  }
  const turns = lives.flatMap(({ task, spans, ended }): Turn[] => {
    const polls = spans.filter(({ state }) => state === 'running');
    const found = polls.map(({ from, to }): Turn => ({ kind: 'poll', task, from, to }));
    if (ended?.outcome !== 'cancelled' || spans.at(-1)?.state === 'running') return found;
    // It wakes somebody though it does not run: what it held is dropped, and then it is gone.
    const lastPoll = polls.at(-1)?.to.step ?? 0;
    const first = wakesBy.get(task.id)?.find(({ step }) => step >= lastPoll);
    if (first === undefined) return found;
    const from = first.step < ended.step ? { at: first.at, step: first.step } : ended;
    return [...found, { kind: 'drop', task, from, to: { at: ended.at, step: ended.step + 1 } }];
  });
  return turns.sort((one, other) => one.from.step - other.from.step);
}

/** The wakes that brought somebody back, or could have: when main has ended nobody is polled any more. */
export function wakesOf({ wakes, over }: Spans): readonly Wake[] {
  return over === null ? wakes : wakes.filter(({ step }) => step < over.step);
}

/** The task that woke another one, if a task did. */
export function wakerOf({ by }: Pick<Wake, 'by'>): TaskRef | null {
  return by.kind === 'task' || by.kind === 'abort' ? by.task : null;
}
