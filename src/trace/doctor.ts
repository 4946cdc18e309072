/**
 * The doctor: why a program does not go on.
 *
 * ```text
 * ▲ lock-cycle: ada waits for mutex 2 at forks.ts:14, which bob holds since forks.ts:12; bob waits …
 *   ada ─▶ mutex 2 ─▶ bob ─▶ mutex 1 ─▶ ada
 *   Take the locks in the same order everywhere, …
 *
 * Who waits for whom:
 *   ada       lock() on mutex 2 at forks.ts:14
 *               held by bob since forks.ts:12
 * ```
 *
 * It is a fold like every other view: it looks at the run as it was when it came to a halt, and goes
 * on looking while the program is taken apart, because what a task drops then was its own.
 *
 * @module
 */
import type { Await, Location, ResourceRef, RuntimeEvent, TaskRef } from '../runtime/events.ts';
import { diagnoses } from './diagnoses.ts';
import { type Diagnosis, diagnose, type Unawaited } from './doctor/diagnose.ts';
import { Ends } from './doctor/ends.ts';
import { type Facts, type Waiter, waitersOf } from './doctor/wait-graph.ts';
import { WaitLines } from './doctor/wait-lines.ts';
import type { Page } from './page.ts';
import { grouped, type Line, safeLine, type Tone } from './text.ts';
import { World } from './world.ts';

/** Of more findings than this the others are counted. */
const TOLD = 10;

/** How a wait for a lock or for room ends well. */
const GOT: ReadonlySet<string> = new Set(['acquired', 'sent', 'reserved']);

/** A wait that began in the poll in progress, and whose place is told at its end. */
interface Begun {
  readonly resource: ResourceRef;
  location: Location | null;
}

/** Examines one run. */
export class Doctor {
  #world = new World();
  readonly #ends = new Ends();
  /** By task: the join set that it is in. */
  readonly #sets = new Map<number, number>();
  /** By task: where its waits for locks and room began, the latest of each resource. */
  readonly #begun = new Map<number, Begun[]>();
  readonly #unawaited: Unawaited[] = [];
  #halted: 'stuck' | 'stopped' | undefined = undefined;

  /** How the run came to a halt, if it did. */
  get halted(): 'stuck' | 'stopped' | undefined {
    return this.#halted;
  }

  /** Takes one more event into account. */
  fold(event: RuntimeEvent): void {
    if (event.kind === 'runtime.started') this.#begin();
    if (event.kind === 'runtime.halted') this.#halted = event.why;
    this.#ends.fold(event);
    if (event.kind === 'future.unawaited') this.#unawaited.push(event);
    if (this.#halted !== undefined) return;
    this.#world.fold(event);
    switch (event.kind) {
      case 'task.poll-ended':
        this.#place(event.task, event.awaits);
        break;
      case 'task.completed':
      case 'task.cancelled':
        this.#begun.delete(event.task.id);
        this.#sets.delete(event.task.id);
        break;
      case 'resource.op':
        if (event.op === 'entered') this.#sets.set(event.member.id, event.resource.id);
        if (event.task === null) break;
        if (event.op === 'contended' || event.op === 'full') this.#began(event.task, event.resource);
        if (GOT.has(event.op)) this.#got(event.task, event.resource);
        break;
    }
  }

  /** The same observer may see one run after another. */
  #begin(): void {
    this.#world = new World();
    this.#sets.clear();
    this.#begun.clear();
    this.#unawaited.length = 0;
    this.#halted = undefined;
  }

  #began(task: TaskRef, resource: ResourceRef): void {
    const begun = this.#begun.get(task.id) ?? [];
    begun.push({ resource, location: null });
    // Some of many: nobody has so many lines to stand in at once.
    if (begun.length > 100) begun.shift();
    this.#begun.set(task.id, begun);
  }

  /** Who waits longest gets it first. */
  #got(task: TaskRef, resource: ResourceRef): void {
    const begun = this.#begun.get(task.id);
    const first = begun?.findIndex((wait) => wait.resource.id === resource.id) ?? -1;
    if (first >= 0) begun?.splice(first, 1);
  }

  /** The end of a poll tells where its waits stand: the new ones among them have begun there. */
  #place(task: TaskRef, awaits: readonly Await[]): void {
    const begun = this.#begun.get(task.id);
    if (begun === undefined) return;
    const known = new Set(begun.map(({ location }) => location));
    for (const wait of begun) {
      if (wait.location !== null) continue;
      const place = awaits.find(
        ({ resource, stack }) => resource?.id === wait.resource.id && !known.has(stack[0] ?? null),
      );
      wait.location = place?.stack[0] ?? null;
    }
    // Those of which nothing was told were over in the same poll.
    this.#begun.set(
      task.id,
      begun.filter(({ location }) => location !== null),
    );
  }

  /** Everybody who waits, and for what: as it was when the run came to a halt, or is now. */
  waiters(): Waiter[] {
    return waitersOf(this.#facts());
  }

  /** What is wrong, the likeliest slip first. */
  diagnoses(folder: string): Diagnosis[] {
    return diagnose(this.waiters(), this.#unawaited, this.#facts(), folder, this.#halted === 'stuck');
  }

  #facts(): Facts {
    return {
      world: this.#world,
      ends: this.#ends,
      sets: this.#sets,
      began: (task, resource) => this.#whereLeft(task, resource),
    };
  }

  /** Where the oldest wait of a task began that is not among those it has now. */
  #whereLeft({ id }: TaskRef, resource: ResourceRef): Location | null {
    const now = new Set(this.#world.tasks.get(id)?.awaits.map(({ stack }) => stack[0] ?? null));
    const begun = this.#begun.get(id)?.filter((wait) => wait.resource.id === resource.id);
    return begun?.find(({ location }) => !now.has(location))?.location ?? null;
  }

  /** The names of what is wrong, each once. */
  names(folder: string): string[] {
    return [...new Set(this.diagnoses(folder).map(({ name }) => name))];
  }

  /** The report; nothing if nobody waits. */
  lines(page: Page): Line[] {
    const found = this.diagnoses(page.folder);
    const waiters = this.waiters();
    const told = found.slice(0, TOLD).flatMap((diagnosis) => [...findingLines(diagnosis, page), line('', 'plain')]);
    const more = found.length - TOLD;
    if (more > 0) told.push(line(`${page.unicode ? '…' : '...'} and ${grouped(more)} more`, 'quiet'));
    const names = [...new Set(found.map(({ name }) => name))];
    return [
      ...told,
      ...new WaitLines(page).lines(waiters, this.#world),
      ...(names.length > 0 ? [line('', 'plain')] : []),
      ...names.map((name) => line(`async-lessons explain ${name}`, 'quiet')),
    ];
  }
}

function findingLines({ name, text, circle }: Diagnosis, { unicode }: Page): Line[] {
  const mark = unicode ? '▲ ' : '! ';
  const arrow = unicode ? ' ─▶ ' : ' -> ';
  const remedy = diagnoses.find((diagnosis) => diagnosis.name === name)?.remedy ?? '';
  const lines: Line[] = [
    {
      pieces: [
        { tone: 'bad', text: `${mark}${name}: ` },
        { tone: 'plain', text: safeLine(text) },
      ],
      indent: 2,
    },
  ];
  if (circle !== null) lines.push(line(`  ${circle.map(safeLine).join(arrow)}`, 'task'));
  return [...lines, line(`  ${remedy}`, 'good')];
}

function line(text: string, tone: Tone): Line {
  return { pieces: [{ tone, text }], indent: 2 };
}
