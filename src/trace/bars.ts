/**
 * Bars under one axis: what went on from when to when, in several groups that are to be compared. All
 * of them begin at 0 and have the same scale, whenever they really were.
 *
 * ```text
 *               0 s         1 s         2 s         3 s         4 s
 *               ┬───────────┬───────────┬───────────┬───────────┬──
 * In a row: 5 s
 *   kettle      ────────────────────────
 *   vegetables                          ───────────────────────────
 * ```
 *
 * @module
 */
import { roundStep, shortTime } from './axis.ts';
import type { Page } from './page.ts';
import type { Line } from './text.ts';
import { ASCII, UNICODE } from './timeline.ts';
import { shorten, widthOf } from './width.ts';

/** A piece of a bar, in ms from the beginning of its group. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly state: 'running' | 'ready' | 'waiting';
}

/** What went on. */
export interface Bar {
  readonly name: string;
  readonly stretches: readonly Stretch[];
}

/** Bars that belong together. */
export interface Group {
  readonly title: string;
  readonly bars: readonly Bar[];
}

/** What a state means, for the legend. */
export type Meanings = Readonly<Record<Stretch['state'], string>>;

const INDENT = 2;
const GAP = 2;

/** So many columns a time on the axis has to itself. */
const TICK_COLUMNS = 8;

/** Draws the groups below each other. Nothing is drawn where no time has passed. */
export function bars(groups: readonly Group[], meanings: Meanings, page: Page): Line[] {
  const stretches = groups.flatMap(({ bars }) => bars.flatMap(({ stretches }) => stretches));
  const longest = Math.max(0, ...stretches.map(({ to }) => to));
  if (longest === 0) return [];
  const signs = page.unicode ? UNICODE : ASCII;
  const names = groups.flatMap(({ bars }) => bars.map(({ name }) => widthOf(name)));
  const room = Math.min(Math.max(...names), Math.floor(page.width / 4));
  const left = INDENT + room + GAP;
  const columns = Math.max(10, page.width - left);
  // Behind the longest bar there is room for the time at which it ends.
  const column = (ms: number) => Math.round((ms / longest) * (columns - TICK_COLUMNS / 2));

  const line = (name: string, cells: string): Line => {
    const shown = shorten(name, room, signs.ellipsis);
    const space = ' '.repeat(left - INDENT - widthOf(shown));
    return {
      pieces: [
        { tone: 'task', text: `${' '.repeat(INDENT)}${shown}${space}` },
        { tone: 'plain', text: cells },
      ],
      indent: 0,
    };
  };
  const bar = ({ name, stretches }: Bar): Line => {
    const cells = Array<string>(columns).fill(' ');
    for (const { from, to, state } of stretches) {
      // Whoever takes any time at all is to be seen.
      const end = to > from ? Math.max(column(to), column(from) + 1) : column(to);
      cells.fill(signs[state], column(from), end);
    }
    return line(name, cells.join(''));
  };

  const step = roundStep((TICK_COLUMNS * longest) / columns);
  const [labels, rule] = [Array<string>(columns).fill(' '), Array<string>(columns).fill(signs.axis)];
  for (let ms = 0; ms <= longest; ms += step) {
    const text = shortTime(ms, signs.micro);
    if (column(ms) + text.length <= columns) labels.splice(column(ms), text.length, ...text);
    rule[column(ms)] = signs.tick;
  }
  const seen = (['waiting', 'running', 'ready'] as const).filter((state) =>
    stretches.some((one) => one.state === state),
  );
  return [
    { pieces: [{ tone: 'time', text: ' '.repeat(left) + labels.join('') }], indent: 0 },
    { pieces: [{ tone: 'time', text: ' '.repeat(left) + rule.join('') }], indent: 0 },
    ...groups.flatMap(({ title, bars }): Line[] => [
      { pieces: [{ tone: 'plain', text: title }], indent: 0 },
      ...bars.map(bar),
    ]),
    {
      pieces: [{ tone: 'quiet', text: seen.map((state) => `${signs[state]} ${meanings[state]}`).join('   ') }],
      indent: 0,
    },
  ];
}
