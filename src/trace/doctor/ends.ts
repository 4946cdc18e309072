/**
 * Who has the ends of the channels of a run: a fold.
 *
 * Events tell who made a sender and who sent, but not into whose hands it went. That comes out at the
 * end: a task that is dropped drops what it has, so a sender that goes with it was its own. And one
 * that is still there after everybody was dropped is one that nobody disposes.
 *
 * @module
 */
import type { Location, ResourceRef, RuntimeEvent, TaskRef } from '../../runtime/events.ts';

/** A sender that was not dropped before the run came to a halt. */
export interface SenderView {
  /** Its number in the channel: the first one has 1. */
  readonly number: number;
  /** The task that made it, if it was one. */
  readonly maker: TaskRef | null;
  readonly location: Location | null;
  /** The task with which it was dropped in the end; null if it was not. */
  owner: TaskRef | null;
}

/** What is known of the ends of a channel. */
export interface EndsView {
  readonly senders: Map<number, SenderView>;
  /** Tasks that have sent, by their numbers. */
  readonly sentBy: Map<number, TaskRef>;
  /** Who received last, or waited to; in the end, with whom the receiver was dropped. */
  receiver: TaskRef | null;
}

type Op = Extract<RuntimeEvent, { kind: 'resource.op' }>;

const CHANNELS: ReadonlySet<ResourceRef['kind']> = new Set(['channel', 'oneshot', 'broadcast', 'watch']);

/** Of a channel that task after task sends to, the last ones are remembered. */
const MOST_SENDERS = 1000;

/** Waits of a sender; everything else that waits for a channel wants to receive. */
const OF_SENDERS = /^(?:send|reserve|closed)/;

/** Does this wait want to send? */
export function wantsToSend(op: string): boolean {
  return OF_SENDERS.test(op);
}

/** Follows the ends of every channel that is open. */
export class Ends {
  readonly #channels = new Map<number, EndsView>();
  #running: TaskRef | null = null;
  #halted = false;

  /** Of a channel that is open, or was when the run came to a halt. */
  of(resource: ResourceRef): EndsView | undefined {
    return this.#channels.get(resource.id);
  }

  fold(event: RuntimeEvent): void {
    switch (event.kind) {
      case 'runtime.started':
        this.#channels.clear();
        this.#halted = false;
        break;
      case 'runtime.halted':
        this.#halted = true;
        break;
      case 'task.poll-started':
        this.#running = event.task;
        break;
      case 'task.poll-ended':
        this.#running = null;
        for (const { op, resource } of event.awaits) {
          const channel = resource === null ? undefined : this.#channels.get(resource.id);
          if (channel !== undefined && !wantsToSend(op)) channel.receiver = event.task;
        }
        break;
      case 'resource.created':
        if (CHANNELS.has(event.resource.kind)) this.#created(event.resource, event.location);
        break;
      case 'resource.op':
        if (CHANNELS.has(event.resource.kind)) this.#op(event);
        break;
    }
  }

  #created({ id }: ResourceRef, location: Location | null): void {
    const first: SenderView = { number: 1, maker: this.#running, location, owner: null };
    this.#channels.set(id, { senders: new Map([[1, first]]), sentBy: new Map(), receiver: null });
  }

  #op(event: Op): void {
    const { resource, task } = event;
    const channel = this.#channels.get(resource.id);
    if (channel === undefined) return;
    switch (event.op) {
      case 'cloned':
        channel.senders.set(event.sender, {
          ...{ number: event.sender, maker: task, location: event.location, owner: null },
        });
        break;
      case 'disposed':
        this.#gone(channel, event.sender, task);
        break;
      case 'sent':
      case 'changed':
        if (task !== null && !this.#halted) remember(channel.sentBy, task);
        if (resource.kind === 'oneshot') this.#over(resource);
        break;
      case 'received':
        channel.receiver = task;
        break;
      case 'discarded':
        if (this.#halted) channel.receiver = task ?? channel.receiver;
        break;
      case 'closed':
        if (event.by === 'receiver' && this.#halted) channel.receiver = task ?? channel.receiver;
        // Which one it was is not said: of the last one there is no choice.
        if (event.by === 'senders') for (const number of channel.senders.keys()) this.#gone(channel, number, task);
        this.#over(resource);
        break;
    }
  }

  /** A sender is dropped: while the program runs it is forgotten, at the end it tells whose it was. */
  #gone({ senders }: EndsView, number: number, task: TaskRef | null): void {
    const sender = senders.get(number);
    if (sender === undefined) return;
    if (!this.#halted) senders.delete(number);
    else sender.owner ??= task;
  }

  /** Nobody waits for it any more. A long run would keep them all. */
  #over({ id }: ResourceRef): void {
    if (!this.#halted) this.#channels.delete(id);
  }
}

/** The latest is the last one. */
function remember(tasks: Map<number, TaskRef>, task: TaskRef): void {
  tasks.delete(task.id);
  tasks.set(task.id, task);
  const [oldest] = tasks.keys();
  if (tasks.size > MOST_SENDERS && oldest !== undefined) tasks.delete(oldest);
}
