/**
 * What the servers have in common: the answer, where a request ends, and how they report.
 *
 * @module
 */

export const BODY = 'Hello, world!';
export const RESPONSE = Buffer.from(
  `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`,
);
const END = [13, 10, 13, 10];

/** Counts the requests that end in some bytes; one may begin in other bytes than it ends. */
export class Requests {
  #seen = 0;

  ended(bytes, length) {
    let count = 0;
    let seen = this.#seen;
    for (let i = 0; i < length; i++) {
      const byte = bytes[i];
      seen = byte === END[seen] ? seen + 1 : byte === END[0] ? 1 : 0;
      if (seen < END.length) continue;
      seen = 0;
      count += 1;
    }
    this.#seen = seen;
    return count;
  }
}

/** Tells the port, and then the server's weight and processor time (ns) whenever it is asked for. */
export function report(port) {
  console.log(JSON.stringify({ port }));
  process.stdin.on('data', () => {
    for (let i = 0; i < 3; i++) globalThis.gc?.();
    const { heapUsed, external, rss } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    console.log(JSON.stringify({ rss, heap: heapUsed + external, cpu: (user + system) * 1000 }));
  });
  process.stdin.on('end', () => process.exit(0));
}
