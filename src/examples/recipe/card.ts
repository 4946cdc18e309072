import type { Lesson } from '../card.ts';

export const recipe: Lesson = {
  name: 'recipe',
  summary: 'What a future is: called, awaited, dropped, and polled by hand',
  about: `A soup is written down, awaited, dropped half-way, and at last polled by hand: by an executor of a few
lines, which gets the same answers from it as the real one.`,
  options: {
    simmer: {
      kind: 'duration',
      description: 'how long the soup simmers, before the salt and after it',
      standard: '1s',
    },
    guests: { kind: 'duration', description: 'when the guests of the second soup call it off', standard: '1.5s' },
  },
  before: () => `The same soup three times: awaited, dropped half-way, and polled by hand. Watch where the stove
goes on and off. The third time a chef of a few lines does what the executor did before: who rings his bell?`,
  account: async () => new (await import('./account.ts')).RecipeAccount(),
  tries: [
    ['recipe', 'Who turns off the stove when nobody wants the soup any more?'],
    ['recipe --guests 5s', 'What is dropped when the guests call too late?'],
    ['recipe --instant --trace', 'Which polls did the chef make, and what woke him?'],
    ['recipe --simmer 0', 'How often is a soup pending that never has to wait?'],
  ],
  file: 'recipe/recipe.ts',
  prepare: async (given) => ({ main: (await import('./recipe.ts')).main(given) }),
};
