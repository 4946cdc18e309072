import type { Lesson } from '../card.ts';

export const tea: Lesson = {
  name: 'tea',
  summary: 'A future is a recipe card: nothing boils until somebody cooks it',
  about: `Calling an async function runs nothing; awaiting it does. While the water heats up the task lets go
of the thread, and a timer wakes it.`,
  options: {
    boil: { kind: 'duration', description: 'how long the water takes to boil', standard: '2s' },
  },
  before: () =>
    `Main calls makeTea(), which cooks nothing yet, and then awaits it. Watch what happens while the
water heats up: the task lets go of the thread, and a timer brings it back.`,
  account: async () => new (await import('./account.ts')).TeaAccount(),
  tries: [
    ['tea', 'What does a future do before somebody awaits it?'],
    ['tea --boil 500ms --trace', 'Between which two events does the thread have nothing to do?'],
    ['tea --timeline', 'When does main run, and when does it wait?'],
    ['tea --instant', 'How can two seconds pass at once?'],
  ],
  file: 'tea/tea.ts',
  prepare: async (given) => ({ main: (await import('./tea.ts')).main(given) }),
};
