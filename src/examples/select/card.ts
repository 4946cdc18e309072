import type { Lesson } from '../card.ts';

export const select: Lesson = {
  name: 'select',
  summary: 'Futures race: the first one wins, and the others are dropped',
  about: `A request to the network, under a timeout, races a look into the cache. Whoever is first ends the race;
the loser is dropped where it waits, and does not go on in the background.`,
  options: {
    network: { kind: 'duration', description: 'how long the network takes', standard: '3s' },
    cache: { kind: 'duration', description: 'how long the cache takes', standard: '1s' },
    timeout: { kind: 'duration', description: 'how long the network may take', standard: '2s' },
  },
  before: () =>
    `A request to the network, under a timeout, races a look into the cache. Watch what becomes of the
loser: it does not go on in the background, it is dropped.`,
  account: async () => new (await import('./account.ts')).SelectAccount(),
  tries: [
    ['select', 'What becomes of the one who is late?'],
    ['select --network 500ms', 'The network is quick: how many timers are disarmed now?'],
    ['select --cache 4s', 'Both are slow: what ends the race?'],
  ],
  file: 'select/select.ts',
  async prepare({ timeout, ...given }) {
    const { main } = await import('./select.ts');
    return { main: main(timeout === undefined ? given : { ...given, limit: Number(timeout) }) };
  },
};
