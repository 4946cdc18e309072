import type { Lesson } from '../card.ts';

export const channel: Lesson = {
  name: 'channel',
  summary: 'Tasks talk: a producer sends messages, main receives them',
  about: `A producer sends a message every second through a channel. Main waits for each, and is woken by the
very send that brings it. A slow receiver and a small capacity make the producer wait: backpressure.`,
  options: {
    messages: { kind: 'count', description: 'how many messages the producer sends', standard: '5' },
    capacity: { kind: 'count', description: 'how many messages fit into the channel', standard: '32', atLeast: 1 },
    every: { kind: 'duration', description: 'how long the producer pauses after each message', standard: '1s' },
    consume: { kind: 'duration', description: 'how long main takes for each message', standard: '0ms' },
  },
  before: () =>
    `A producer sends messages through a channel, and main receives them. Watch who wakes whom: main is
woken by the very send that brings a message.`,
  account: async () => new (await import('./account.ts')).ChannelAccount(),
  tries: [
    ['channel', 'Who wakes main, and through what?'],
    ['channel --capacity 1 --every 0 --consume 1s', 'A slow receiver and little room: who waits for whom now?'],
    ['channel --messages 3 --trace', 'Which event makes main ready again?'],
  ],
  file: 'channel/channel.ts',
  prepare: async (given) => ({ main: (await import('./channel.ts')).main(given) }),
};
