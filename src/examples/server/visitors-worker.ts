/**
 * Runs in a thread of its own: opens all connections at once, asks each for a page, reports.
 *
 * @module
 */
import { connect } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/** What became of one visitor. */
export interface Visit {
  readonly answered: boolean;
  /** What went wrong, if something did. */
  readonly what: string;
  readonly tookMs: number;
}

/** How long a visitor waits before it gives up. */
const PATIENCE_MS = 10_000;

const { address, count } = workerData as { address: string; count: number };
const { hostname, port } = new URL(`http://${address}`);
const host = hostname.replace(/^\[|\]$/g, '');

function visit(number: number): Promise<Visit> {
  return new Promise((resolve) => {
    const start = performance.now();
    let text = '';
    function leave(what: string): void {
      socket.destroy();
      resolve({ answered: what === '', what, tookMs: performance.now() - start });
    }
    // The default port of a URL is not in it.
    const socket = connect({ host, port: Number(port || 80) });
    socket.setTimeout(PATIENCE_MS, () => leave('no answer in time'));
    socket.on('connect', () =>
      socket.write(`GET /visitor-${number} HTTP/1.1\r\nHost: ${address}\r\nConnection: close\r\n\r\n`),
    );
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('end', () =>
      leave(text.startsWith('HTTP/1.1 200 OK\r\n') ? '' : `it said ${JSON.stringify(text.slice(0, 40))}`),
    );
    socket.on('error', (error) => leave(error.message));
  });
}

const visits = await Promise.all(Array.from({ length: count }, (_, n) => visit(n + 1)));
parentPort?.postMessage(visits);
