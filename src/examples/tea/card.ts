import type { Lesson } from '../card.ts';

export const tea: Lesson = {
  name: 'tea',
  summary: 'A future is a recipe card: nothing boils until somebody cooks it',
  about: `Calling an async function runs nothing; awaiting it does. While the water heats up the task lets go
of the thread, and a timer wakes it.`,
  options: {
    boil: { kind: 'duration', description: 'how long the water takes to boil', standard: '2s' },
  },
  tries: [
    ['tea', 'the story, in real time'],
    ['tea --boil 500ms --trace', 'a quicker kettle, and every scheduling step'],
    ['tea --instant', 'on the virtual clock: the same, at once'],
  ],
  file: 'tea/tea.ts',
  prepare: async (given) => ({ main: (await import('./tea.ts')).main(given) }),
};
