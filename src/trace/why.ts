/**
 * Why: one sentence for each poll, with who brought it about. The causes of that in turn, to the root,
 * are a chain (why-chain.ts).
 *
 * ```text
 * producer is polled because timer 1 (sleep(1s) at channel.ts:18) fired; it had been waiting 1000 ms
 * main is polled because producer put a message into channel 1 at channel.ts:17; it had been waiting 1000 ms
 * ```
 *
 * *Waiting* is the time from the end of a task's last poll to its wake, *ready* the time from there to
 * the poll, both on the runtime's clock.
 *
 * @module
 */
import type { RuntimeEvent } from '../runtime/events.ts';
import { Causes } from './causes.ts';
import type { Page } from './page.ts';
import { type Line, type Piece, safeLine, seconds } from './text.ts';
import type { Cause } from './turns.ts';

const TIME = 10;
const TASK = 10;
const GAP = '  ';

/** Tells why each task is polled. */
export class Why {
  readonly #page: Page;
  readonly #causes: Causes;

  constructor(page: Page) {
    this.#page = page;
    this.#causes = new Causes(page.folder);
  }

  /** The sentence of a poll, and of an abort, as a line of the story; nothing for other events. */
  tell(event: RuntimeEvent): Line[] {
    const turn = this.#causes.fold(event);
    if (turn === undefined) return [];
    const glyph = this.#page.unicode ? '· ' : '- ';
    const pieces: Piece[] = [
      { tone: 'time', text: seconds(event.at).padStart(TIME) + GAP },
      { tone: 'quiet', text: safeLine(turn.task.name).padEnd(TASK) + GAP },
      { tone: 'quiet', text: glyph + safeLine(turn.text) },
    ];
    return [{ pieces, indent: TIME + TASK + 2 * GAP.length + glyph.length }];
  }

  /**
   * Why a task had its last turn, or the given poll, and why that came about, and so on: the last one
   * is the root. Empty for a task that had no turn, and for what was too long ago.
   */
  chain(task: number, poll?: number): readonly Cause[] {
    return this.#causes.chain(task, poll);
  }
}
