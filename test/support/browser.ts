/**
 * A real browser: Debian's Chromium, or whatever `CHROMIUM` names.
 *
 * Where there is none the tests that need one are skipped, and say so; with `BROWSER_TESTS=required`,
 * as in CI, they fail.
 *
 * @module
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';

/** Where a browser is, if there is one. */
const CHROMIUM = [
  process.env.CHROMIUM ?? '',
  ...(process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => [join(folder, 'chromium'), join(folder, 'chromium-browser')]),
].find((path) => path !== '' && existsSync(path));

const ARGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** What went wrong in a page, or should not have happened there. */
export interface Watched {
  /** What it wrote to the console as an error or a warning, and what it threw. */
  readonly complaints: string[];
  /** What it asked for beside itself: anything at all that is not its own file. */
  readonly requests: string[];
}

/** How a page is opened. */
export interface Opening {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  readonly touch?: boolean;
}

/** A browser that runs while the tests of a file do. */
export class Browser {
  #profile = '';
  #context: BrowserContext | undefined;

  async start(): Promise<void> {
    if (CHROMIUM === undefined) throw new Error('there is no chromium: install it, or name it in CHROMIUM');
    this.#profile = mkdtempSync(join(tmpdir(), 'async-lessons-browser-'));
    this.#context = await chromium.launchPersistentContext(this.#profile, {
      executablePath: CHROMIUM,
      args: ARGS,
      ignoreDefaultArgs: ['--enable-automation'],
      hasTouch: true,
      viewport: { width: 1400, height: 1000 },
    });
  }

  async end(): Promise<void> {
    await this.#context?.close();
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Opens an address in a tab of its own, and watches what happens there. */
  async open(
    address: string,
    { width = 1400, height = 1000, scheme = 'light' }: Opening = {},
  ): Promise<Page & Watched> {
    const page = await (this.#context as BrowserContext).newPage();
    // Whatever is waited for: the page has it at once, or never.
    page.setDefaultTimeout(10_000);
    const watched: Watched = { complaints: [], requests: [] };
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') watched.complaints.push(message.text());
    });
    page.on('pageerror', (error) => watched.complaints.push(String(error)));
    page.on('request', (request) => {
      if (request.url() !== address.replace(/#.*/, '')) watched.requests.push(request.url());
    });
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto(address);
    return Object.assign(page, watched);
  }
}

/** A group of tests that need a browser. */
export function inBrowser(name: string, tests: (browser: Browser) => void): void {
  const isRequired = process.env.BROWSER_TESTS === 'required';
  const isMissing = CHROMIUM === undefined;
  const why = isMissing ? ' (skipped: there is no chromium here; install it, or name it in CHROMIUM)' : '';
  describe.skipIf(isMissing && !isRequired)(`${name}${isRequired ? '' : why}`, () => {
    const browser = new Browser();
    beforeAll(() => browser.start(), 60_000);
    afterAll(() => browser.end());
    tests(browser);
  });
}
