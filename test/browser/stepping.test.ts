import { pathToFileURL } from 'node:url';
import type { RuntimeEvent } from 'async-lessons';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Causes } from '../../src/trace/causes.ts';
import type { Missing, Source } from '../../src/trace/html/packed.ts';
import { place } from '../../src/trace/places.ts';
import { Stats } from '../../src/trace/stats.ts';
import { safeLine } from '../../src/trace/text.ts';
import { type ResourceView, type TaskView, World } from '../../src/trace/world.ts';
import { inBrowser } from '../support/browser.ts';
import { cli } from '../support/cli.ts';
import { kitchen } from '../support/page-programs.ts';
import { fresh, goTo, pageOf, ready, settled, stepOf } from '../support/pages.ts';
import { eventsOf } from '../support/recorded.ts';
import { dated, HERE, MAIN, textOf } from '../support/views.ts';

const ROOT = `${import.meta.dirname.replace(/\/test\/browser$/, '')}`;

/** Texts of elements, each in one line. */
async function texts(page: Page, selector: string): Promise<string[]> {
  return (await page.locator(selector).allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim());
}

/** What the page says of the world. */
async function shown(page: Page) {
  return {
    running: await texts(page, '#world-running .chip'),
    ready: await texts(page, '#world-ready .chip'),
    waiting: (await texts(page, '#world-waiting > li')).sort(),
    resources: (await texts(page, '#world-resources tbody th')).sort(),
    held: (await texts(page, '#world-resources td:nth-child(2)')).filter((text) => text.startsWith('held')),
    holds: (await texts(page, '#world-resources td:nth-child(2)')).filter((text) => text.startsWith('holds')),
  };
}

/** The same, folded here. */
function folded(events: readonly RuntimeEvent[], step: number) {
  const world = new World();
  for (const event of events.slice(0, step)) world.fold(event);
  const tasks = [...world.tasks.values()];
  const event = events[step - 1];
  const ending = event?.kind === 'task.poll-ended' && event.outcome !== 'pending' ? event.task.id : undefined;
  const resources = [...world.resources.values()];
  return {
    running: tasks.filter(({ ref, state }) => state === 'running' || ref.id === ending).map(({ ref }) => ref.name),
    ready: [...world.ready].map((id) => world.tasks.get(id)?.ref.name),
    waiting: tasks
      .filter(({ ref, state }) => state === 'waiting' && ref.id !== ending)
      .map(waits)
      .sort(),
    resources: resources.map(({ ref }) => ref.name).sort(),
    held: resources.flatMap(({ holders }) =>
      holders.length === 0 ? [] : [`held by ${holders.map(holds).join(', ')}`],
    ),
    holds: resources.flatMap(({ ref, length, capacity, closed }) =>
      ref.kind === 'channel'
        ? [`holds ${length}${capacity === null ? '' : ` of ${capacity}`}${closed ? ', closed' : ''}`]
        : [],
    ),
  };
}

/** `waiter 1 since tea.ts:12`. */
function holds({ task, granted, location }: ResourceView['holders'][number]): string {
  return `${task?.name}${granted ? ' (granted)' : location === null ? '' : ` since ${safeLine(place(location, ROOT))}`}`;
}

/** `main recv() on channel 1at main test/…:40`: without the space that a line break is to be seen as. */
function waits({ ref, awaits }: TaskView): string {
  const told = awaits.map(({ op, resource, stack }) => {
    const on = resource === null || ['timer', 'select'].includes(resource.kind) ? '' : ` on ${resource.name}`;
    return `${op}${on}${stack.map((at) => `at ${at.fn} ${place(at, ROOT)}`).join('')}`;
  });
  return `${ref.name}${told.join('')}`;
}

/** A task that a file has spawned. */
function spawnedAt(file: string): RuntimeEvent {
  return dated({ kind: 'task.spawned', task: { id: 1, name: 'bob' }, parent: MAIN, location: { ...HERE, file } });
}

inBrowser('stepping through a run', (browser) => {
  let events: readonly RuntimeEvent[];
  let address: string;

  beforeAll(async () => {
    events = await eventsOf(kitchen);
    address = pageOf(events);
  });

  it('shows after each event the world that folding shows, forwards and back', async () => {
    const page = await ready(await browser.open(address));
    const last = events.length;
    const asked = [1, 2, 3, 4, 5, 30, 31, 30, 29, 100, 60, last, last - 1, last - 2, 1];

    for (const step of asked) {
      const away = step - (await stepOf(page));
      if (Math.abs(away) === 1) {
        await page.keyboard.press(away === 1 ? 'ArrowRight' : 'ArrowLeft');
        await settled(page);
      } else if (away !== 0) await goTo(page, step);

      expect(await stepOf(page)).toBe(step);
      expect(await shown(page), `after event ${step}`).toEqual(folded(events, step));
    }
  });

  it('goes with buttons, and no further than there are events', async () => {
    const page = await ready(await browser.open(address));
    const press = async (name: string) => {
      // One that does nothing says so, and can be pressed all the same.
      await page.getByRole('button', { name, exact: true }).click({ force: true });
      return stepOf(page);
    };

    expect(await press('One event back')).toBe(1);
    expect(await press('One event forward')).toBe(2);
    expect(await press('Last event')).toBe(events.length);
    expect(await press('One event forward')).toBe(events.length);
    expect(await press('First event')).toBe(1);
  });

  it('reads out the event for those who do not see it', async () => {
    const page = await ready(await browser.open(address));
    const woken = events.findIndex(({ kind }) => kind === 'task.woken') + 1;

    await goTo(page, woken);

    const live = page.locator('#transport [aria-live=polite]');
    await expect.poll(() => live.textContent()).toMatch(new RegExp(`^Event ${woken}, .* milliseconds: .* woken by `));
  });

  it('marks the current line, and tells who waits where', async () => {
    const file = fresh('.html');
    await cli(['channel', '--instant', '--quiet', '--save', file]);
    const page = await ready(await browser.open(pathToFileURL(file).href));

    await page.getByLabel('Text', { exact: true }).fill('producer pending #1');
    await expect.poll(() => page.locator('#events').getByRole('status').textContent()).toMatch(/^1 event of/);
    await settled(page);
    await page.locator('.events').getByRole('option').click();
    await settled(page);

    const here = page.locator('#source .line.here');
    expect(await here.locator('code').textContent()).toContain('yield* sleep(every);');
    expect(await here.locator('.who').textContent()).toBe('producer waits here');
    expect(await here.getAttribute('aria-current')).toBe('true');
    await expect(page.locator('#source .line.waits code').allTextContents()).resolves.toEqual([
      '    yield* sleep(every);',
    ]);
    const [code, line] = [await page.locator('.code').boundingBox(), await here.boundingBox()];
    expect(line?.y).toBeGreaterThan(code?.y ?? 0);
    expect(line?.y).toBeLessThan((code?.y ?? 0) + (code?.height ?? 0));
  });

  it('says which source is not here, and why', async () => {
    const read = (): Source => ({ text: null, missing: 'large' });
    const page = await ready(await browser.open(pageOf([spawnedAt('/cup.ts')], { read })));

    expect(await page.locator('#source .hint').textContent()).toBe(
      'The source of /cup.ts is not in this page: it is larger than 256 kB.',
    );
    expect(await page.locator('#source details').count()).toBe(0);
  });

  it('lists the sources that are not here where there are others', async () => {
    const reasons: Missing[] = ['elsewhere', 'package', 'name', 'large', 'unreadable'];
    const named = reasons.map((why) => spawnedAt(`/${why}.ts`));
    const read = (file: string): Source => {
      const missing = reasons.find((why) => file === `/${why}.ts`);
      return missing === undefined ? { text: 'boil();', missing: null } : { text: null, missing };
    };
    const page = await ready(await browser.open(pageOf([spawnedAt('/here.ts'), ...named], { read })));
    const left = page.locator('#source details');
    expect(await left.locator('li').first().isVisible()).toBe(false);

    await left.getByText('5 files are not in this page').click();

    const said = await left.locator('li').allTextContents();
    expect(said.map((text) => text.split(':')[0])).toEqual(reasons.map((why) => `/${why}.ts`));
    expect(new Set(said.map((text) => text.split(':')[1])).size).toBe(5);
    expect(await page.getByLabel('File', { exact: true }).locator('option').allTextContents()).toEqual([
      '/here.ts',
      ...reasons.map((why) => `/${why}.ts (not here)`),
    ]);
  });

  it('tells why a poll happened, and goes to each cause', async () => {
    const page = await ready(await browser.open(address));
    const causes = new Causes(ROOT);
    const turns = events.flatMap((event) => causes.fold(event) ?? []);
    const turn = turns.reduce((deepest, one) => (one.depth > deepest.depth ? one : deepest));
    const chain = turn.chain();
    const [, second] = chain;
    expect(chain.length).toBeGreaterThan(1);

    const began = events.findIndex(
      (event) => event.kind === 'task.poll-started' && event.task.id === turn.task.id && event.poll === turn.poll,
    );
    await goTo(page, began + 1);

    expect(await page.locator('#why .cause').allTextContents()).toEqual(chain.map(({ text }) => safeLine(text)));
    await page.locator('#why .chain button').nth(1).click();
    expect(events[(await stepOf(page)) - 1]).toMatchObject({
      ...{ kind: 'task.poll-started', task: second?.task, poll: second?.poll },
    });
  });

  it('has the figures of tasks as the terminal has them, and sorts them', async () => {
    const page = await ready(await browser.open(address));
    const stats = new Stats();
    for (const event of events) stats.fold(event);
    const lines = stats.lines({ width: 1000, unicode: true, folder: ROOT }).map(textOf);
    await goTo(page, events.length);

    const rows = (await page.locator('#tasks tbody tr').allInnerTexts()).map((row) =>
      row.split(/\s+/).join(' ').trim(),
    );
    expect(rows).toEqual(lines.slice(1, 1 + rows.length).map((line) => line.trim().split(/\s+/).join(' ')));

    const polls = page.getByRole('button', { name: 'Polls', exact: true });
    const column = async () =>
      (await page.locator('#tasks tbody td:nth-child(8)').allTextContents()).map((text) => Number(text));
    await polls.click();
    expect(await column()).toEqual([...(await column())].sort((a, b) => b - a));
    expect(await page.locator('#tasks [aria-sort=descending]').textContent()).toBe('Polls');
    await polls.click();
    expect(await column()).toEqual([...(await column())].sort((a, b) => a - b));
    expect(await page.locator('#tasks [aria-sort=ascending]').textContent()).toBe('Polls');
  });

  describe('the list of events', () => {
    it('shows those of one task, and those with some words', async () => {
      const page = await ready(await browser.open(address));
      const list = page.locator('#events');
      const ofWaiter = events.filter((event) => 'task' in event && event.task?.name === 'waiter 1').length;

      await page.getByLabel('Task', { exact: true }).selectOption({ label: 'waiter 1 (2)' });
      await settled(page);
      expect(await list.getByRole('status').textContent()).toBe(`${ofWaiter} events of ${events.length}`);
      expect(new Set(await texts(page, '#events .event .task'))).toEqual(new Set(['waiter 1']));

      await page.getByLabel('Text', { exact: true }).fill('WOKEN timer');
      await expect.poll(() => list.getByRole('status').textContent()).toMatch(/^3 events of/);
      expect(await texts(page, '#events .event .what')).toEqual(['woken', 'woken', 'woken']);

      await page.getByLabel('Text', { exact: true }).fill('nothing like this');
      await expect.poll(() => list.getByRole('status').textContent()).toMatch(/^0 events of/);
    });

    it('is walked with keys, and only through what it shows', async () => {
      const page = await ready(await browser.open(address));
      await page.getByLabel('Text', { exact: true }).fill('print');
      await expect.poll(() => page.locator('#events').getByRole('status').textContent()).toMatch(/^9 events of/);
      await page.getByRole('listbox').focus();
      const at = async (key: string) => {
        await page.keyboard.press(key);
        await settled(page);
        const id = await page.getByRole('listbox').getAttribute('aria-activedescendant');
        expect(await page.locator(`#${id}`).getAttribute('aria-selected')).toBe('true');
        return page.locator(`#${id} .detail`).textContent();
      };
      const said = events.flatMap((event) => (event.kind === 'print' ? [event.text] : []));

      expect(await at('Home')).toBe(said[0]);
      expect(await at('ArrowDown')).toBe(said[1]);
      expect(await at('ArrowDown')).toBe(said[2]);
      expect(await at('ArrowUp')).toBe(said[1]);
      expect(await at('End')).toBe(said.at(-1));
      expect(await at('PageUp')).toBe(said[0]);
    });

    it('goes to the event that is clicked', async () => {
      const page = await ready(await browser.open(address));

      await page.locator('#event-7').click();

      expect(await stepOf(page)).toBe(7);
    });
  });
});
