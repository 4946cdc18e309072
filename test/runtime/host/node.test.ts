import { afterEach, describe, expect, it, vi } from 'vitest';
import { NodeHost } from '../../../src/runtime/host/node.ts';
import { inChild } from '../../support/in-child.ts';

describe('NodeHost', () => {
  const host = new NodeHost();

  afterEach(() => host.close());

  /** Resolves when the host calls back. */
  const parked = (wait?: number) => new Promise<void>((resolve) => host.park(wait, resolve, undefined));

  /** Some time later, when every timer of a millisecond or two has come. */
  const later = () => new Promise((resolve) => setTimeout(resolve, 10));

  const listeners = () => process.listenerCount('beforeExit');

  it('has a clock that goes forward', async () => {
    const before = host.now();

    await parked(2);

    expect(host.now()).toBeGreaterThan(before);
  });

  it('parks not a moment too short', async () => {
    for (const wait of [0.3, 1.7, 3.2]) {
      const before = host.now();

      await parked(wait);

      expect(host.now() - before).toBeGreaterThanOrEqual(wait);
    }
  });

  it('does not trust a timer that comes too early', async () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    const resume = vi.fn();
    host.park(1, resume, undefined);

    await later();
    const early = resume.mock.calls.length;
    clock.mockReturnValue(1);
    await later();

    expect([early, resume.mock.calls.length]).toEqual([0, 1]);
    clock.mockRestore();
  });

  it('comes back from a park without end when it is unparked', async () => {
    const back = parked();

    host.unpark();

    await expect(back).resolves.toBeUndefined();
  });

  it('calls back once, however often it is unparked', async () => {
    let calls = 0;
    host.park(1, () => (calls += 1), undefined);

    host.unpark();
    host.unpark();
    await later();

    expect(calls).toBe(1);
  });

  it('can be unparked after a visit', async () => {
    await new Promise<void>((resolve) => host.visit(resolve));
    const back = parked();

    host.unpark();

    await expect(back).resolves.toBeUndefined();
  });

  it('does not come back once it is closed', async () => {
    let calls = 0;
    host.park(0, () => (calls += 1), undefined);
    host.visit(() => (calls += 1));

    host.close();
    await later();

    expect(calls).toBe(0);
  });

  it('listens for the end of the process once it hopes, until it is closed', async () => {
    const counts = [listeners()];
    for (let i = 0; i < 2; i++) {
      const back = new Promise<void>((resolve) => host.park(undefined, resolve, () => {}));
      counts.push(listeners());
      host.unpark();
      await back;
      counts.push(listeners());
    }

    host.close();

    const [before = 0, ...during] = counts;
    expect([during, listeners()]).toEqual([Array(4).fill(before + 1), before]);
  });

  it('waits longer than setTimeout can', () => {
    const { out } = inChild(`
      setTimeout(() => process.exit(0), 50);
      process.on('warning', (warning) => console.log(warning.name));
      await new Runtime().blockOn(function* () { yield* sleep(2 ** 40); console.log('too early'); }());
    `);

    expect(out).toBe('');
  });

  it('lets the process end when the program has ended', () => {
    const { code } = inChild(`
      function* main() { spawn(sleep(60_000)); yield* sleep(1); }
      await new Runtime().blockOn(main());
    `);

    expect(code).toBe(0);
  });
});
