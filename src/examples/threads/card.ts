import { grouped } from '../../trace/text.ts';
import type { Lesson } from '../card.ts';

export const threads: Lesson = {
  name: 'threads',
  summary: 'Why not just threads? Start both, and weigh them',
  about: `Starts real threads and real tasks that do nothing but sleep, and measures how long that takes and how
much resident memory they keep. Each crowd is measured in a process of its own, which nobody observes: what a
trace keeps would be in the figures. A crowd stops before it has taken half of the memory that is free.`,
  options: {
    threads: { kind: 'count', description: 'how many threads to start', standard: '16', atLeast: 2, atMost: 2000 },
    tasks: {
      kind: 'count',
      description: 'how many tasks to start',
      standard: '100,000',
      atLeast: 10_000,
      atMost: 10_000_000,
    },
  },
  before: ({ threads = 16, tasks = 100_000 }) =>
    `${grouped(Number(threads))} threads go to sleep, then ${grouped(Number(tasks))} tasks. Watch what one of each costs: the time
to start it, and the memory that it keeps while it sleeps.`,
  account: async () => new (await import('./account.ts')).ThreadsAccount(),
  tries: [
    ['threads', 'How many tasks does one thread weigh?'],
    ['threads --tasks 1_000_000', 'A million tasks: does each still cost the same?'],
    ['threads --threads 50', 'Do fifty threads start faster than a hundred thousand tasks?'],
  ],
  onlyReal: 'The threads lesson measures this machine, and that takes real time: run it without --instant.',
  file: 'threads/threads.ts',
  async prepare(given) {
    const [{ main }, { Apart, memoryOfMachine }, { fromPromise }] = await Promise.all([
      import('./threads.ts'),
      import('./apart.ts'),
      import('../../runtime/index.ts'),
    ]);
    const apart = new Apart();
    return {
      main: main({
        ...given,
        memory: memoryOfMachine(),
        cost: (kind, count) => fromPromise(apart.measure(kind, count)),
      }),
      progress: () => apart.progress(),
      end: () => apart.end(),
    };
  },
};
