import type { RuntimeEvent } from '../../runtime/index.ts';
import { shortTime } from '../../trace/axis.ts';
import { Waits } from '../../trace/facts/waits.ts';
import { count, times } from '../../trace/text.ts';
import type { Account } from '../card.ts';

/** What went through the channel, and who had to wait for whom. */
export class ChannelAccount implements Account {
  readonly #sends = new Waits(({ op }) => op === 'send()');
  readonly #receives = new Waits(({ op }) => op === 'recv()');
  #sent = 0;
  #most = 0;

  fold(event: RuntimeEvent): void {
    this.#sends.fold(event);
    this.#receives.fold(event);
    if (event.kind !== 'resource.op' || event.op !== 'sent') return;
    this.#sent += 1;
    this.#most = Math.max(this.#most, event.length);
  }

  sentences(): string[] {
    return [
      this.#sent === 0
        ? 'No message went through the channel: it was closed when the producer dropped its sender.'
        : `${count(this.#sent, 'message')} went through the channel, and it held ${this.#most} at most.`,
      `Main ${waited(this.#receives)} for a message.`,
      `The producer ${waited(this.#sends)} for room${this.#sends.times === 0 ? '' : ': that is backpressure'}.`,
    ];
  }
}

/** `waited twice, 2 s in all,`; or that nobody did. */
function waited({ times: n, total }: Waits): string {
  return n === 0 ? 'never waited' : `waited ${times(n)}, ${shortTime(total)} in all,`;
}
