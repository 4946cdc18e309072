import type { RuntimeEvent } from '../../runtime/index.ts';
import { shortTime } from '../../trace/axis.ts';
import { times } from '../../trace/text.ts';
import type { Account } from '../card.ts';

/** Who polls the card. */
type Hands = 'await' | 'select' | 'chef';

/** How often the soup was pending, in whose hands; and what became of the one that was dropped. */
export class RecipeAccount implements Account {
  readonly #pending: Record<Hands, number> = { await: 0, select: 0, chef: 0 };
  readonly #stove = { on: 0, off: 0 };
  #droppedAt: number | undefined = undefined;

  fold(event: RuntimeEvent): void {
    if (event.kind === 'task.poll-ended' && event.outcome === 'pending') {
      const hands = handsOf(event);
      if (hands !== undefined) this.#pending[hands] += 1;
    }
    if (event.kind === 'resource.op' && event.op === 'dropped' && event.branch === 'card') this.#droppedAt = event.at;
    if (event.kind === 'print' && event.text === 'Stove on.') this.#stove.on += 1;
    if (event.kind === 'print' && event.text === 'Stove off.') this.#stove.off += 1;
  }

  sentences(): string[] {
    const { await: awaited, chef } = this.#pending;
    const { on, off } = this.#stove;
    return [
      `Awaited, the card was ${answers(awaited)}. ` +
        `The chef found it ${answers(chef)}${chef === awaited ? ': the same answers' : ''}.`,
      this.#droppedAt === undefined
        ? 'The guests came too late: their soup was ready before.'
        : `The guests called it off at ${shortTime(this.#droppedAt)}, and their card was dropped where it waited.`,
      `The stove went on ${times(on)} and off ${times(off)}: ready or dropped, the finally of a card runs.`,
    ];
  }
}

/** `pending twice, then ready`. */
function answers(pending: number): string {
  return pending === 0 ? 'ready at once' : `pending ${times(pending)}, then ready`;
}

/** Who waits beside the soup tells who polls it. */
function handsOf({ awaits }: Extract<RuntimeEvent, { kind: 'task.poll-ended' }>): Hands | undefined {
  if (!awaits.some(({ stack }) => stack.some(({ fn }) => fn === 'soup'))) return undefined;
  if (awaits.some(({ resource }) => resource?.kind === 'notify')) return 'chef';
  return awaits.length > 1 ? 'select' : 'await';
}
