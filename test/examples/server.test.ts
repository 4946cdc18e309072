import { describe, expect, it } from 'vitest';
import { server } from '../../src/examples/server/card.ts';
import { readJsonl } from '../../src/trace/files/jsonl.ts';
import { cli } from '../support/cli.ts';
import { told } from '../support/perform.ts';

/** What is told of a run with so many visitors. */
async function toldOf(clients: number): Promise<string> {
  const { code, out } = await cli(['server', '--port', '0', '--clients', String(clients), '--save', '-']);
  expect(code).toBe(0);
  const [visits = '', thread = ''] = await told(server, readJsonl(out).events);
  return [visits, thread].filter(Boolean).join(' ');
}

describe.concurrent('server', () => {
  it.each([2, 7])('tells afterwards how many visitors there were, of %i at once', async (clients) => {
    const text = await toldOf(clients);

    const [, most] =
      new RegExp(`^${clients} visitors were ${clients} tasks; at most (\\d+) lived at the same time\\.`).exec(text) ??
      [];
    expect(Number(most)).toBeGreaterThanOrEqual(1);
    expect(Number(most)).toBeLessThanOrEqual(clients);
  });

  it('tells how long the one thread slept, and how long it worked: less than all the time together', async () => {
    const text = await toldOf(3);

    const [, share, total, unit, busy] =
      /The one thread slept (\d+(?:\.\d)?) % of ([\d.]+) (m?s); all polls together took ([\d.]+) ms\.$/.exec(text) ??
      [];
    const ms = Number(total) * (unit === 's' ? 1000 : 1);
    expect(Number(busy)).toBeGreaterThan(0);
    expect((Number(share) / 100) * ms + Number(busy)).toBeLessThanOrEqual(1.02 * ms);
  });

  it('speaks of one visitor as of one, and of none', async () => {
    expect(await toldOf(1)).toMatch(/^One visitor was one task; /);
    expect(await toldOf(0)).toMatch(/^Nobody came\. The one thread slept /);
  });
});
