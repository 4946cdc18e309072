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
  tries: [
    ['select', 'the cache wins'],
    ['select --network 500ms', 'the network wins'],
    ['select --cache 4s', 'neither: the timeout ends it'],
  ],
  file: 'select/select.ts',
  async prepare({ timeout, ...given }) {
    const { main } = await import('./select.ts');
    return { main: main(timeout === undefined ? given : { ...given, limit: Number(timeout) }) };
  },
};
