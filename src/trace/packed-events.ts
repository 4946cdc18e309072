/**
 * A queue of events that takes little memory.
 *
 * An event is an object of 56 to 130 bytes, and most of that says again what a million others have
 * said: which fields there are, and of what kind it is. So events of one form share a note of that, and
 * of each event only its date and its other values are kept, one behind the other:
 *
 * ```text
 *   form 0: task.poll-started: task, poll          form 1: resource.op, sent: resource, task, length, capacity
 *
 *   formOf │ 0           │ 1                            │ 0           │ …
 *   dates  │ 12.5        │ 12.5                         │ 13          │ …
 *   values │ worker 1, 7 │ channel 1, worker 1, 3, 8    │ worker 2, 1 │ …
 * ```
 *
 * Whoever takes an event gets another object with the same fields in the same order. What stands in
 * them (tasks, resources, places, lists of waits) is the same.
 *
 * @module
 */
import type { RuntimeEvent } from '../runtime/events.ts';

/** What events of one kind, and of one operation, have in common. */
interface Form {
  /** Its place among the forms. */
  readonly index: number;
  /** The first event that had it. */
  readonly first: RuntimeEvent;
  /** The names of its fields, in their order. */
  readonly fields: readonly string[];
  /** Those whose values differ; the date is kept apart. */
  readonly differing: readonly string[];
}

/**
 * So many events are kept together, and let go together when the last of them is taken. Fewer would need
 * more arrays; more would keep longer what was taken already: up to 80 kB, as it is.
 */
const BATCH = 1024;

/** Events that follow each other. */
class Batch {
  readonly formOf = new Uint16Array(BATCH);
  readonly dates = new Float64Array(BATCH);
  values: unknown[] = [];
  length = 0;
}

/** A place between two events. */
interface Mark {
  /** How many events of the batch lie before it. */
  readonly nth: number;
  /** And how many values. */
  readonly value: number;
}

const START: Mark = { nth: 0, value: 0 };

/** Events in their order: they come in at one end, and are taken out at the other. */
export class PackedEvents {
  readonly #forms: Form[] = [];
  /** The form of the last event of this kind, or of this operation on a resource. */
  readonly #likely = new Map<string, Form>();
  readonly #batches: Batch[] = [];
  /** Where in the first batch the oldest event is that was not taken. */
  #oldest = START;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** When the oldest of them happened. Null if there is none. */
  get since(): number | null {
    const [batch] = this.#batches;
    return batch === undefined || this.#length === 0 ? null : (batch.dates[this.#oldest.nth] as number);
  }

  push(event: RuntimeEvent): void {
    const batch = this.#room();
    batch.formOf[batch.length] = this.#append(event, batch.values).index;
    batch.dates[batch.length] = event.at;
    batch.length += 1;
    this.#length += 1;
  }

  /** Takes the oldest out. */
  shift(): RuntimeEvent | undefined {
    const [batch] = this.#batches;
    if (batch === undefined || this.#length === 0) return undefined;
    const event = this.#unpack(batch, this.#oldest);
    this.#length -= 1;
    this.#oldest = this.#after(batch, this.#oldest);
    if (this.#oldest.nth === BATCH) {
      this.#batches.shift();
      this.#oldest = START;
    }
    return event;
  }

  /** All of them, from the oldest on. */
  *[Symbol.iterator](): Generator<RuntimeEvent, void, undefined> {
    let mark = this.#oldest;
    for (const batch of this.#batches) {
      for (; mark.nth < batch.length; mark = this.#after(batch, mark)) yield this.#unpack(batch, mark);
      mark = START;
    }
  }

  /** The batch that takes the next event. */
  #room(): Batch {
    const last = this.#batches.at(-1);
    if (last !== undefined && last.length < BATCH) return last;
    // It has grown in leaps, and grows no more: without what it has to spare.
    if (last !== undefined) last.values = last.values.slice();
    const batch = new Batch();
    this.#batches.push(batch);
    return batch;
  }

  /** Appends what is particular of an event. Answers its form. */
  #append(event: RuntimeEvent, values: unknown[]): Form {
    const name = event.kind === 'resource.op' ? event.op : event.kind;
    const likely = this.#likely.get(name);
    const before = values.length;
    if (likely !== undefined && append(event, likely, values)) return likely;
    // The first of its form, or there are several forms of this name.
    values.length = before;
    const form = this.#formOf(event);
    this.#likely.set(name, form);
    append(event, form, values);
    return form;
  }

  #formOf(event: RuntimeEvent): Form {
    const known = this.#forms.find((form) => append(event, form, []));
    if (known !== undefined) return known;
    const fields = Object.keys(event);
    const differing = fields.filter((field) => field !== 'at' && !isShared(field, event));
    const form: Form = { index: this.#forms.length, first: event, fields, differing };
    this.#forms.push(form);
    return form;
  }

  #formAt(batch: Batch, { nth }: Mark): Form {
    return this.#forms[batch.formOf[nth] as number] as Form;
  }

  #after(batch: Batch, mark: Mark): Mark {
    return { nth: mark.nth + 1, value: mark.value + this.#formAt(batch, mark).differing.length };
  }

  #unpack(batch: Batch, mark: Mark): RuntimeEvent {
    const { first, differing } = this.#formAt(batch, mark);
    const event: { at: number } & Record<string, unknown> = { ...first };
    event.at = batch.dates[mark.nth] as number;
    let { value } = mark;
    for (const field of differing) event[field] = batch.values[value++];
    return event as unknown as RuntimeEvent;
  }
}

/** Is it the same in all events of a form? What `future.unawaited` calls `op` is not: each would be a form of its own. */
function isShared(field: string, event: RuntimeEvent): boolean {
  return field === 'kind' || (field === 'op' && event.kind === 'resource.op');
}

/** Appends the values in which an event differs from others of its form. Answers `false` if it is of another one. */
function append(event: RuntimeEvent, form: Form, values: unknown[]): boolean {
  const { first, fields } = form;
  let nth = 0;
  for (const field in event) {
    if (field !== fields[nth]) return false;
    nth += 1;
    if (field === 'at') continue;
    const value = event[field as keyof RuntimeEvent];
    if (!isShared(field, event)) values.push(value);
    else if (value !== first[field as keyof RuntimeEvent]) return false;
  }
  return nth === fields.length;
}
