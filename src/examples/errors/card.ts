import type { Lesson } from '../card.ts';

export const errors: Lesson = {
  name: 'errors',
  summary: 'Errors pass up through awaits, out of tasks, and stop others',
  about: `A closed shop, four times: through awaits, in a task that is joined later, under a timeout, and beside
a job that is stopped because of it. Every function says when it is left.`,
  options: {
    shop: { kind: 'duration', description: 'how long it takes to find the shop closed', standard: '1s' },
    toast: { kind: 'duration', description: 'how long the toast takes', standard: '2s' },
    limit: { kind: 'duration', description: 'how long the timeout waits', standard: '500ms' },
    open: { kind: 'on', description: 'let the shop be open, so that there is milk' },
  },
  before: ({ open }) =>
    open
      ? `Four times tea, and the shop is open. Watch in which order the functions are left when nothing fails, and
whether the timeout lets the tea get ready.`
      : `Four times tea, and the shop is closed. Watch how the error leaves one function after the other until
somebody catches it, who hears of it, and what is stopped because of it.`,
  account: async () => new (await import('./account.ts')).ErrorsAccount(),
  tries: [
    ['errors', 'Which functions does the error leave, and in which order?'],
    ['errors --open', 'What fails all the same when the shop is open?'],
    ['errors --toast 500ms', 'The toast is quicker than the bad news: who eats it?'],
    ['errors --limit 2s --trace', 'Which error comes first if the timeout is patient?'],
  ],
  file: 'errors/errors.ts',
  prepare: async (given) => ({ main: (await import('./errors.ts')).main(given) }),
};
