import type { Lesson } from '../card.ts';

export const counter: Lesson = {
  name: 'counter',
  summary: 'Ten tasks share a number: a mutex keeps them from losing additions',
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
  tries: [
    ['counter', 'ten additions, none lost'],
    ['counter --no-lock', 'the lost update'],
    ['counter --tasks 3 --trace', 'the lock on its way from task to task'],
  ],
  file: 'counter/counter.ts',
  prepare: async (given) => ({ main: (await import('./counter.ts')).main(given) }),
};
