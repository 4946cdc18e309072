import type { Lesson } from '../card.ts';

export const server: Lesson = {
  name: 'server',
  summary: 'One thread, many visitors: a task for each connection',
  about: `A small HTTP server. Open the address it prints in a browser, or let it bring its own visitors.
Ctrl-C closes the door, gives open connections two seconds, and sums up; a second Ctrl-C leaves at once.`,
  options: {
    port: { kind: 'port', description: 'which port to listen on; 0 takes any free one', standard: '8080' },
    host: { kind: 'text', description: 'which address to listen on', standard: '127.0.0.1' },
    clients: { kind: 'count', description: 'bring that many visitors, all at once, and end when they are served' },
  },
  before: () =>
    `A server listens, and starts a task for each visitor. Watch how tasks wait side by side: one that
waits for its visitor holds up nobody.`,
  account: async () => new (await import('./account.ts')).ServerAccount(),
  tries: [
    ['server', 'Open the address in a browser, then Ctrl-C: what did a visit cost?'],
    ['server --port 0 --clients 50', 'Fifty visitors at once: how many threads does it take?'],
    ['server --port 0 --clients 2 --trace', 'What happens, step by step, between connection and answer?'],
  ],
  onlyReal: 'The server lesson needs real sockets, and they take real time: run it without --instant.',
  advice: {
    EADDRINUSE: 'Choose another port with --port, or any free one with --port 0.',
    EACCES: 'Choose a port above 1023 with --port, or any free one with --port 0.',
    EADDRNOTAVAIL: 'Choose an address of this machine with --host, such as 127.0.0.1.',
    ENOTFOUND: 'Choose an address of this machine with --host, such as 127.0.0.1.',
  },
  file: 'server/server.ts',
  async prepare({ port = 8080, host = '127.0.0.1', clients }) {
    const [{ main }, { SocketAddress, fromPromise }] = await Promise.all([
      import('./server.ts'),
      import('../../runtime/index.ts'),
    ]);
    // `[::1]` is how an address is printed, so it is how people copy it.
    const address = String(new SocketAddress(String(host).replace(/^\[(.+)\]$/, '$1'), Number(port)));
    if (clients === undefined) return { main: main({ address }) };

    const { Visitors } = await import('./visitors.ts');
    const visitors = new Visitors(Number(clients));
    return {
      main: main({ address, stop: fromPromise(visitors.gone) }),
      watch: (event) => visitors.watch(event),
      afterword: () => visitors.report(),
    };
  },
};
