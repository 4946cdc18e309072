import { grouped } from '../../trace/text.ts';
import type { Lesson } from '../card.ts';

/** With more, what the trace notes of each delivery takes longer than the delivery. */
const OBSERVED_BOTS = 100;

const TOO_MANY =
  'With so many bots nobody observed the run. Whoever asks for it (--stats, --trace) does, and waits longer.';

export const chat: Lesson = {
  name: 'chat',
  summary: 'Everybody hears everybody, and nobody waits for the slow',
  about: `A chat server. Join it from other terminals with nc 127.0.0.1 8081 (or telnet), say your name, and talk; or
let it bring bots. Ctrl-C says goodbye to everyone. What people say is stripped of everything that a terminal
would obey, and nobody is waited for: whoever reads too slowly misses messages, and is told how many.`,
  options: {
    port: { kind: 'port', description: 'which port to listen on; 0 takes any free one', standard: '8081' },
    keep: {
      kind: 'count',
      description: 'how many messages are kept for those who read slowly',
      standard: '64',
      atLeast: 1,
      atMost: 4096,
    },
    bots: {
      kind: 'count',
      description: 'bring that many people made of code, and end when all is said',
      atLeast: 1,
      atMost: 5000,
    },
    lines: { kind: 'count', description: 'how many lines each bot says', standard: '1', atMost: 100 },
  },
  before: ({ bots, port = 8081 }) =>
    bots === undefined
      ? `The server waits for people. Open two other terminals, type nc 127.0.0.1 ${port === 0 ? 'and the port it names' : port} in each, and talk. Watch that
each person is a task, which waits for two things at once.`
      : `${grouped(Number(bots))} bots join, talk, and listen. Watch how many messages are delivered, and how many are missed.`,
  account: async () => new (await import('./account.ts')).ChatAccount(),
  tries: [
    ['chat', 'Open two other terminals, nc 127.0.0.1 8081: who waits for whom?'],
    ['chat --port 0 --bots 1000', 'A thousand talkers on one thread: how many lines are read?'],
    ['chat --port 0 --bots 1000 --keep 8', 'What does a short memory cost those who are slow?'],
    ['chat --port 0 --bots 2 --trace', 'What happens between one that speaks and one that hears?'],
  ],
  onlyReal: 'The chat lesson needs real sockets, and they take real time: run it without --instant.',
  advice: {
    EADDRINUSE: 'Choose another port with --port, or any free one with --port 0.',
    EACCES: 'Choose a port above 1023 with --port, or any free one with --port 0.',
  },
  file: 'chat/chat.ts',
  told: 4,
  async prepare({ port = 8081, bots: count, lines = 1, keep }) {
    const [{ main }, { fromPromise, println }] = await Promise.all([
      import('./chat.ts'),
      import('../../runtime/index.ts'),
    ]);
    const address = `127.0.0.1:${port}`;
    const room = { address, ...(keep === undefined ? {} : { keep: Number(keep) }) };
    if (count === undefined) return { main: main(room) };

    const { Bots } = await import('./bots.ts');
    const bots = new Bots({ bots: Number(count), lines: Number(lines), talkMs: 3000 });
    return {
      main: main({
        ...room,
        stop: fromPromise(bots.done),
        log(line) {
          const address = /^Listening on (\S+)$/.exec(line)?.[1];
          if (address !== undefined) bots.come(address);
          // A thousand of them would fill the screen.
          if (!/^bot\d+ has /.test(line)) println(line);
        },
      }),
      ...(Number(count) > OBSERVED_BOTS ? { unobserved: TOO_MANY } : {}),
      progress: () => bots.progress(),
      afterword: () => bots.report(),
      end: () => bots.end(),
    };
  },
};
