/**
 * What Perfetto and speedscope ask of a file in the Chrome Trace Event format, as their importers
 * are written. A file that keeps these rules is imported without a warning, and nothing of it is
 * left out or drawn in another place.
 */

/** An event of the format. */
export interface Mark {
  readonly ph: string;
  readonly name: string;
  readonly cat?: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly id?: string;
  readonly bp?: string;
  readonly s?: string;
  readonly args?: Readonly<Record<string, unknown>>;
}

interface Slice {
  readonly name: string;
  readonly start: number;
  end: number;
}

const MAX_U32 = 2 ** 32 - 1;

/** What is wrong with a file, one sentence each. */
export function violations(file: string): string[] {
  const wrong: string[] = [];
  const { traceEvents } = JSON.parse(file) as { traceEvents: readonly Mark[] };
  const say = (mark: Mark, what: string) => wrong.push(`${what}: ${JSON.stringify(mark)}`);

  const [others, metadata] = [traceEvents.filter(({ ph }) => ph !== 'M'), traceEvents.filter(({ ph }) => ph === 'M')];
  if (!traceEvents.some(({ ph }) => ph === 'X' || ph === 'B')) wrong.push('speedscope needs a slice');
  for (const mark of traceEvents) {
    if (!'XBEsfiCM'.includes(mark.ph) || mark.ph.length !== 1) say(mark, 'unknown ph');
    if (mark.pid !== 1) say(mark, 'one process');
    if (!Number.isInteger(mark.tid) || mark.tid < 1 || mark.tid > MAX_U32) say(mark, 'tid from 1 to 32 bits');
    if (typeof mark.name !== 'string' || mark.name === '') say(mark, 'a name');
  }
  for (const mark of others) if (!Number.isFinite(mark.ts) || mark.ts < 0) say(mark, 'a time');

  const slices = slicesOf(others, say);
  for (const [tid, track] of slices) wrong.push(...nesting(tid, track));
  wrong.push(...flows(others, slices));
  wrong.push(...names(others, metadata));

  let now = 0;
  for (const mark of others) {
    // A slice is written when its end is known, before what is in it: all times but its own go on.
    if (mark.ts < now) say(mark, 'out of order');
    now = mark.ts;
    if (mark.ph === 'X' && mark.args !== undefined) say(mark, 'arguments become part of a name in speedscope');
    if (mark.ph === 'B' && mark.args !== undefined) say(mark, 'arguments become part of a name in speedscope');
    if (mark.ph === 'i' && mark.s !== 't') say(mark, 'an instant on its track');
    if (mark.ph === 'C' && !Object.values(mark.args ?? {}).every(Number.isFinite)) say(mark, 'a number');
  }
  return wrong;
}

/** All slices by track, in the order of their beginnings. Polls and waits. */
export function slicesOf(marks: readonly Mark[], say: (mark: Mark, what: string) => void = () => {}) {
  const tracks = new Map<number, Slice[]>();
  const open = new Map<number, Slice[]>();
  for (const mark of marks) {
    const track = tracks.get(mark.tid) ?? [];
    const stack = open.get(mark.tid) ?? [];
    if (mark.ph === 'X') {
      if (mark.dur === undefined || !(mark.dur > 0)) say(mark, 'a duration above 0');
      track.push({ name: mark.name, start: mark.ts, end: mark.ts + (mark.dur ?? 0) });
    } else if (mark.ph === 'B') {
      const slice = { name: mark.name, start: mark.ts, end: Number.POSITIVE_INFINITY };
      track.push(slice);
      stack.push(slice);
    } else if (mark.ph === 'E') {
      const slice = stack.pop();
      if (slice === undefined || slice.name !== mark.name) say(mark, 'an end of what began last');
      else slice.end = mark.ts;
    } else continue;
    tracks.set(mark.tid, track);
    open.set(mark.tid, stack);
  }
  for (const [tid, stack] of open) {
    for (const slice of stack) say({ ph: 'B', pid: 1, tid, ts: slice.start, name: slice.name }, 'never ended');
  }
  return tracks;
}

/** Slices of a track are inside of each other or apart, with a gap: times are rounded. */
function nesting(tid: number, slices: readonly Slice[]): string[] {
  const stack: Slice[] = [];
  const wrong: string[] = [];
  for (const slice of slices) {
    if (!(slice.end > slice.start)) wrong.push(`track ${tid}: ${slice.name} ends before it begins`);
    while (stack.length > 0 && (stack.at(-1) as Slice).end < slice.start) stack.pop();
    const outer = stack.at(-1);
    if (outer !== undefined && !(outer.start < slice.start && slice.end < outer.end)) {
      wrong.push(`track ${tid}: ${slice.name} at ${slice.start} overlaps ${outer.name} at ${outer.start}`);
    }
    stack.push(slice);
  }
  return wrong;
}

/** Arrows have an id each, begin strictly inside of one slice, and end strictly inside of a later one. */
function flows(marks: readonly Mark[], slices: ReadonlyMap<number, readonly Slice[]>): string[] {
  const wrong: string[] = [];
  const begun = new Map<string, Mark>();
  const ended = new Set<string>();
  const isInside = ({ tid, ts }: Mark) => slices.get(tid)?.some(({ start, end }) => start < ts && ts < end) ?? false;
  for (const mark of marks) {
    if (mark.ph !== 's' && mark.ph !== 'f') continue;
    const id = mark.id ?? '';
    if (!/^0x[0-9a-f]+$/.test(id)) wrong.push(`a flow's id is hexadecimal: ${id}`);
    if (!isInside(mark)) wrong.push(`flow ${id}: ${mark.ph} is in no slice`);
    if (mark.ph === 's') {
      if (begun.has(id)) wrong.push(`flow ${id} begins twice`);
      begun.set(id, mark);
      continue;
    }
    const start = begun.get(id);
    if (mark.bp !== 'e') wrong.push(`flow ${id} ends in the enclosing slice`);
    if (start === undefined) wrong.push(`flow ${id} ends and never began`);
    else if (start.name !== mark.name || start.cat !== mark.cat) wrong.push(`flow ${id} changes its name`);
    else if (start.ts >= mark.ts) wrong.push(`flow ${id} goes back in time`);
    if (ended.has(id)) wrong.push(`flow ${id} ends twice`);
    ended.add(id);
  }
  return wrong;
}

/** Every track has one name and one place. */
function names(marks: readonly Mark[], metadata: readonly Mark[]): string[] {
  const wrong: string[] = [];
  const count = (name: string, tid: number) => metadata.filter((mark) => mark.name === name && mark.tid === tid).length;
  if (metadata.filter(({ name }) => name === 'process_name').length !== 1) wrong.push('one name for the process');
  for (const tid of new Set(marks.filter(({ ph }) => ph !== 'C').map(({ tid }) => tid))) {
    if (count('thread_name', tid) !== 1) wrong.push(`track ${tid} needs one name`);
    if (count('thread_sort_index', tid) !== 1) wrong.push(`track ${tid} needs one place`);
  }
  return wrong;
}
