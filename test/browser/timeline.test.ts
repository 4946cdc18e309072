import type { RuntimeEvent } from 'async-lessons';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { inBrowser } from '../support/browser.ts';
import { kitchen } from '../support/page-programs.ts';
import { goTo, NO_TROUBLE, pageOf, ready, settled, stepOf, trouble } from '../support/pages.ts';
import { eventsOf } from '../support/recorded.ts';

/** How the picture is divided up, in pixels: picture.ts says so. */
const [AXIS, LANE] = [30, 26];

/** A point of the timeline: how far to the right in the lanes, and in which. */
async function point(page: Page, share: number, lane: number): Promise<{ x: number; y: number }> {
  const box = await page.locator('.lanes').boundingBox();
  if (box === null) throw new Error('there is no timeline');
  const left = Math.min(140, box.width * 0.18);
  return { x: box.x + left + share * (box.width - left - 14), y: box.y + AXIS + (lane + 0.5) * LANE };
}

async function zoomOf(page: Page): Promise<number> {
  await settled(page);
  return Number(await page.locator('.lanes').getAttribute('data-zoom'));
}

/** Where the window begins, from 0 to 1. */
async function startOf(page: Page): Promise<number> {
  await settled(page);
  return Number(await page.locator('.lanes').getAttribute('data-from'));
}

inBrowser('the timeline', (browser) => {
  let events: readonly RuntimeEvent[];
  let address: string;

  beforeAll(async () => {
    events = await eventsOf(kitchen);
    address = pageOf(events);
  });

  it('zooms with the wheel at the pointer, and lets the page scroll when all is to be seen', async () => {
    const page = await ready(await browser.open(address));
    const { x, y } = await point(page, 0.5, 1);
    await page.mouse.move(x, y);

    await page.mouse.wheel(0, -400);
    await expect.poll(() => zoomOf(page)).toBeGreaterThan(2);
    const start = await startOf(page);
    const zoom = await zoomOf(page);
    // What was in the middle still is.
    expect(start + 0.5 / zoom).toBeCloseTo(0.5, 2);
    expect(await page.evaluate('scrollY')).toBe(0);

    await page.mouse.wheel(0, 4000);
    await expect.poll(() => zoomOf(page)).toBe(1);
    await page.mouse.wheel(0, 50);
    await expect.poll(() => page.evaluate('scrollY')).toBeGreaterThan(0);
  });

  it('moves with the wheel to the side, and with Shift', async () => {
    const page = await ready(await browser.open(address));
    const { x, y } = await point(page, 0.2, 1);
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, -600);
    await expect.poll(() => zoomOf(page)).toBeGreaterThan(3);
    const before = await startOf(page);

    await page.mouse.wheel(300, 0);
    await expect.poll(() => startOf(page)).toBeGreaterThan(before);
  });

  it('moves when it is dragged, and that is no click', async () => {
    const page = await ready(await browser.open(address));
    await page.locator('.lanes').focus();
    for (let n = 0; n < 4; n++) await page.keyboard.press('+');
    const [before, step] = [await startOf(page), await stepOf(page)];
    const [from, to] = [await point(page, 0.8, 1), await point(page, 0.2, 1)];

    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 5 });
    await page.mouse.up();

    const zoom = await zoomOf(page);
    expect((await startOf(page)) - before).toBeCloseTo(0.6 / zoom, 2);
    expect(await stepOf(page)).toBe(step);
  });

  it('zooms when two fingers go apart', async () => {
    const page = await ready(await browser.open(address));
    const session = await page.context().newCDPSession(page);
    const { x, y } = await point(page, 0.5, 1);
    const fingers = (apart: number) => [
      { x: x - apart, y, id: 1 },
      { x: x + apart, y, id: 2 },
    ];
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart?: number) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: apart === undefined ? [] : fingers(apart) });

    await touch('touchStart', 50);
    for (const apart of [70, 100, 150, 200]) await touch('touchMove', apart);
    await touch('touchEnd');

    await expect.poll(() => zoomOf(page)).toBeGreaterThan(2.5);
  });

  it('zooms and moves with buttons', async () => {
    const page = await ready(await browser.open(address));
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

    await press('Zoom in');
    await press('Zoom in');
    const zoom = await zoomOf(page);
    expect(zoom).toBeCloseTo(1.6 ** 2, 3);
    await press('Move right');
    expect(await startOf(page)).toBeGreaterThan(0);
    await press('Move left');
    await press('Zoom out');
    expect(await zoomOf(page)).toBeCloseTo(1.6, 3);
    await press('Fit');
    expect([await zoomOf(page), await startOf(page)]).toEqual([1, 0]);
  });

  it('does with keys what it does with a mouse', async () => {
    const page = await ready(await browser.open(address));
    const press = async (key: string) => {
      await page.keyboard.press(key);
      await settled(page);
      return events[(await stepOf(page)) - 1];
    };
    await page.locator('.lanes').focus();

    await press('+');
    await press('+');
    expect(await zoomOf(page)).toBeGreaterThan(2);
    const start = await startOf(page);
    await press('Shift+ArrowRight');
    expect(await startOf(page)).toBeGreaterThan(start);
    await press('0');
    expect(await zoomOf(page)).toBe(1);

    expect(await press('End')).toMatchObject({ kind: 'runtime.finished' });
    expect(await press('Home')).toMatchObject({ kind: 'runtime.started' });
    await press('ArrowRight');
    expect(await stepOf(page)).toBe(2);
    expect(await press('ArrowDown')).toMatchObject({ task: { name: 'waiter 0' } });
    expect(await press('ArrowDown')).toMatchObject({ task: { name: 'waiter 1' } });
    expect(await press('ArrowUp')).toMatchObject({ task: { name: 'waiter 0' } });
    expect(await press('PageDown')).toMatchObject({ kind: 'task.poll-started', task: { name: 'waiter 0' }, poll: 1 });
    expect(await press('PageDown')).toMatchObject({ kind: 'task.poll-started', task: { name: 'waiter 0' }, poll: 2 });
    expect(await press('PageUp')).toMatchObject({ kind: 'task.poll-started', task: { name: 'waiter 0' }, poll: 1 });

    await press('ArrowRight');
    expect(await press('Enter')).toMatchObject({ kind: 'task.poll-started', task: { name: 'waiter 0' }, poll: 1 });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Why it happened');
  });

  it('tells what is under the pointer, and goes there when it is clicked', async () => {
    const page = await ready(await browser.open(address));
    const tip = page.locator('.tip');
    const told = async (share: number, lane: number) => {
      const { x, y } = await point(page, share, lane);
      await page.mouse.move(x, y);
      return (await tip.isVisible()) ? tip.textContent() : undefined;
    };
    // All along a lane each of its pieces is met.
    const met = new Map<string, number>();
    for (let share = 0.002; share < 1; share += 0.004) {
      const text = await told(share, 2);
      if (text) met.set(text.replace(/, .*/, ''), share);
    }
    expect([...met.keys()]).toEqual(expect.arrayContaining(['waiter 1: poll 1', 'waiter 1: waits for sleep(200ms)']));

    const { x, y } = await point(page, met.get('waiter 1: poll 1') ?? 0, 2);
    await page.mouse.click(x, y);
    expect(events[(await stepOf(page)) - 1]).toMatchObject({
      ...{ kind: 'task.poll-started', task: { name: 'waiter 1' }, poll: 1 },
    });
    await page.mouse.move(1, 1);
    expect(await tip.isVisible()).toBe(false);
  });

  it('shows the events of the task whose name is clicked', async () => {
    const page = await ready(await browser.open(address));
    const box = await page.locator('.lanes').boundingBox();

    await page.mouse.click((box?.x ?? 0) + 20, (box?.y ?? 0) + AXIS + 1.5 * LANE);

    expect(await page.getByLabel('Task', { exact: true }).inputValue()).toBe('1');
  });

  it('has an axis of true time as well', async () => {
    const page = await ready(await browser.open(address));
    const before = await page.locator('.lanes').screenshot();

    await page.getByLabel('Time axis').selectOption('true');
    await settled(page);

    expect((await page.locator('.lanes').screenshot()).equals(before)).toBe(false);
    expect(await zoomOf(page)).toBe(1);
    expect(trouble(page)).toEqual(NO_TROUBLE);
  });

  it('keeps the cursor in sight, however near one looks', async () => {
    const page = await ready(await browser.open(address));
    await page.locator('.lanes').focus();
    for (let n = 0; n < 8; n++) await page.keyboard.press('+');
    const start = await startOf(page);

    await goTo(page, events.length);

    expect(await startOf(page)).toBeGreaterThan(start + 0.5);
  });

  it('is told in words, too', async () => {
    const page = await ready(await browser.open(address));
    await page.getByText('The timeline in words').click();
    await goTo(page, events.findIndex((event) => event.kind === 'task.spawned' && event.task.name === 'waiter 1') + 1);

    const pieces = await page.locator('#lane-words li').allTextContents();
    expect(pieces.slice(0, 3)).toEqual([
      'ready, new, at 0.000 s',
      'poll 1, at 0.000 s',
      'waits for sleep(200ms), 0.000 s to 0.200 s',
    ]);
  });
});
