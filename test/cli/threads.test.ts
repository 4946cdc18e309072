import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Companion } from '../../src/examples/companion.ts';
import { cli, start } from '../support/cli.ts';
import { gone, started } from '../support/processes.ts';

/** The figures behind some words, without the commas. */
function figure(text: string, pattern: RegExp): number {
  return Number(pattern.exec(text)?.[1]?.replaceAll(',', ''));
}

describe('the threads lesson', () => {
  it('weighs real threads and real tasks, and a thread weighs more than a hundred tasks', async () => {
    const { code, out, err } = await cli(['threads', '--threads', '3', '--tasks', '20_000', '-q']);

    expect([code, err]).toEqual([0, '']);
    expect(out.replace(/\d[\d.,]*(?= )/g, '#').replace(/µs|ms/g, '~')).toBe(`\
Starting # threads. Each goes to sleep at once.
# threads took # ~ to start: # ~ each.
They keep # MB of resident memory: # MB each.
Starting # tasks. Each goes to sleep at once.
# tasks took # ~ to start: # ~ each.
They keep # MB of resident memory: # bytes each.
One thread keeps as much memory as # tasks.
# GB have room for # threads, or # tasks.
`);
    expect(figure(out, /resident memory: ([\d.]+) MB each/)).toBeGreaterThan(2);
    expect(figure(out, /as much memory as ([\d,]+) tasks/)).toBeGreaterThan(100);
    const [threads, tasks] = [/for ([\d,]+) threads/, /or ([\d,]+) tasks/].map((pattern) => figure(out, pattern));
    expect(tasks).toBeGreaterThan(100 * (threads as number));
  });

  it('has nothing in its log but main, which waits: who is measured is observed by nobody', async () => {
    const { code, out } = await cli(['threads', '--threads', '2', '--tasks', '10_000', '--trace']);

    expect(code).toBe(0);
    expect(out.match(/ spawned /g)).toHaveLength(1);
    expect(out).toMatch(/main +pending +#1 on fromPromise\(\) on promise 1 at threads\.ts:\d+/);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends all its threads when it is stopped with %s', async (signal) => {
    const count = signal === 'SIGINT' ? 1987 : 1986;
    const run = start(['threads', '--threads', String(count)]);
    await started(`"count":${count}`);

    run.signal(signal);

    const { code, out, err } = await run.ended;
    expect([code, err]).toEqual([signal === 'SIGINT' ? 130 : 143, '']);
    expect(out).toMatch(/\nStopped\. [^\n]+\n(?:\n▲|$)/);
    await gone(`"count":${count}`);
  });

  it('leaves no threads behind when its own process is killed', async () => {
    const run = start(['threads', '--threads', '1985', '-q']);
    await started('"count":1985');

    run.signal('SIGKILL');

    await run.ended;
    await gone('"count":1985');
  });

  it.each([
    ['--threads', '1', /from 2 to 2000/],
    ['--threads', '2001', /from 2 to 2000/],
    ['--tasks', '9999', /from 10000 to 10000000/],
    ['--tasks', '1e9', /from 10000 to 10000000/],
  ])('does not take %s %s', async (option, value, range) => {
    const { code, out, err } = await cli(['threads', option, value]);

    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(range);
  });

  it('cannot be run at once: what it measures takes real time', async () => {
    const { code, err } = await cli(['threads', '--instant']);

    expect(code).toBe(2);
    expect(err).toContain('run it without --instant');
  });
});

describe('the process of a crowd', () => {
  const script = new URL('../../dist/examples/threads/crowd-process.js', import.meta.url);

  it.each([
    ['threads', 2000, 60e6],
    ['tasks', 10_000_000, 100e6],
  ])('stops starting %s when they have taken the memory that they may', async (kind, count, memory) => {
    expect(existsSync(fileURLToPath(script))).toBe(true);
    let cost = { started: 0, bytes: 0 };
    const companion: Companion = new Companion(script, { kind, count, memory }, (report: object) => {
      if (!('cost' in report)) return;
      cost = report.cost as typeof cost;
      companion.end();
    });

    await companion.ended;

    expect(cost.started).toBeGreaterThan(0);
    expect(cost.started).toBeLessThan(count / 2);
    expect(cost.bytes).toBeGreaterThanOrEqual(memory * 0.9);
    // What the last batch has taken comes on top.
    expect(cost.bytes).toBeLessThan(memory + 150e6);
  });
});
