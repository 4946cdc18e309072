import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join } from 'node:path';
import type { RuntimeEvent } from 'async-lessons';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readJsonl } from '../../src/trace/files/jsonl.ts';
import { inBrowser } from '../support/browser.ts';
import { cli } from '../support/cli.ts';
import { fresh, LESSON_COMMANDS } from '../support/pages.ts';

/** Speedscope's own page, as npm has it. */
const RELEASE = join(dirname(createRequire(import.meta.url).resolve('speedscope/package.json')), 'dist/release');

const TYPES: Readonly<Record<string, string>> = {
  ...{ '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' },
};

/** Tasks that ran, each of which is to be a profile. */
function polled(events: readonly RuntimeEvent[]): string[] {
  const names = new Map<number, string>();
  for (const event of events) if (event.kind === 'task.poll-started') names.set(event.task.id, event.task.name);
  return [...names].sort(([a], [b]) => a - b).map(([, name]) => name);
}

/** What a driver says of a graphics card that is none: no word of speedscope's. */
function isDrivers(text: string): boolean {
  return /^\[\.WebGL-.*GPU stall/.test(text);
}

inBrowser('speedscope', (browser) => {
  const files = new Map<string, string>();
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    server = createServer(({ url = '/' }, response) => {
      const path = decodeURIComponent(url.replace(/[?#].*/, ''));
      try {
        const text = files.get(path) ?? readFileSync(join(RELEASE, path === '/' ? 'index.html' : path));
        response.setHeader(
          'Content-Type',
          TYPES[extname(path === '/' ? '/index.html' : path)] ?? 'application/octet-stream',
        );
        response.end(text);
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => server?.close());

  it.each(LESSON_COMMANDS)('opens the trace of %s clean, with a profile for each task', async (...command) => {
    const [chrome, jsonl] = [fresh('.trace.json'), fresh('.jsonl')];
    const { code } = await cli([...command, '--quiet', '--save', chrome, '--save', jsonl]);
    expect(code).toBe(0);
    const names = polled(readJsonl(readFileSync(jsonl, 'utf8')).events);
    files.set(`/${command[0]}.trace.json`, readFileSync(chrome, 'utf8'));

    const address = `${origin}/#profileURL=${encodeURIComponent(`${origin}/${command[0]}.trace.json`)}`;
    const page = await browser.open(address);

    // Its title says which profile is shown, of how many; `t` lists them.
    const body = page.locator('body');
    await expect.poll(() => body.innerText(), { timeout: 20_000 }).toMatch(/Time Order[\s\S]*\(1\/\d+\)/);
    await page.keyboard.press('t');
    const text = await body.innerText();
    const listed = [...text.matchAll(/^\d+\t.* \(pid 1\), (.*) \(tid \d+\)\t/gm)].map(([, name]) => name);
    expect(listed).toEqual([...names, 'runtime']);
    expect(text).not.toMatch(/something went wrong|unrecognized format|failed to/i);
    expect(page.complaints.filter((text) => !isDrivers(text))).toEqual([]);
    expect(page.requests.filter((url) => !url.startsWith(origin) && !url.startsWith('data:'))).toEqual([]);
  });
});
