import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { type Async, type RuntimeEvent, sleep, spawn } from 'async-lessons';
import { expect, it } from 'vitest';
import { inBrowser } from '../support/browser.ts';
import { cli } from '../support/cli.ts';
import { deadlock, kitchen } from '../support/page-programs.ts';
import { fresh, LESSON_COMMANDS, NO_TROUBLE, pageOf, ready, stepOf, trouble } from '../support/pages.ts';
import { eventsOf } from '../support/recorded.ts';
import { SelfWaking } from '../support/self-waking.ts';
import { dated, HERE, MAIN } from '../support/views.ts';

/** What tries to be more than text. */
const HOSTILE =
  '</script><img src=x onerror="window.pwned=1"><script>window.pwned=1</script> & \u001b[31mred\u001b]0;t\u0007 \u202eesrever';

/** As it is to be seen. */
const HARMLESS = '</script><img src=x onerror="window.pwned=1"><script>window.pwned=1</script> & red esrever';

inBrowser('the page of a run', (browser) => {
  it.each(LESSON_COMMANDS)('of %s opens without a complaint, and asks nobody for anything', async (...command) => {
    const file = fresh('.html');
    const { code, err } = await cli([...command, '--quiet', '--save', file]);
    expect([code, err]).toEqual([0, '']);

    const page = await ready(await browser.open(pathToFileURL(file).href));

    expect(trouble(page)).toEqual(NO_TROUBLE);
    expect(await page.title()).toBe(`${command[0]} · async-lessons`);
    expect(await page.locator('h1').textContent()).toBe(`${command[0]} · async-lessons`);
    expect(await page.locator('#outcome').textContent()).toBe('✓ returned');
    expect(await page.locator('#source .listing').textContent()).toContain("from 'async-lessons'");
    expect(await page.locator('.events [role=option]').count()).toBeGreaterThan(5);
  });

  it('lets nothing out, even if a script in it tried to', async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      response.setHeader('Access-Control-Allow-Origin', '*').end('hello');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const page = await ready(await browser.open(pageOf(await eventsOf(kitchen))));

    const tried = await page.evaluate(
      (url) =>
        Promise.all([
          fetch(url).then(
            () => 'fetched',
            () => 'refused',
          ),
          new Promise((done) => {
            const image = new Image();
            image.onload = () => done('loaded');
            image.onerror = () => done('refused');
            image.src = url;
          }),
        ]),
      address,
    );
    server.close();

    expect(tried).toEqual(['refused', 'refused']);
    expect(asked).toBe(0);
  });

  it('shows hostile names and prints as text, and nothing of them runs', async () => {
    const bob = { id: 1, name: HOSTILE };
    const wait = { op: HOSTILE, resource: null, task: null, stack: [] };
    const events: RuntimeEvent[] = [
      dated({ kind: 'runtime.started', clock: 'virtual', seed: 1, speed: 1 }),
      dated({ kind: 'task.spawned', task: MAIN, parent: null, location: null }),
      dated({ kind: 'task.spawned', task: bob, parent: MAIN, location: { ...HERE, file: HOSTILE, fn: HOSTILE } }),
      dated({ kind: 'task.poll-started', task: bob, poll: 1 }),
      dated({ kind: 'print', task: bob, text: HOSTILE }),
      dated({ kind: 'task.poll-ended', task: bob, poll: 1, outcome: 'pending', busy: 0, awaits: [wait] }),
      dated({ kind: 'future.unawaited', op: HOSTILE, resource: null, task: bob, location: null }),
      dated({ kind: 'runtime.halted', why: 'stuck' }),
      dated({ kind: 'task.completed', task: MAIN, outcome: 'panicked', error: HOSTILE }),
    ];
    const read = () => ({ text: HOSTILE, missing: null });
    const page = await ready(await browser.open(`${pageOf(events, { title: HOSTILE, read })}#event=5`));

    expect(trouble(page)).toEqual(NO_TROUBLE);
    expect(await page.evaluate('window.pwned')).toBeUndefined();
    expect(await page.locator('img, iframe, body script').count()).toBe(2);
    expect(await page.title()).toBe(HARMLESS);
    for (const part of [
      'h1',
      '#diagnosis pre',
      '#findings',
      '#source .line code',
      '#tasks',
      '#world-running',
      '#event-5 .detail',
    ]) {
      expect(await page.locator(part).first().textContent(), part).toContain(HARMLESS);
    }
  });

  it('that got stuck says so, and opens where everybody waits', async () => {
    const page = await ready(await browser.open(pageOf(await eventsOf(deadlock))));

    expect(await page.locator('#outcome').textContent()).toContain('stuck');
    expect(await page.locator('#diagnosis pre').textContent()).toContain(
      'red to blue ─▶ mutex 2 ─▶ blue to red ─▶ mutex 1 ─▶ red to blue',
    );
    const resources = await page.locator('#world-resources tbody tr').allInnerTexts();
    expect(resources.map((row) => row.replace(/ since \S+/, '').replace(/\s+/g, ' '))).toEqual([
      'mutex 1 held by red to blue blue to red',
      'mutex 2 held by blue to red red to blue',
    ]);
  });

  it('shows a few findings of each lint, and the others when one asks', async () => {
    function* main(): Async<void> {
      for (let n = 0; n < 5; n++) spawn(new SelfWaking(50), { name: `restless ${n}` });
      yield* sleep(10);
    }
    const page = await ready(await browser.open(pageOf(await eventsOf(main))));
    const findings = page.locator('#findings');

    expect(await findings.getByRole('heading').textContent()).toBe('5 findings');
    expect(await findings.getByText(/self-wakes: restless/).count()).toBe(5);
    expect(await findings.getByText('restless 0').isVisible()).toBe(true);
    expect(await findings.getByText('restless 4').isVisible()).toBe(false);
    await findings.getByText('2 more findings of self-wakes').click();
    expect(await findings.getByText('restless 4').isVisible()).toBe(true);
    await findings.getByText('What self-wakes means').click();
    expect(await findings.locator('details[open] p').count()).toBeGreaterThan(1);
  });

  it('of which the beginning was dropped says how much', async () => {
    const page = await ready(await browser.open(pageOf(await eventsOf(kitchen), {}, 50)));

    expect(await page.locator('#note').textContent()).toMatch(/complete from .* older events were dropped/);
    expect(trouble(page)).toEqual(NO_TROUBLE);
  });

  it('without a single event opens, too', async () => {
    const page = await ready(await browser.open(pageOf([])));

    expect(trouble(page)).toEqual(NO_TROUBLE);
  });

  it('opens at the event that its address names', async () => {
    const page = await ready(await browser.open(`${pageOf(await eventsOf(kitchen))}#event=17`));

    expect(await stepOf(page)).toBe(17);
  });

  it('that is cut off says that it cannot be shown', async () => {
    const { readFileSync, writeFileSync } = await import('node:fs');
    const address = pageOf(await eventsOf(kitchen));
    const path = new URL(address);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/(id="run">.{100})[^<]*/, '$1'));

    const page = await browser.open(address);

    await page.locator('[role=alert]').waitFor();
    expect(await page.locator('h1').textContent()).toBe('This run cannot be shown');
  });
});
