import { describe, expect, it } from 'vitest';
import { start } from '../support/cli.ts';

const WAITS = /lets go of the thread/;

describe.concurrent('Ctrl-C', () => {
  it('stops a lesson, and sums up what there was so far', async () => {
    const run = start(['tea', '--boil', '1h']);
    await run.prints(WAITS);

    run.signal('SIGINT');

    const { code, out, err } = await run.ended;
    expect([code, err]).toEqual([130, '']);
    expect(out).toMatch(/main +· dropped before it was done\n/);
    expect(out).toMatch(
      /\nWho waits for whom:\n {2}main +sleep\(3600s\) at tea\.ts:\d+\n +at makeTea [^\n]*\n +at main [^\n]*\n +ends at 3600\.\d{3} s, in 3\d{3}\.\d{3} s\n/,
    );
    expect(out).toMatch(/\nStopped\. \d+\.\d{3} s · main alone · 1 poll · thread busy for [^\n]+\n(?:\n▲|$)/);
  });

  it('is in the log as well', async () => {
    const run = start(['tea', '--boil', '1h', '--trace']);
    await run.prints(/parked/);

    run.signal('SIGINT');

    const { code, out } = await run.ended;
    expect(code).toBe(130);
    expect(out).toMatch(/main +timer +timer 1 cancelled\n.* main +cancelled\n.* runtime +finished +stopped\n/);
  });

  it('says nothing with -q', async () => {
    const run = start(['tea', '--boil', '1h', '-q']);
    await run.prints(/kettle/);

    run.signal('SIGINT');

    expect(await run.ended).toEqual({ code: 130, out: 'Putting the kettle on.\n', err: '' });
  });

  it('stops a program that never lets go for long', async () => {
    const run = start(['channel', '--messages', '1_000_000_000', '--every', '0', '-q']);
    await run.prints(/Message 1000\n/);

    run.signal('SIGINT');

    const { code, err } = await run.ended;
    expect({ code, err }).toEqual({ code: 130, err: '' });
  });

  it('stops a run on the virtual clock that has a lot to do', async () => {
    const run = start(['channel', '--messages', '1_000_000_000', '--instant', '-q']);
    await run.prints(/Message 1000\n/);

    run.signal('SIGINT');

    const { code, err } = await run.ended;
    expect({ code, err }).toEqual({ code: 130, err: '' });
  });
});

describe.concurrent('SIGTERM', () => {
  it('stops a lesson, and sums up', async () => {
    const run = start(['tea', '--boil', '1h']);
    await run.prints(WAITS);

    run.signal('SIGTERM');

    const { code, out, err } = await run.ended;
    expect([code, err]).toEqual([143, '']);
    expect(out).toMatch(/\nStopped\. [^\n]+\n(?:\n▲|$)/);
  });
});

describe.concurrent('the real clock', () => {
  it('takes at least as long as it says', async () => {
    const before = performance.now();

    const { code, out } = await start(['tea', '--boil', '50ms']).ended;

    expect(code).toBe(0);
    expect(performance.now() - before).toBeGreaterThanOrEqual(50);
    expect(Number(/^ *(\d\.\d{3}) s {2}main +Water boiled/m.exec(out)?.[1])).toBeGreaterThanOrEqual(0.05);
  });

  it('goes faster with --speed, and shows its own time', async () => {
    const before = performance.now();

    const { code, out } = await start(['tea', '--boil', '100s', '--speed', '1000']).ended;

    expect(code).toBe(0);
    expect(performance.now() - before).toBeGreaterThanOrEqual(100);
    expect(performance.now() - before).toBeLessThan(50_000);
    expect(Number(/^ *(\d+\.\d{3}) s {2}main +Water boiled/m.exec(out)?.[1])).toBeGreaterThanOrEqual(100);
  });

  it('goes slower with a --speed below one', async () => {
    const before = performance.now();

    await start(['tea', '--boil', '10ms', '--speed', '0.1']).ended;

    expect(performance.now() - before).toBeGreaterThanOrEqual(100);
  });

  it('shows what happens when it happens, also to a pipe', async () => {
    const run = start(['tea', '--boil', '1h']);

    await run.prints(/kettle on\.\n.*sleep\(3600s\)/);

    run.signal('SIGINT');
    expect((await run.ended).code).toBe(130);
  });
});
