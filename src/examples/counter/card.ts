import type { Lesson } from '../card.ts';

export const counter: Lesson = {
  name: 'counter',
  summary: 'Ten tasks share a number: with a mutex no addition is lost',
  about: `Each task reads the counter, lets others run, and writes it back plus one. Behind an async mutex the
others wait in line meanwhile; without it they all read the same number.`,
  options: {
    tasks: { kind: 'count', description: 'how many tasks add one', standard: '10' },
    lock: { kind: 'off', description: 'leave the mutex out, and see additions get lost' },
    wait: {
      kind: 'duration',
      description: 'wait for the tasks by sleeping, as the article does',
      standard: 'join them',
    },
  },
  before: ({
    lock,
  }) => `Many tasks add one to the same number: each reads it, lets the others run, and writes it back plus
one. ${
    lock === false
      ? 'There is no lock this time. Watch the order of reading and writing.'
      : 'Watch how the lock goes from task to task, and how the others stand in line.'
  }`,
  account: async () => new (await import('./account.ts')).CounterAccount(),
  tries: [
    ['counter', 'Why does each task let go of the thread, and loses nothing all the same?'],
    ['counter --no-lock', 'Ten tasks add one each without a lock: what is the count?'],
    ['counter --tasks 3 --trace', 'Who has the lock between its release and the next poll?'],
  ],
  file: 'counter/counter.ts',
  prepare: async (given) => ({ main: (await import('./counter.ts')).main(given) }),
};
