/**
 * Runs in a process of its own: serves a site on loopback, and counts how many requests are there at
 * the same time.
 *
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { order, report } from '../companion-side.ts';
import { page } from './pages.ts';

/** Which site. */
export interface Site {
  readonly site: number;
  readonly pages: number;
  /** The share of pages that fail at first, from 0 to 1. */
  readonly fail: number;
}

/** What was asked of one part of the site: each way to scrape has its own. */
export interface Counted {
  requests: number;
  /** So many were waiting for an answer at the same time, at most. */
  most: number;
}

/** What it reports: once where it is, and what it has counted whenever it is asked. */
export type Report = { readonly address: string } | { readonly counted: Readonly<Record<string, Counted>> };

const { site, pages, fail } = order<Site>();
const parts = new Map<string, Counted & { now: number; asked: Map<number, number> }>();

function answer({ url = '', socket }: IncomingMessage, response: ServerResponse): void {
  const [, part = '', number = ''] = /^\/([\w/-]{1,40})\/(\d{1,9})$/.exec(url) ?? [];
  if (!(Number(number) >= 1 && Number(number) <= pages)) {
    response.writeHead(404).end();
    return;
  }
  const counted = parts.get(part) ?? { requests: 0, most: 0, now: 0, asked: new Map() };
  if (parts.size < 100) parts.set(part, counted);
  counted.requests += 1;
  counted.now += 1;
  counted.most = Math.max(counted.most, counted.now);
  response.once('close', () => {
    counted.now -= 1;
  });

  const { delayMs, text, failures } = page(site, Number(number), fail);
  const before = counted.asked.get(Number(number)) ?? 0;
  counted.asked.set(Number(number), before + 1);
  const failure = failures[before];
  if (failure === 'silent') return;
  setTimeout(() => {
    if (failure === 'hung up') socket.resetAndDestroy();
    else if (failure === 'refused') response.writeHead(503).end();
    else response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': text.length }).end(text);
  }, delayMs);
}

process.on('message', () => report({ counted: Object.fromEntries(parts) } satisfies Report));

const server = createServer(answer);
server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => {
  report({ address: `127.0.0.1:${(server.address() as AddressInfo).port}` } satisfies Report);
});
