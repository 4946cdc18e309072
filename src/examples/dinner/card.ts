import type { Lesson } from '../card.ts';

export const dinner: Lesson = {
  name: 'dinner',
  summary: 'Two waits at once: in a row, with join, and as two tasks',
  about: `A kettle and vegetables for one dinner. Two awaits in a row take the sum of both, join and two tasks as
long as the longer one. Whoever blocks the thread instead of awaiting lets the kettle boil dry.`,
  options: {
    kettle: { kind: 'duration', description: 'how long the water takes to boil', standard: '2s' },
    chopping: { kind: 'duration', description: 'how long the vegetables take', standard: '3s' },
    broken: {
      kind: 'on',
      description: 'block the thread while chopping, and see what the kettle does',
      onlyReal: 'A blocked thread takes real time: run --broken without --instant.',
    },
  },
  before: ({ broken }) =>
    `A kettle and vegetables, three times: in a row, with join, and as two tasks. ${
      broken
        ? 'Whoever chops holds the thread this time. Watch when the kettle whistles, and when it should have.'
        : 'Watch which waits overlap, and what dinner takes in the end.'
    }`,
  account: async () => new (await import('./account.ts')).DinnerAccount(),
  tries: [
    ['dinner', 'Which of the three ways is as slow as both jobs together?'],
    ['dinner --broken', 'Somebody chops without letting go of the thread: who hears the kettle?'],
    ['dinner --kettle 5s --timeline', 'What do join and two tasks take if the kettle is the slow one?'],
  ],
  file: 'dinner/dinner.ts',
  prepare: async (given) => ({ main: (await import('./dinner.ts')).main(given) }),
};
