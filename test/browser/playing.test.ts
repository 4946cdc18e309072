import type { RuntimeEvent } from 'async-lessons';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { lasting } from '../../src/trace/html/player.ts';
import { inBrowser } from '../support/browser.ts';
import { crowd, kitchen } from '../support/page-programs.ts';
import { goTo, NO_TROUBLE, pageOf, ready, settled, stepOf, trouble } from '../support/pages.ts';
import { eventsOf } from '../support/recorded.ts';

/** What a machine that has much else to do is given, in ms. */
const PATIENCE = { timeout: 20_000 };

/** Presses the button. */
async function press(page: Page, name: 'Play' | 'Pause'): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

function isPlaying(page: Page): Promise<boolean> {
  return page.getByRole('button', { name: 'Pause', exact: true }).isVisible();
}

/** Plays so quickly, or slowly: with ¼× nothing moves for 1.6 s at least. */
async function setSpeed(page: Page, speed: '¼×' | '1×' | '4×' | '16×' | '64×' | '256×'): Promise<void> {
  await page.getByLabel('Speed').selectOption({ label: speed });
}

/** Waits until it does no longer play. */
async function over(page: Page): Promise<void> {
  await expect.poll(() => isPlaying(page), PATIENCE).toBe(false);
}

/** Keeps all that a part of the page says, each time that it says something else. */
async function listen(page: Page, selector: string, attribute: string | null = null): Promise<() => Promise<string[]>> {
  await page.evaluate(
    ([selector, attribute]) => {
      const element = document.querySelector(selector as string) as HTMLElement;
      const heard: string[] = [];
      const note = () =>
        heard.push((attribute === null ? element.textContent : element.getAttribute(attribute as string)) ?? '');
      new MutationObserver(note).observe(element, {
        childList: true,
        characterData: true,
        subtree: true,
        attributes: true,
      });
      Object.assign(window, { [`heard ${selector}`]: heard });
    },
    [selector, attribute],
  );
  return () =>
    page.evaluate(
      (selector) => (window as never as Record<string, string[]>)[`heard ${selector}`] as string[],
      selector,
    );
}

inBrowser('playing a run', (browser) => {
  let events: readonly RuntimeEvent[];
  let address: string;

  beforeAll(async () => {
    events = await eventsOf(kitchen);
    address = pageOf(events);
  });

  it('goes on from the event one is at, one after the other, to the end', async () => {
    const page = await ready(await browser.open(address));
    const from = events.length - 60;
    await goTo(page, from);
    await setSpeed(page, '16×');
    const seen = await listen(page, '#transport .where');

    await press(page, 'Play');
    expect(await isPlaying(page)).toBe(true);
    await over(page);

    const steps = (await seen()).map((text) => Number.parseInt(text, 10));
    expect(steps[0]).toBeGreaterThan(from);
    expect(steps[0]).toBeLessThan(from + 10);
    expect(steps.at(-1)).toBe(events.length);
    expect([...steps].sort((a, b) => a - b)).toEqual(steps);
    expect(steps.length).toBeGreaterThan(20);
    expect(await page.getByRole('button', { name: 'Play', exact: true }).isVisible()).toBe(true);
    expect(trouble(page)).toEqual(NO_TROUBLE);
  });

  it('begins anew at the end', async () => {
    const page = await ready(await browser.open(address));
    await goTo(page, events.length);
    await setSpeed(page, '¼×');

    await press(page, 'Play');

    expect([await stepOf(page), await isPlaying(page)]).toEqual([1, true]);
  });

  it('pauses at once, and stays there', async () => {
    const page = await ready(await browser.open(address));
    await setSpeed(page, '4×');
    await press(page, 'Play');
    await expect.poll(() => stepOf(page), PATIENCE).toBeGreaterThan(3);

    await press(page, 'Pause');
    const step = await stepOf(page);
    await page.waitForTimeout(500);

    expect(await stepOf(page)).toBe(step);
    expect(step).toBeLessThan(events.length);
  });

  it('is as fast as was chosen, also when one changes that meanwhile', async () => {
    const page = await ready(await browser.open(address));
    await setSpeed(page, '¼×');
    await press(page, 'Play');
    await page.waitForTimeout(600);
    const slow = await stepOf(page);

    await setSpeed(page, '256×');
    await over(page);

    expect(slow).toBe(1);
    expect(await stepOf(page)).toBe(events.length);
  });

  describe('with the space bar', () => {
    it.each(['body', '.lanes', '.events', '.code', '#transport input', '#why .scroll'])(
      'plays and pauses from %s',
      async (where) => {
        const page = await ready(await browser.open(address));
        await setSpeed(page, '¼×');
        await page.evaluate(() => (document.activeElement as HTMLElement).blur());
        if (where !== 'body') await page.locator(where).focus();
        const top = await page.evaluate(() => window.scrollY);
        const played: boolean[] = [];

        for (let n = 0; n < 3; n++) {
          await page.keyboard.press('Space');
          played.push(await isPlaying(page));
        }

        expect(played).toEqual([true, false, true]);
        expect(await stepOf(page)).toBe(1);
        expect(await page.evaluate(() => window.scrollY)).toBe(top);
      },
    );

    it('does where it means something else what it does there', async () => {
      const page = await ready(await browser.open(address));
      const zoom = () => page.locator('.lanes').getAttribute('data-zoom');
      const words = page.getByLabel('Text', { exact: true });

      await words.focus();
      await page.keyboard.press('a');
      await page.keyboard.press('Space');
      await page.keyboard.press('b');
      await page.getByRole('button', { name: 'Zoom in' }).focus();
      await page.keyboard.press('Space');
      await settled(page);
      await page.locator('#lane-words summary').focus();
      await page.keyboard.press('Space');

      expect(await words.inputValue()).toBe('a b');
      expect(await zoom()).toBe('1.60000');
      expect(await page.locator('#lane-words').evaluate((details: HTMLDetailsElement) => details.open)).toBe(true);
      expect(await isPlaying(page)).toBe(false);
    });

    it('presses the button that has the focus once, and can be held down', async () => {
      const page = await ready(await browser.open(address));
      await setSpeed(page, '¼×');
      await page.getByRole('button', { name: 'Play', exact: true }).focus();
      await page.keyboard.press('Space');
      expect(await isPlaying(page)).toBe(true);
      await page.keyboard.press('Space');
      expect(await isPlaying(page)).toBe(false);

      await page.locator('.events').focus();
      for (let n = 0; n < 4; n++) await page.keyboard.down('Space');

      expect(await isPlaying(page)).toBe(true);
    });
  });

  it.each<[string, number, (page: Page) => Promise<unknown>]>([
    ['steps', 1, (page) => page.keyboard.press('ArrowRight')],
    ['moves the slider', 1, (page) => goTo(page, 50)],
    ['clicks on an event', 1, (page) => page.locator('#event-7').click()],
    ['clicks on the one it is at', 1, (page) => page.locator('#event-1').click()],
    ['goes to a place in the source', 60, (page) => page.locator('#world-waiting .link').first().click()],
    ['goes to an address', 1, (page) => page.evaluate("location.hash = '#event=9'")],
  ])('is paused by whoever %s', async (_, from, act) => {
    const page = await ready(await browser.open(`${address}#event=${from}`));
    await setSpeed(page, '¼×');
    await press(page, 'Play');

    await act(page);

    await over(page);
  });

  it('is paused by whoever chooses a file, which stays', async () => {
    const elsewhere = { kind: 'future.unawaited', op: 'sleep', resource: null, task: null } as const;
    const at = events.at(-1)?.at ?? 0;
    const other = { ...elsewhere, at, location: { file: '/other.ts', line: 1, column: 1, fn: 'other' } };
    const page = await ready(await browser.open(`${pageOf([...events, other])}#event=60`));
    const file = page.getByLabel('File', { exact: true });
    await setSpeed(page, '1×');
    await press(page, 'Play');

    await file.selectOption('/other.ts');

    await over(page);
    await page.waitForTimeout(600);
    expect(await file.inputValue()).toBe('/other.ts');
  });

  it('goes on through a zoom, a search, a sort, another axis; and leaves them as they are', async () => {
    const page = await ready(await browser.open(address));
    const lanes = page.locator('.lanes');
    await goTo(page, events.length - 80);
    await setSpeed(page, '4×');
    await press(page, 'Play');

    await page.getByLabel('Time axis').selectOption('true');
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.getByLabel('Task', { exact: true }).selectOption({ label: 'waiter 1 (2)' });
    await page.getByRole('button', { name: 'Polls', exact: true }).click();
    expect(await isPlaying(page)).toBe(true);
    await settled(page);
    const zoom = await lanes.getAttribute('data-zoom');
    expect(zoom).toBe('2.56000');
    await setSpeed(page, '16×');
    await over(page);
    await settled(page);

    expect(await stepOf(page)).toBe(events.length);
    expect(await lanes.getAttribute('data-zoom')).toBe(zoom);
    expect(await page.getByLabel('Time axis').inputValue()).toBe('true');
    expect(await page.locator('#tasks [aria-sort=descending]').textContent()).toBe('Polls');
    expect(new Set(await page.locator('#events .event .task').allTextContents())).toEqual(new Set(['waiter 1']));
  });

  it('tells a screen reader that it plays and where it stopped, and not of each event', async () => {
    const page = await ready(await browser.open(address));
    await goTo(page, 5);
    // So slowly that there would be time for each.
    await setSpeed(page, '1×');
    const live = page.locator('#transport [aria-live=polite]');
    await expect.poll(() => live.textContent()).toMatch(/^Event 5, /);
    const [said, active] = [
      await listen(page, '#transport [aria-live=polite]'),
      await listen(page, '.events', 'aria-activedescendant'),
    ];
    const [value, source] = [
      await listen(page, '#transport input', 'aria-valuetext'),
      await listen(page, '.code', 'aria-label'),
    ];
    await page.locator('.events').focus();

    await page.keyboard.press('Space');
    await expect.poll(() => stepOf(page), PATIENCE).toBeGreaterThan(9);
    // The one that is no longer current is not named, and none of the others.
    expect(new Set(await active())).toEqual(new Set(['']));
    expect(new Set(await value())).toEqual(new Set(['playing']));
    expect((await source()).filter((text) => text !== 'Source' && text !== '')).toEqual([]);
    await page.keyboard.press('Space');
    const step = await stepOf(page);
    await expect.poll(said).toHaveLength(2);

    const [first, last] = await said();
    expect(first).toBe('Playing from event 5');
    expect(last).toMatch(new RegExp(`^Paused. Event ${step}, `));
    expect((await active()).at(-1)).toBe(`event-${step}`);
    expect((await value()).at(-1)).toMatch(new RegExp(`^event ${step}, `));
    expect((await source()).at(-1)).toMatch(/^Source, at /);

    await setSpeed(page, '256×');
    await press(page, 'Play');
    await over(page);
    await expect.poll(() => live.textContent()).toMatch(new RegExp(`^The end. Event ${events.length}, `));
    expect(await said()).toHaveLength(4);
  });

  it('stops for whoever comes with Tab into what is made anew with each event', async () => {
    const page = await ready(await browser.open(`${address}#event=60`));
    await setSpeed(page, '4×');
    await page.locator('#world .scroll').focus();
    await page.keyboard.press('Space');
    expect(await isPlaying(page)).toBe(true);

    await page.keyboard.press('Tab');

    expect(await isPlaying(page)).toBe(false);
    await settled(page);
    expect(await page.evaluate("document.activeElement.matches('#world button.link')")).toBe(true);
  });

  it('leaves the focus where it came while an event was shown', async () => {
    const page = await ready(await browser.open(`${address}#event=60`));
    await setSpeed(page, '4×');
    await page.keyboard.press('Space');
    await page.evaluate(
      () =>
        new Promise<void>((done) => {
          const comes = new MutationObserver(() => {
            comes.disconnect();
            document.querySelector<HTMLElement>('#world button.link')?.focus();
            done();
          });
          comes.observe(document.querySelector('#transport .where') as Element, { childList: true });
        }),
    );

    await over(page);
    await settled(page);
    expect(await page.evaluate("document.activeElement.matches('#world button.link')")).toBe(true);
  });

  it('stands still while a hand is down, so that what is clicked on is still there', async () => {
    const page = await ready(await browser.open(address));
    await setSpeed(page, '16×');
    await press(page, 'Play');
    await page.locator('#events h2').hover();
    await page.mouse.down();
    await settled(page);
    const step = await stepOf(page);
    await page.waitForTimeout(400);
    expect(await stepOf(page)).toBe(step);

    await page.mouse.up();

    await expect.poll(() => stepOf(page), PATIENCE).toBeGreaterThan(step);
  });

  it.each(['no-preference', 'reduce'] as const)('has no movement but the steps: %s', async (reducedMotion) => {
    const page = await ready(await browser.open(address));
    await page.emulateMedia({ reducedMotion });
    for (let n = 0; n < 6; n++) await page.getByRole('button', { name: 'Zoom in' }).click();
    await goTo(page, 20);
    await setSpeed(page, '4×');
    // What can be seen, whenever something may have moved, and the event that it was at.
    await page.evaluate(() => {
      const seen = new Map<string, Set<string>>();
      Object.assign(window, { seen });
      const [slider, lanes, list] = ['#transport input', '.lanes', '.events'].map((name) =>
        document.querySelector(name),
      );
      const look = () => {
        const step = (slider as HTMLInputElement).value;
        const looks = seen.get(step) ?? new Set();
        seen.set(step, looks);
        looks.add(
          `${(lanes as HTMLElement).dataset.from} ${(list as HTMLElement).scrollTop} ${document.getAnimations().length}`,
        );
        requestAnimationFrame(look);
      };
      look();
    });
    await press(page, 'Play');
    await expect.poll(() => stepOf(page), PATIENCE).toBeGreaterThan(60);

    const looks = (await page.evaluate('[...window.seen.values()].map((looks) => [...looks])')) as string[][];
    expect(looks.length).toBeGreaterThan(20);
    // A step is drawn in the frame after it: until then all is as it was before.
    expect(Math.max(...looks.map((each) => each.length))).toBeLessThanOrEqual(2);
    expect(looks.flat().filter((look) => !look.endsWith(' 0'))).toEqual([]);
    expect(new Set(looks.flat()).size).toBeGreaterThan(3);
  });

  it.each([320, 1400])('changes no size but that of what it is about, %i pixels wide', async (width) => {
    const page = await ready(await browser.open(`${address}#event=85`, { width }));
    await setSpeed(page, '16×');
    await page.evaluate(() => {
      const sizes = new Set<string>();
      Object.assign(window, { sizes });
      const parts = ['#transport', '#transport input', '.lanes', '#events', '#source', '#world'];
      const look = () => {
        if (document.querySelector('.playing') !== null) {
          const boxes = parts.map((part) => document.querySelector(part)?.getBoundingClientRect());
          sizes.add(boxes.map((box) => `${box?.top} ${box?.width}×${box?.height}`).join(', '));
        }
        requestAnimationFrame(look);
      };
      look();
    });
    await press(page, 'Play');
    await expect.poll(() => stepOf(page), PATIENCE).toBeGreaterThan(130);

    expect(await page.evaluate('[...window.sizes]')).toHaveLength(1);
  });

  it('of 100,000 events keeps the pace: it leaves out frames, and stops when one says so', async () => {
    const many = await eventsOf(crowd(100, 52));
    expect(many.length).toBeGreaterThan(100_000);
    const page = await ready(await browser.open(pageOf(many)));
    await goTo(page, 1000);
    await setSpeed(page, '256×');
    const seen = await listen(page, '#transport .where');
    const press = (name: string) =>
      page.evaluate((name) => {
        const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.endsWith(name));
        button?.click();
        return performance.now();
      }, name);

    const began = await press('Play');
    await page.waitForTimeout(3000);
    const ended = await press('Pause');

    const passed = (await stepOf(page)) - 1000;
    // As many as the time was for, but for the frame before the first and after the last, which may be slow.
    let due = 0;
    for (let left = (ended - began) * 256; left > 0; due++) left -= lasting(many, 1000 + due);
    const frames = (await seen()).length;
    console.log(`played ${passed} events of 100,000 in ${((ended - began) / 1000).toFixed(1)} s, in ${frames} frames`);
    expect(passed).toBeLessThanOrEqual(due);
    expect(passed).toBeGreaterThan(due / 2);
    expect(frames).toBeLessThan(passed / 2);
    await settled(page);
    expect(await stepOf(page)).toBe(passed + 1000);
    expect(trouble(page)).toEqual(NO_TROUBLE);
  }, 120_000);
});
