/**
 * What is wrong with a program that is stuck: circles in the graph of who waits for whom, and waits at
 * the end of every chain that nobody can end.
 *
 * @module
 */
import type { Location, ResourceRef, TaskRef } from '../../runtime/events.ts';
import type { DiagnosisName } from '../diagnoses.ts';
import { place } from '../places.ts';
import { grouped } from '../text.ts';
import { withPlace } from '../words.ts';
import { type Arrow, circles } from './circles.ts';
import type { Facts, Link, Wait, Waiter } from './wait-graph.ts';

/** Something that keeps a program from going on. */
export interface Diagnosis {
  readonly name: DiagnosisName;
  /** One sentence with the names of this run. They are the program's: print it through `safeLine`. */
  readonly text: string;
  /** The circle, if it is one: tasks and what is between them, back to the first. */
  readonly circle: readonly string[] | null;
  /** Where to look first. */
  readonly location: Location | null;
}

/** A future that was made and never awaited. */
export interface Unawaited {
  readonly op: string;
  readonly resource: ResourceRef | null;
  readonly location: Location | null;
}

/** A link to a task, with the wait that it explains. */
interface Hop {
  readonly wait: Wait;
  readonly link: Link & { readonly to: TaskRef };
}

type Step = Arrow<Waiter, Hop>;

/** In this order they are told: what is surest to be the slip comes first. */
const ORDER: readonly DiagnosisName[] = [
  'unawaited-future',
  'futurelock',
  'self-lock',
  'lock-cycle',
  'full-channel',
  'unclosed-channel',
  'lost-waker',
  'wait-cycle',
  'nobody-left',
];

/**
 * Everything that is wrong, the likeliest slip first.
 *
 * @param isStuck nothing can ever run again. While anything can, only circles are certain out of which
 *   no other way leads: whoever else waits may yet be woken.
 */
export function diagnose(
  waiters: readonly Waiter[],
  unawaited: readonly Unawaited[],
  facts: Facts,
  folder: string,
  isStuck: boolean,
): Diagnosis[] {
  const sure = [...passedOver(waiters, folder), ...turns(waiters, folder, isCertain)];
  const others = isStuck ? [...forgotten(waiters, unawaited, folder), ...ends(waiters, facts, folder)] : [];
  const certain = [...sure, ...others];
  // A task that waits in two branches may wait for itself in one of them because the other does not go on.
  const found = isStuck
    ? [
        ...certain,
        ...turns(waiters, folder, (circle) => !isCertain(circle) && (certain.length === 0 || circle.length > 1)),
      ]
    : certain;
  return ORDER.flatMap((name) => found.filter((diagnosis) => diagnosis.name === name));
}

// Futures that nobody awaits, or nobody polls any more

/** Of the futures that nobody awaited those matter for which somebody waits. */
function forgotten(waiters: readonly Waiter[], unawaited: readonly Unawaited[], folder: string): Diagnosis[] {
  const waited = new Set(waiters.flatMap(({ waits }) => waits.map((wait) => wait.await.resource?.id)));
  return unawaited
    .filter(({ resource }) => resource !== null && waited.has(resource.id))
    .map(({ op, resource, location }) => ({
      name: 'unawaited-future',
      text: `${withPlace(`${op} on ${resource?.name} was made`, place(location, folder))} and never awaited, so it did nothing: did you forget yield*?`,
      circle: null,
      location,
    }));
}

function passedOver(waiters: readonly Waiter[], folder: string): Diagnosis[] {
  const seen = new Set<string>();
  return hopsOf(waiters).flatMap(({ wait, link }): Diagnosis[] => {
    const { resource } = wait.await;
    if (link.kind !== 'passed-over' || resource === null || seen.has(`${link.to.id} ${resource.id}`)) return [];
    seen.add(`${link.to.id} ${resource.id}`);
    const { to, location } = link;
    const now = waiters.find(({ task }) => task.id === to.id)?.waits[0]?.await;
    const instead =
      now === undefined ? '' : `: it waits for ${withPlace(named(now), place(now.stack[0], folder))} instead`;
    const wasGiven = resource.kind === 'channel' ? `room in ${resource.name}` : resource.name;
    return [
      {
        name: 'futurelock',
        text: `${wasGiven} was given to a future of ${withPlace(`${to.name} that began to wait`, place(location, folder))}, and ${to.name} does not poll it any more${instead}.`,
        circle: null,
        location,
      },
    ];
  });
}

// Waits that nobody can end

function ends(waiters: readonly Waiter[], facts: Facts, folder: string): Diagnosis[] {
  const groups = new Map<string, { readonly tasks: TaskRef[]; readonly wait: Wait; readonly link: Link }>();
  for (const { task, waits } of waiters) {
    for (const wait of waits) {
      for (const link of wait.links) {
        if (link.to !== null || link.kind === 'time' || link.kind === 'outside') continue;
        const sender = link.kind === 'leaked' ? link.sender.number : '';
        const what = [link.kind, wait.await.op, wait.await.resource?.id, place(wait.await.stack[0], folder), sender];
        const group = groups.get(what.join());
        if (group === undefined) groups.set(what.join(), { tasks: [task], wait, link });
        else if (group.tasks.at(-1) !== task) group.tasks.push(task);
      }
    }
  }
  return [...groups.values()].map(({ tasks, wait, link }) => {
    const who = `${crowd(tasks)} ${tasks.length === 1 ? 'waits' : 'wait'}`;
    const at = (text: string) => withPlace(text, place(wait.await.stack[0], folder));
    const location = wait.await.stack[0] ?? null;
    switch (link.kind) {
      case 'leaked': {
        const text = `${at(`${who} for ${goods(wait)}`)}, and nobody will send one: ${leak(wait, link, folder)}`;
        return { name: 'unclosed-channel', text, circle: null, location: link.sender.location ?? location };
      }
      case 'foreign': {
        const isNothing = wait.await.op === 'nothing';
        const text = isNothing
          ? `${crowd(tasks)} answered Pending without waiting for anything, and nobody is left who could call its waker.`
          : `${at(`${who} for ${wait.await.op}`)}, and nobody is left who could call its waker.`;
        return { name: 'lost-waker', text, circle: null, location };
      }
      default: {
        const text = `${at(`${who} for ${named(wait.await)}`)}, and ${nobody(wait, link, facts)}.`;
        return { name: 'nobody-left', text, circle: null, location };
      }
    }
  });
}

/** Which sender keeps the channel open, and what became of those who used it. */
function leak({ await: { resource } }: Wait, link: Extract<Link, { kind: 'leaked' }>, folder: string): string {
  const { sender, ended } = link;
  const which =
    sender.number === 1 ? `the sender of ${resource?.name}` : `sender ${sender.number} of ${resource?.name}`;
  const made = sender.maker === null ? '' : ` by ${sender.maker.name}`;
  const used =
    ended.length === 0 ? '' : ` (${crowd(ended)} sent through it and ${ended.length === 1 ? 'has' : 'have'} ended)`;
  return `${which}, ${withPlace(`made${made}`, place(sender.location, folder))}, was never dropped${used}.`;
}

/** Why there is nobody. */
function nobody({ await: { op, resource } }: Wait, link: Link, { world }: Facts): string {
  if (link.kind === 'for-ever') return 'that never ends, on purpose';
  switch (resource?.kind) {
    case 'notify':
      return 'nobody is left who could notify it';
    case 'token':
      return 'nobody is left who could cancel it';
    case 'barrier': {
      const arrived = world.resources.get(resource.id)?.arrived;
      const sofar = arrived ? `${arrived.count} of ${arrived.size} have arrived, and ` : '';
      return `${sofar}nobody else will come`;
    }
    case 'semaphore':
      return 'nobody holds permits that could come back: there are too few';
    case 'tracker':
      return 'it is not closed, or tasks that it tracks have not ended';
    case 'pipe':
      return op.startsWith('read') ? 'nobody is left who would write' : 'nobody is left who would read';
    case 'channel':
      return op.startsWith('closed') ? 'nobody will drop the receiver' : 'nobody receives from it';
    case 'broadcast':
    case 'watch':
    case 'oneshot':
      return op.startsWith('closed') ? 'nobody will drop the receiver' : 'nobody is left who would send';
    default:
      return 'nobody is left who could end that';
  }
}

// Circles

function turns(waiters: readonly Waiter[], folder: string, matters: (circle: readonly Step[]) => boolean): Diagnosis[] {
  const byId = new Map(waiters.map((waiter) => [waiter.task.id, waiter]));
  const arrows = new Map<Waiter, Step[]>();
  for (const waiter of waiters) {
    const steps = hopsOf([waiter]).flatMap((label): Step[] => {
      const to = byId.get(label.link.to.id);
      // Of what was passed over another finding tells.
      return to === undefined || label.link.kind === 'passed-over' ? [] : [{ from: waiter, to, label }];
    });
    arrows.set(waiter, steps);
  }
  return circles(waiters, (waiter) => arrows.get(waiter) ?? [])
    .filter(matters)
    .map((circle) => ({
      name: nameOf(circle),
      text: `${circle.map((step) => told(step, circle.length === 1, folder)).join('; ')}.`,
      circle: drawn(circle),
      location: circle[0]?.label.wait.await.stack[0] ?? null,
    }));
}

/** Does no other way lead out: has every task of it just this one wait, and can just the next one end it? */
function isCertain(circle: readonly Step[]): boolean {
  return circle.every(({ from, label }) => from.waits.length === 1 && label.wait.links.length === 1);
}

function nameOf(circle: readonly Step[]): DiagnosisName {
  const kinds = circle.map(({ label }) => label.link.kind);
  if (kinds.includes('receives')) return 'full-channel';
  if (kinds.every((kind) => kind === 'holds')) return circle.length === 1 ? 'self-lock' : 'lock-cycle';
  return circle.length === 1 && kinds[0] === 'sends' ? 'unclosed-channel' : 'wait-cycle';
}

/** `ada waits for mutex 2 at forks.ts:14, which bob holds since forks.ts:12`. */
function told({ from, label: { wait, link } }: Step, isAlone: boolean, folder: string): string {
  const { name } = from.task;
  const at = place(wait.await.stack[0], folder);
  const other = isAlone ? `${name} itself` : link.to.name;
  switch (link.kind) {
    case 'holds': {
      const since = place(link.location, folder);
      return `${withPlace(`${name} waits for ${wait.await.resource?.name}`, at)}, which ${other} holds${since === '' ? '' : ` since ${since}`}`;
    }
    case 'receives':
      return `${withPlace(`${name} waits for room in ${wait.await.resource?.name}`, at)}, and ${other} is the one who receives`;
    case 'sends':
      return isAlone
        ? `${withPlace(`${name} waits for ${goods(wait)}`, at)}, and the only one who could send it is ${other}`
        : `${withPlace(`${name} waits for ${goods(wait)}`, at)}, which ${other} could send`;
    default:
      return withPlace(`${name} waits for ${other} to end`, at);
  }
}

/** `a message of channel 1`, or what else comes out of a channel. */
function goods({ await: { resource } }: Wait): string {
  switch (resource?.kind) {
    case 'oneshot':
      return `the value of ${resource.name}`;
    case 'watch':
      return `a new value of ${resource.name}`;
    default:
      return `a message of ${resource?.name}`;
  }
}

function drawn(circle: readonly Step[]): string[] {
  const names = circle.flatMap(({ from, label: { wait } }) =>
    wait.await.resource === null ? [from.task.name] : [from.task.name, wait.await.resource.name],
  );
  return [...names, circle[0]?.from.task.name ?? ''];
}

// Words

function hopsOf(waiters: readonly Waiter[]): Hop[] {
  return waiters.flatMap(({ waits }) =>
    waits.flatMap((wait) => wait.links.flatMap((link): Hop[] => (link.to === null ? [] : [{ wait, link }]))),
  );
}

/** `recv() on channel 1`. */
function named({ op, resource }: Wait['await']): string {
  return resource === null ? op : `${op} on ${resource.name}`;
}

/** `ada`, `ada and bob`, `ada, bob and 98 more`. */
export function crowd(tasks: readonly TaskRef[]): string {
  const names = tasks.slice(0, 3).map(({ name }) => name);
  const more = tasks.length - names.length;
  if (more > 0) return `${names.slice(0, 2).join(', ')} and ${grouped(tasks.length - 2)} more`;
  return names.length === 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
