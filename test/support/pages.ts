/** Pages of runs, as files that a browser opens. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import type { RuntimeEvent } from 'async-lessons';
import type { Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { lessons } from '../../src/examples/index.ts';
import { htmlPage, type PageParts } from '../../src/trace/files/html.ts';
import { type PackedRun, type Source, unpack } from '../../src/trace/html/packed.ts';
import type { Watched } from './browser.ts';
import { recorded } from './recorded.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What makes those that need real sockets or threads end, and quickly. */
const SMALL: Readonly<Record<string, readonly string[]>> = {
  server: ['--port', '0', '--clients', '5'],
  threads: ['--threads', '2', '--tasks', '10000'],
  scraper: ['--pages', '10'],
  chat: ['--port', '0', '--bots', '3'],
};

/** Each lesson as a command, as quick as it can be. */
export const LESSON_COMMANDS = lessons.map(({ name, onlyReal }) =>
  onlyReal === undefined ? [name, '--instant'] : [name, ...(SMALL[name] as readonly string[])],
);

/** A folder for files that are gone when the tests of a file are over. */
const folder = mkdtempSync(join(tmpdir(), 'async-lessons-pages-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

let names = 0;

/** A name in that folder that nobody has used. */
export function fresh(ending: string): string {
  return join(folder, `run-${names++}${ending}`);
}

/** What the build has made for pages. */
function asset(name: string): string {
  return readFileSync(join(ROOT, 'dist/trace/html', name), 'utf8');
}

/** What is in a file of this project. */
function sourceOf(file: string): Source {
  try {
    return { text: readFileSync(file.startsWith('file:') ? fileURLToPath(file) : file, 'utf8'), missing: null };
  } catch {
    return { text: null, missing: 'unreadable' };
  }
}

/** Writes the page of a run, and answers its address. */
export function pageOf(events: Iterable<RuntimeEvent>, parts: Partial<PageParts> = {}, limit?: number): string {
  const path = fresh('.html');
  const page = htmlPage(
    recorded(events, limit),
    { package: '0.1.0', lesson: null },
    {
      ...{ title: 'a run', folder: ROOT, script: asset('app.js'), style: asset('app.css'), read: sourceOf, ...parts },
    },
  );
  writeFileSync(path, [...page].join(''));
  return pathToFileURL(path).href;
}

/** What the text of a page carries. */
export function carriedBy(page: string): PackedRun {
  const [, base64 = ''] = /id="run">([^<]*)</.exec(page) ?? [];
  return unpack(inflateRawSync(Buffer.from(base64, 'base64')).toString());
}

/** Waits until a page shows its run. */
export async function ready<T extends Page>(page: T): Promise<T> {
  await page.locator('html[data-ready]').waitFor({ state: 'attached', timeout: 60_000 });
  await settled(page);
  return page;
}

/** Waits until a page has drawn what it was told to draw. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
}

/** What a page should not do, done by it. */
export function trouble({ complaints, requests }: Watched): Watched {
  return { complaints: [...complaints], requests: [...requests] };
}

/** Nothing of that. */
export const NO_TROUBLE: Watched = { complaints: [], requests: [] };

/** The event that a page is at. */
export async function stepOf(page: Page): Promise<number> {
  return Number(await page.locator('#transport input').inputValue());
}

/** Goes to an event, as whoever moves the slider does. */
export async function goTo(page: Page, step: number): Promise<void> {
  await page.locator('#transport input').fill(String(step));
  await settled(page);
}
