/**
 * Visitors with bare hands: nothing between them and the socket.
 *
 * @module
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll } from 'vitest';

const open = new Set<Socket>();

afterAll(() => {
  for (const socket of open) socket.destroy();
});

/** Opens a connection, and says nothing. It is closed at the latest when the tests are over. */
export async function visit(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port });
  open.add(socket);
  await once(socket, 'connect');
  // What happens to a hostile visitor is its own affair.
  socket.on('error', () => {});
  return socket;
}

/** Everything that comes until the other end has closed. */
export async function everything(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await once(socket, 'close');
  return text;
}

/** Says something, and hears the answer to its end. */
export async function say(port: number, words: string | Uint8Array): Promise<string> {
  const socket = await visit(port);
  const answer = everything(socket);
  socket.write(words);
  return answer;
}

/** A request as browsers and curl make it, and its answer. */
export function get(port: number, path: string): Promise<string> {
  return say(port, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUser-Agent: test\r\nAccept: */*\r\n\r\n`);
}
