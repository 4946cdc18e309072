import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lints } from '../../src/trace/lints.ts';
import { Lives } from '../../src/trace/lives.ts';
import { Stats } from '../../src/trace/stats.ts';
import { eventsOf } from '../support/lint-runs.ts';
import { programOf, programs, type Step } from '../support/random-program.ts';
import { HOME, textOf } from '../support/views.ts';

const PAGE = { width: 150, unicode: true, folder: HOME };

describe('the figures of programs that nobody has written', () => {
  async function checked(plan: readonly Step[], seed: number, clock: 'real' | 'virtual'): Promise<void> {
    const events = await eventsOf(programOf(plan).main, { seed, clock });
    const lives = new Lives();
    const stats = new Stats();
    const lints = new Lints();
    let [busy, polls, wakes] = [0, 0, 0];
    let [sumBusy, sumPolls, sumWakes] = [0, 0, 0];
    for (const event of events) {
      const ended = lives.fold(JSON.parse(JSON.stringify(event)));
      stats.fold(event);
      lints.fold(event);
      if (event.kind === 'task.poll-ended') {
        busy += event.busy;
        polls += 1;
      }
      if (event.kind === 'task.woken') wakes += 1;
      if (ended === undefined) continue;
      const now = event.at;
      const parts = [ended.busy, ended.scheduled(now), ended.idle(now)];
      expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
      const rest = ended.total(now) - parts.reduce((sum, part) => sum + part, 0);
      // What is left is what the observer took to hear that a poll begins.
      expect(rest).toBeGreaterThan(-1e-6);
      expect(rest).toBeLessThan(clock === 'virtual' ? 1e-6 : 250);
      if (clock === 'virtual') expect([ended.busy, ended.scheduled(now)]).toEqual([0, 0]);
      expect(ended.selfWakes).toBeLessThanOrEqual(ended.wakes);
      sumBusy += ended.busy;
      sumPolls += ended.polls;
      sumWakes += ended.wakes;
    }
    expect([...lives.values()]).toEqual([]);
    expect([sumPolls, sumWakes]).toEqual([polls, wakes]);
    expect(sumBusy).toBeCloseTo(busy);
    for (const width of [20, 40, 80, 200]) {
      const rows = stats.lines({ width, unicode: true, folder: '/' }).map(textOf);
      const tables = rows.filter((row) => !row.startsWith('…'));
      expect(Math.max(...tables.map((row) => row.length))).toBeLessThanOrEqual(width);
      expect(tables.length).toBeLessThanOrEqual(63);
    }
    for (const { text } of lints.findings()) expect(text).toMatch(/^[^\n]+\.$/);
  }

  it('are never negative, and add up to what the events say', async () => {
    await fc.assert(
      fc.asyncProperty(programs, fc.nat(99), (plan, seed) => checked(plan, seed, 'virtual')),
      { numRuns: 200 },
    );
  });

  it('do so on the real clock', async () => {
    await fc.assert(
      fc.asyncProperty(programs, fc.nat(99), (plan, seed) => checked(plan, seed, 'real')),
      { numRuns: 30 },
    );
  });

  it('can be had of any part of a run, and of its events in any order', async () => {
    await fc.assert(
      fc.asyncProperty(programs, fc.infiniteStream(fc.nat(1000)), async (plan, order) => {
        const events = await eventsOf(programOf(plan).main);
        const shuffled = events
          .map((event) => ({ event, key: order.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .slice(0, events.length / 2);
        const [stats, lints] = [new Stats(), new Lints()];
        for (const { event } of shuffled) {
          stats.fold(event);
          lints.fold(event);
        }

        expect(stats.lines(PAGE).map(textOf).join()).not.toMatch(/NaN|undefined|Infinity|-\d/);
        expect(lints.lines(PAGE).map(textOf).join()).not.toMatch(/NaN|undefined|Infinity/);
      }),
      { numRuns: 50 },
    );
  });
});
