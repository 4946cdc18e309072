import { describe, expect, it } from 'vitest';
import { cli, start } from '../support/cli.ts';
import { gone, started } from '../support/processes.ts';
import { unclean } from '../support/views.ts';

describe('the scraper lesson', () => {
  it('prints with -q a table of the three ways, and nothing else', async () => {
    const { code, out, err } = await cli(['scraper', '--pages', '7', '--limit', '3', '-q']);

    expect([code, err]).toEqual([0, '']);
    expect(
      out
        .replace(/\d+\.\d\d s/g, '#.## s')
        .replace(/ *[\d.]+ MB/g, '   ##.# MB')
        .replace(/ \d+ {3}##/g, ' 0   ##'),
    ).toBe(`\
Scraping 7 pages, one after the other.
Scraping 7 pages, all at once.
Scraping 7 pages, 3 at a time.
                        time  at once  retries   memory
one after the other   #.## s        1        0   ##.# MB
all at once           #.## s        7        0   ##.# MB
3 at a time           #.## s        3        0   ##.# MB
`);
  });

  it('starts a task for each page and each way, tells of the first two, and counts at the site as well', async () => {
    const { code, out } = await cli(['scraper', '--pages', '7']);

    expect(code).toBe(0);
    expect(out).toMatch(/page 2 +· spawned by main/);
    expect(out).not.toMatch(/page 3 +·/);
    expect(out).toMatch(/\nThe site itself counted at most 1, [2-7] and [2-7] requests that waited for an answer\.\n/);
    expect(out).toMatch(/ · main and 21 tasks on one thread · /);
  });

  it('tries again what fails', async () => {
    const { code, out } = await cli(['scraper', '--pages', '8', '--fail', '100%', '-q', '--site', '2']);

    expect(code).toBe(0);
    const retries = out
      .split('\n')
      .slice(-4, -1)
      .map((row) => Number(/(\d+) +[\d.]+ MB$/.exec(row)?.[1]));
    // The site fails in the same way each time.
    expect(retries[0]).toBeGreaterThanOrEqual(8);
    expect(retries).toEqual([retries[0], retries[0], retries[0]]);
  });

  it('has nothing in its log but its own tasks', async () => {
    const { code, out } = await cli(['scraper', '--pages', '2', '--trace']);

    expect(code).toBe(0);
    const tasks = new Set(out.split('\n').flatMap((line) => /^ *[\d.]+ {2}(\S+(?: \d+)?) {2,}/.exec(line)?.[1] ?? []));
    expect([...tasks].sort()).toEqual(['main', 'page 1', 'page 2', 'runtime']);
    expect(unclean(out)).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('leaves no process behind after a %s', async (signal) => {
    const pages = 4000 + signal.length;
    const run = start(['scraper', '--pages', String(pages)]);
    await run.prints(/page 1 +· done/);
    await started(`"pages":${pages}`);

    run.signal(signal);

    const { code, out } = await run.ended;
    expect(code).toBe({ SIGINT: 130, SIGTERM: 143, SIGKILL: 'SIGKILL' }[signal]);
    if (signal !== 'SIGKILL') expect(out).toMatch(/\nStopped\. [^\n]+\n(?:\n▲|$)/);
    await gone(`"pages":${pages}`);
  });

  it('leaves at once when Ctrl-C comes twice', async () => {
    const run = start(['scraper', '--pages', '4321', '-q']);
    await run.prints(/one after the other/);
    await started('"pages":4321');

    run.signal('SIGINT');
    run.signal('SIGINT');

    // The second one may come when the lesson has ended already, and Node has not.
    expect([130, 'SIGINT']).toContain((await run.ended).code);
    await gone('"pages":4321');
  });
});
