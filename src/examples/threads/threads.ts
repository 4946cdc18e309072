/**
 * Threads: why not simply a thread for everyone who waits?
 *
 * You will see: a thread that sleeps keeps a stack, and here a whole JavaScript engine. A task that
 * sleeps keeps an object and a timer. Both wait equally well.
 *
 * Try: a million tasks. How many threads would that be?
 *
 * To run it from a file of your own: `await new Runtime().blockOn(main())`. For more than 16 threads:
 * `new Runtime({ maxBlockingThreads: 100 })`.
 */
import { type Async, type Awaitable, type JoinHandle, println, secs, sleep, spawn, spawnBlocking } from 'async-lessons';

type Kind = 'threads' | 'tasks';
type Measure = (kind: Kind, count: number) => Awaitable<Cost>;

/** What a crowd of sleepers cost: the time it took to start them, and the memory they keep. */
export interface Cost {
  readonly started: number;
  readonly ms: number;
  readonly bytes: number;
}

interface Crowd {
  start(): JoinHandle<void>;
  asleep(): number;
  wakeUp(): void;
}

function sleepOnThread(bell: Int32Array): void {
  Atomics.add(bell, 0, 1);
  Atomics.wait(bell, 1, 0); // The thread can do nothing else meanwhile.
}

function threadCrowd(): Crowd {
  const bell = new Int32Array(new SharedArrayBuffer(8));
  return {
    start: () => spawnBlocking(sleepOnThread, bell),
    asleep: () => Atomics.load(bell, 0),
    wakeUp: () => {
      Atomics.store(bell, 1, 1);
      Atomics.notify(bell, 1);
    },
  };
}

function* sleepInTask(tally: { asleep: number }): Async<void> {
  tally.asleep += 1;
  yield* sleep(secs(3600)); // The thread goes on with somebody else.
}

function taskCrowd(): Crowd {
  const tally = { asleep: 0 };
  return {
    start: () => spawn(sleepInTask(tally)),
    asleep: () => tally.asleep,
    wakeUp: () => {}, // They are dropped with main.
  };
}

/** Starts a crowd, and measures what it costs. `mayGoOn` is told how many there are, and may stop it. */
export function* measure(kind: Kind, count: number, mayGoOn: (started: number) => boolean = () => true): Async<Cost> {
  const [crowd, batch] = kind === 'threads' ? [threadCrowd(), 1] : [taskCrowd(), 50_000];
  const memory = process.memoryUsage.rss();
  const begin = performance.now();
  let started = 0;
  while (started < count && mayGoOn(started)) {
    const next = Math.min(started + batch, count);
    let last = crowd.start();
    for (started += 1; started < next; started++) last = crowd.start();
    while (crowd.asleep() < started) {
      if (last.isFinished()) yield* last; // It never came to sleep: this throws.
      yield* sleep(1);
    }
  }
  const cost = { started, ms: performance.now() - begin, bytes: process.memoryUsage.rss() - memory };
  crowd.wakeUp();
  return cost;
}

function* tell(kind: Kind, count: number, measuring: Awaitable<Cost>): Async<number> {
  println(`Starting ${number(count)} ${kind}. Each goes to sleep at once.`);
  const { started, ms, bytes } = yield* measuring;
  if (started < count) println(`Stopped after ${number(started)}, to leave memory for others.`);
  println(`${number(started)} ${kind} took ${time(ms)} to start: ${time(ms / started)} each.`);
  println(`They keep ${size(bytes)} of resident memory: ${size(bytes / started)} each.`);
  return bytes / started;
}

export function* main({ threads = 16, tasks = 100_000, memory = 8e9, cost = measure as Measure } = {}): Async<void> {
  const thread = yield* tell('threads', threads, cost('threads', threads));
  const task = yield* tell('tasks', tasks, cost('tasks', tasks));
  println(`One thread keeps as much memory as ${number(thread / task)} tasks.`);
  println(`${size(memory)} have room for ${number(memory / thread)} threads, or ${number(memory / task)} tasks.`);
}

const number = (n: number) =>
  Number(n.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: n < 100 ? 1 : 0 });
const time = (ms: number) => (ms < 1 ? `${(1000 * ms).toFixed(1)} µs` : `${ms.toFixed(1)} ms`);
const size = (bytes: number) =>
  bytes < 1e6 ? `${number(bytes)} bytes` : bytes < 1e9 ? `${number(bytes / 1e6)} MB` : `${number(bytes / 1e9)} GB`;
