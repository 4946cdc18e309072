/**
 * A channel without a limit that fills faster than it is emptied.
 *
 * ```text
 *  length        ╱╲╱╲        Of every hundred messages sent, the lowest length counts. While it rises
 *            ╱╲╱╲            from hundred to hundred, the receiver never catches up. A burst that is
 *        ╱╲╱╲                emptied again brings it back down.
 *    ╱╲╱╲
 *   └─────────────▶ sent
 * ```
 *
 * @module
 */
import type { Location, ResourceRef, RuntimeEvent } from '../../runtime/events.ts';
import { count, grouped } from '../text.ts';
import { type Finding, Findings, type Lint, type Watch } from './lint.ts';

/**
 * So many messages are looked at together, and so many must be left at the end.
 *
 * Fewer, and a burst is taken for a trend. Many more, and a short test run never shows it.
 */
export const STRETCH = 100;

/** One channel without a limit. */
class Queue {
  readonly ref: ResourceRef;
  readonly location: Location | null;
  sent = 0;
  received = 0;
  length = 0;
  /** For how many messages it has only grown. */
  growing = 0;
  /** The lowest length in the last whole stretch, and in the one that has begun. */
  #before = 0;
  #lowest = Number.POSITIVE_INFINITY;
  #inStretch = 0;

  constructor(ref: ResourceRef, location: Location | null) {
    this.ref = ref;
    this.location = location;
  }

  moved(op: 'sent' | 'received', length: number): void {
    this.length = length;
    this.#lowest = Math.min(this.#lowest, length);
    if (length < this.#before) this.growing = 0;
    if (op === 'received') {
      this.received += 1;
      return;
    }
    this.sent += 1;
    this.#inStretch += 1;
    if (this.#inStretch < STRETCH) return;
    this.growing = this.#lowest > this.#before ? this.growing + STRETCH : 0;
    this.#before = this.#lowest;
    this.#lowest = Number.POSITIVE_INFINITY;
    this.#inStretch = 0;
  }

  get grows(): boolean {
    return this.growing >= STRETCH && this.length > STRETCH;
  }
}

class Watching implements Watch {
  readonly #queues = new Map<number, Queue>();
  readonly #places = new Map<number, Location | null>();
  readonly #ended = new Findings();

  fold(event: RuntimeEvent): void {
    if (event.kind === 'resource.created' && event.resource.kind === 'channel') {
      this.#places.set(event.resource.id, event.location);
    }
    if (event.kind !== 'resource.op' || event.resource.kind !== 'channel') return;
    const { resource } = event;
    switch (event.op) {
      case 'sent':
      case 'received':
        if (event.capacity === null) this.#queue(resource).moved(event.op, event.length);
        else this.#places.delete(resource.id);
        break;
      case 'closed':
        // What is in it when its receiver goes is what there was at the end.
        if (event.by === 'receiver') this.#close(resource);
        break;
    }
  }

  #queue(ref: ResourceRef): Queue {
    let queue = this.#queues.get(ref.id);
    if (queue === undefined) {
      queue = new Queue(ref, this.#places.get(ref.id) ?? null);
      this.#queues.set(ref.id, queue);
      this.#places.delete(ref.id);
    }
    return queue;
  }

  #close({ id }: ResourceRef): void {
    const queue = this.#queues.get(id);
    if (queue?.grows) this.#ended.add(found(queue));
    this.#queues.delete(id);
    this.#places.delete(id);
  }

  findings(): Finding[] {
    return [...this.#ended.list(), ...[...this.#queues.values()].filter(({ grows }) => grows).map(found)];
  }
}

function found({ ref, location, sent, received, length }: Queue): Finding {
  const got = received === 0 ? 'none' : grouped(received);
  const text = `${ref.name} has no limit and only grew: ${count(sent, 'message')} sent, ${got} received, ${grouped(length)} left in the end.`;
  return { lint: NAME, task: null, resource: ref, location, text };
}

const NAME = 'queue-grows';

/** See {@link STRETCH}. */
export const queueGrows: Lint = {
  name: NAME,
  summary: 'a channel without a limit filled faster than it was emptied',
  page: {
    means: `A channel without a limit never says no: if messages come faster than they are taken, it grows until the
memory is used up, and what is in it gets older and older. Found where the length rose over at least ${STRETCH} messages,
without the receiver ever catching up, and more than ${STRETCH} were left in the end. The place is where the channel was made.`,
    doesIt: `import { type Async, mpsc, sleep, spawn } from 'async-lessons';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.unboundedChannel<number>();
  function* produce(): Async<void> {
    for (let n = 0; n < 500; n++) {
      tx.send(n);
      yield* sleep(1);
    }
  }
  const producer = spawn(produce(), { name: 'producer' });
  while (!producer.isFinished()) {
    yield* rx.recv();
    yield* sleep(5); // Five times as slow as the producer.
  }
}
`,
    doesNot: `import { type Async, mpsc, sleep, spawn } from 'async-lessons';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(16);
  function* produce(): Async<void> {
    for (let n = 0; n < 500; n++) {
      yield* tx.send(n); // Waits while sixteen are on their way.
      yield* sleep(1);
    }
  }
  const producer = spawn(produce(), { name: 'producer' });
  while (!producer.isFinished()) {
    yield* rx.recv();
    yield* sleep(5);
  }
}
`,
    fix: `Take \`mpsc.channel(n)\`: its \`send\` waits while there is no room, so the producer goes as fast as the consumer. Or
drop what is too old, with a \`broadcast\` or \`watch\` channel, or work on several messages at once.`,
  },
  create: () => new Watching(),
};
