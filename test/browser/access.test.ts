import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { inBrowser } from '../support/browser.ts';
import { deadlock, kitchen } from '../support/page-programs.ts';
import { goTo, NO_TROUBLE, pageOf, ready, settled, stepOf, trouble } from '../support/pages.ts';
import { eventsOf } from '../support/recorded.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe has to say against a page. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const results = (await page.evaluate('axe.run()')) as AxeResults;
  expect(results.passes.length).toBeGreaterThan(20);
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** The elements that a key leads to, from the first to the last, each with its outline. */
async function tabbed(page: Page, key: 'Tab' | 'Shift+Tab', most: number): Promise<{ id: string; outline: string }[]> {
  const found: { id: string; outline: string }[] = [];
  for (let n = 0; n < most; n++) {
    await page.keyboard.press(key);
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const bar = document.querySelector('#transport')?.getBoundingClientRect();
      const isInBar = element.closest('#transport') !== null;
      const below = !isInBar && bar !== undefined && box.top >= bar.top && box.bottom <= bar.bottom;
      return {
        id: `${element.closest('[id]')?.id} ${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 30)}`,
        outline: below ? 'hidden below the bar' : `${outlineStyle} ${outlineWidth}`,
      };
    });
    if (at === null) break;
    found.push(at);
  }
  return found;
}

inBrowser('the page of a run is for everybody', (browser) => {
  let address: string;
  let stuck: string;

  beforeAll(async () => {
    address = pageOf(await eventsOf(kitchen));
    stuck = pageOf(await eventsOf(deadlock));
  });

  describe.each(['light', 'dark'] as const)('in %s colours', (scheme) => {
    it.each([1400, 400])('axe finds nothing against it, %i pixels wide', async (width) => {
      const page = await ready(await browser.open(address, { scheme, width }));
      await goTo(page, 60);
      await page.getByText('The timeline in words').click();
      await settled(page);

      expect(await violations(page)).toEqual([]);
    });

    it('axe finds nothing against it while it plays', async () => {
      const page = await ready(await browser.open(address, { scheme }));
      await page.getByLabel('Speed').selectOption({ label: '¼×' });
      await page.getByRole('button', { name: 'Play', exact: true }).click();

      expect(await violations(page)).toEqual([]);
      expect(await page.getByRole('button', { name: 'Pause', exact: true }).isVisible()).toBe(true);
    });

    it('axe finds nothing against what went wrong', async () => {
      const page = await ready(await browser.open(stuck, { scheme }));

      expect(await violations(page)).toEqual([]);
    });
  });

  it('is light or dark as the system is, the picture with it, at once', async () => {
    const page = await ready(await browser.open(address, { scheme: 'light' }));
    const look = async () => {
      await settled(page);
      const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const pixel = await page.evaluate(() => {
        const canvas = document.querySelector('canvas') as HTMLCanvasElement;
        const context = canvas.getContext('2d') as CanvasRenderingContext2D;
        // The brightest of a column of the picture's names.
        return Math.max(...context.getImageData(12, 36, 40, 14).data.filter((_, i) => i % 4 === 0));
      });
      return { background, pixel };
    };
    const light = await look();

    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(async () => (await look()).pixel).toBeGreaterThan(200);
    const dark = await look();

    expect(light.background).toBe('rgb(246, 248, 250)');
    expect(dark.background).toBe('rgb(1, 4, 9)');
    expect(light.pixel).toBeLessThan(60);
  });

  it.each([320, 400, 768, 1024])('fits into a window that is %i pixels wide', async (width) => {
    for (const each of [address, stuck]) {
      const page = await ready(await browser.open(each, { width, height: 800 }));
      await goTo(page, 40);

      const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect(await page.evaluate(overflow)).toBe(0);
      expect((await page.locator('.lanes canvas').boundingBox())?.width).toBeLessThanOrEqual(width);
    }
  });

  it('can be walked through with Tab alone, and shows where one is', async () => {
    const page = await ready(await browser.open(stuck));

    const all = await tabbed(page, 'Tab', 200);
    const ids = all.map(({ id }) => id);
    const back = await tabbed(page, 'Shift+Tab', all.length);

    expect([...all, ...back].filter(({ outline }) => !/^solid [2-9]/.test(outline))).toEqual([]);
    expect(back.map(({ id }) => id).reverse()).toEqual(ids);
    for (const part of [
      ...[
        'SKIP',
        'diagnosis PRE',
        'BUTTON First event',
        'Play',
        'SELECT Speed',
        'INPUT Event',
        'SELECT',
        'BUTTON Zoom in',
        'Timeline: a lane',
      ],
      ...['SUMMARY The timeline in words', 'INPUT', 'DIV Events', 'DIV Source', 'DIV The world', 'DIV Why'],
      ...['BUTTON Polls', 'BUTTON blue to red'],
    ]) {
      const pattern = part === 'SKIP' ? 'A Skip to the events' : part;
      expect(
        ids.some((id) => id.includes(pattern)),
        `${pattern} among ${ids.join('; ')}`,
      ).toBe(true);
    }
    // And then it leaves the page: nothing holds it.
    expect(all.length).toBeLessThan(200);
  });

  it('does without colours: where the system has its own, the picture takes them', async () => {
    const page = await ready(await browser.open(address));
    const before = await page.locator('.lanes').screenshot();

    await page.emulateMedia({ forcedColors: 'active' });
    await settled(page);

    expect((await page.locator('.lanes').screenshot()).equals(before)).toBe(false);
    expect(trouble(page)).toEqual(NO_TROUBLE);
  });

  it('moves nothing by itself, unless one lets it play', async () => {
    const page = await ready(await browser.open(address));
    const step = await stepOf(page);
    await page.locator('.lanes').focus();
    await page.keyboard.press('+');
    await page.keyboard.press('ArrowRight');
    await settled(page);

    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    await page.waitForTimeout(600);
    expect(await stepOf(page)).toBe(step + 1);
  });

  it('is light on paper, and has no buttons there', async () => {
    const page = await ready(await browser.open(stuck, { scheme: 'dark' }));
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await settled(page);

    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
    expect(await page.getByRole('button', { name: 'Zoom in' }).isVisible()).toBe(false);
    expect(await page.getByRole('heading', { name: 'Tasks' }).isVisible()).toBe(true);
    const pdf = await page.pdf();
    expect(pdf.subarray(0, 4).toString()).toBe('%PDF');
  });

  it('has its parts as landmarks and headings', async () => {
    const page = await ready(await browser.open(stuck));

    expect(await page.getByRole('main').count()).toBe(1);
    expect(await page.getByRole('banner').count()).toBe(1);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    const names = [
      'Diagnosis',
      'Step through the run',
      'Timeline',
      'Events',
      'Source',
      'The world now',
      'Why',
      'Tasks',
    ];
    for (const name of names) expect(await page.getByRole('region', { name, exact: true }).count(), name).toBe(1);
  });
});
