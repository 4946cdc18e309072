import type { RuntimeEvent } from 'async-lessons';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { inBrowser } from '../support/browser.ts';
import { crowd } from '../support/page-programs.ts';
import { NO_TROUBLE, pageOf, ready, trouble } from '../support/pages.ts';
import { eventsOf } from '../support/recorded.ts';

/**
 * What a person bears, in ms, many times over: a small machine takes 1100 to load, 50 for a step and
 * 17 for a frame of a zoom (docs/page.md). Whatever becomes slow by a factor is far above.
 */
const [LOAD, STEP, FRAME] = [20_000, 500, 500];

/** How long it takes until what was done can be seen, in ms: the middle one of several. */
async function timed(page: Page, times: number, act: () => Promise<void>): Promise<number> {
  const all: number[] = [];
  for (let n = 0; n < times; n++) {
    await page.evaluate('window.began = performance.now()');
    await act();
    all.push(
      (await page.evaluate(
        'new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now() - window.began))))',
      )) as number,
    );
  }
  return all.sort((a, b) => a - b)[Math.floor(times / 2)] as number;
}

inBrowser('the page of a run of 100,000 events', (browser) => {
  let events: readonly RuntimeEvent[];
  let address: string;

  beforeAll(async () => {
    events = await eventsOf(crowd(100, 52));
    address = pageOf(events);
  }, 120_000);

  it('opens, steps, zooms and filters while one watches', async () => {
    expect(events.length).toBeGreaterThan(100_000);
    const page = await ready(await browser.open(address));
    const lanes: Locator = page.locator('.lanes');
    const load = Number(await page.locator('html').getAttribute('data-ready'));
    await page.locator('#transport input').fill('70000');

    const forward = await timed(page, 9, () => page.keyboard.press('ArrowRight'));
    const back = await timed(page, 9, () => page.keyboard.press('ArrowLeft'));
    await lanes.focus();
    const zoom = await timed(page, 9, () => page.keyboard.press('+'));
    await page.getByLabel('Text', { exact: true }).fill('worker 7 woken');
    await expect.poll(() => page.locator('#events').getByRole('status').textContent()).toMatch(/^[\d,]+ events of/);

    console.log(
      `100,000 events: ready in ${load} ms, a step ${forward.toFixed(0)}, back ${back.toFixed(0)}, a zoom ${zoom.toFixed(0)} ms`,
    );
    expect(load).toBeLessThan(LOAD);
    expect(forward).toBeLessThan(STEP);
    expect(back).toBeLessThan(STEP);
    expect(zoom).toBeLessThan(FRAME);
    expect(trouble(page)).toEqual(NO_TROUBLE);
  }, 120_000);

  it('makes elements only of what is in sight', async () => {
    const page = await ready(await browser.open(`${address}#event=50000`));

    expect(await page.locator('.event').count()).toBeLessThan(100);
    expect(await page.locator('*').count()).toBeLessThan(4000);
  }, 120_000);
});
