import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { inBrowser } from '../support/browser.ts';
import { cli } from '../support/cli.ts';
import { fresh, LESSON_COMMANDS, NO_TROUBLE, trouble } from '../support/pages.ts';

inBrowser('the picture of a run', (browser) => {
  it.each(LESSON_COMMANDS)('of %s shows as an image, wherever one may stand', async (...command) => {
    const file = fresh('.svg');
    expect((await cli([...command, '--quiet', '--save', file])).code).toBe(0);
    const text = readFileSync(file, 'utf8');
    const page = await browser.open('data:text/html,<title>a page</title>');

    const size = await page.evaluate(
      (source) =>
        new Promise((done, failed) => {
          const image = document.createElement('img');
          image.onload = () => done([image.naturalWidth, image.naturalHeight]);
          image.onerror = () => failed(new Error('it is no image'));
          image.src = source;
        }),
      `data:image/svg+xml;base64,${Buffer.from(text).toString('base64')}`,
    );

    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(text) ?? [];
    expect(size).toEqual([Number(width), Number(height)]);
  });

  it('opens by itself, in light and dark', async () => {
    const file = fresh('.svg');
    await cli(['channel', '--instant', '--quiet', '--save', file]);
    const shots = [];
    for (const scheme of ['light', 'dark'] as const) {
      const page = await browser.open(pathToFileURL(file).href, { scheme });
      expect(trouble(page)).toEqual(NO_TROUBLE);
      expect(await page.locator('svg > title').textContent()).toBe('channel · async-lessons');
      shots.push(await page.screenshot());
    }

    expect(shots[0]?.equals(shots[1] as Buffer)).toBe(false);
  });
});
