/**
 * What is measured: each work, how much of it, what it must answer, and what it is to reach.
 *
 * A contender that has no program for a work sits it out. `share` gives a contender less of the
 * work where all of it would take minutes; costs are per operation anyway.
 *
 * @module
 */

/** Sum of the whole numbers below n. */
const sumBelow = (n) => (n * (n - 1)) / 2;

/** Costs that are to stay the same as there is more of it. */
const GROWING = [100, 1000, 10_000, 100_000, 1_000_000];
/** How often a small size is run, so that there is something to measure. */
const enough = (size) => Math.max(1, Math.round(300_000 / size));

export const works = [
  {
    name: 'switch',
    title: '`yieldNow` between two tasks, per switch',
    sizes: [2_000_000],
    expect: (n) => n,
    targets: [
      { most: 1, against: 'native' },
      { most: 1, against: 'tokio' },
    ],
  },
  {
    name: 'spawn',
    title: 'spawn + join, all spawned first',
    sizes: [1_000_000],
    share: { effection: 0.01 },
    expect: sumBelow,
    targets: [
      { most: 1.5, against: 'native' },
      { most: 2.5, against: 'tokio' },
    ],
  },
  {
    name: 'mpsc',
    title: 'mpsc(32), per message',
    sizes: [2_000_000],
    share: { effection: 0.1, effect: 0.5 },
    expect: sumBelow,
    targets: [
      { most: 1.5, against: 'tokio' },
      { most: 0.2, against: 'native' },
      { most: 0.2, against: 'effect' },
      { most: 0.2, against: 'effection' },
    ],
  },
  {
    name: 'mutex',
    title: 'mutex, all in line, per task',
    sizes: [100_000],
    // Its line costs more for each the longer it is: all of it would take two minutes.
    share: { effect: 0.05 },
    expect: (n) => n,
    targets: [{ most: 1, against: 'tokio' }],
  },
  {
    name: 'sleepers',
    title: 'tasks that sleep 2 s, beyond the 2 s, per task',
    sizes: [1_000_000],
    share: { effection: 0.01 },
    warm: () => 200,
    /** The sleep itself is no cost. */
    free: 2e9,
    expect: (n) => n,
    targets: [
      { most: 1, against: 'native' },
      { most: 1, against: 'tokio' },
    ],
  },
  {
    name: 'asleep',
    title: 'bytes of a sleeping task',
    sizes: [1_000_000],
    share: { effection: 0.01 },
    warm: false,
    of: 'heap',
    expect: (n) => n,
    targets: [{ most: 400 }],
  },
  {
    name: 'depth',
    title: 'resume at await depth',
    sizes: [1, 10, 100, 1000],
    warm: (depth) => depth,
    /** How often it is resumed. */
    operations: (depth) => resumes(depth),
    expect: (depth) => resumes(depth),
    targets: [],
  },
  {
    name: 'cancel',
    title: 'timer armed and cancelled',
    sizes: [100_000],
    expect: (n) => n,
    targets: [{ most: 1, against: 'native' }],
  },
  {
    name: 'arm',
    title: 'timer armed, per timer',
    sizes: [1_000_000],
    expect: (n) => n,
    targets: [{ most: 1, against: 'native' }],
  },
  ...['tasks', 'channels', 'waiters', 'timers'].map((name) => ({
    name,
    title: `${name}, 10² to 10⁶, per operation`,
    program: { tasks: 'spawn', channels: 'channels', waiters: 'mutex', timers: 'cancel' }[name],
    sizes: GROWING,
    repeat: enough,
    warm: (size) => Math.min(size, 10_000),
    expect: { tasks: sumBelow, channels: sumBelow, waiters: (n) => n, timers: (n) => n }[name],
    without: name === 'waiters' ? ['effection', 'effect'] : ['effection'],
    targets: [{ flat: 2 }],
  })),
];

/** So many resumes at a depth: deep ones are slow. */
export function resumes(depth) {
  return Math.max(5000, Math.round(1_000_000 / depth));
}
