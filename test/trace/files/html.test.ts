import { createHash } from 'node:crypto';
import { type Async, mpsc, type RuntimeEvent } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { Doctor } from '../../../src/trace/doctor.ts';
import { htmlPage, type PageParts } from '../../../src/trace/files/html.ts';
import type { Source } from '../../../src/trace/html/packed.ts';
import { carriedBy } from '../../support/pages.ts';
import { eventsOf, NASTY, recorded } from '../../support/recorded.ts';
import { SelfWaking } from '../../support/self-waking.ts';
import { dated, HERE, MAIN, textOf, unclean } from '../../support/views.ts';

const PARTS: PageParts = {
  ...{ title: 'a run', folder: '/home/ada', script: 'show(1 < 2);', style: 'body{color:red}' },
  read: () => ({ text: null, missing: 'unreadable' }),
};
const ABOUT = { package: '0.1.0', lesson: null };

function pageOf(events: readonly RuntimeEvent[], parts: Partial<PageParts> = {}, limit?: number): string {
  return [...htmlPage(recorded(events, limit), ABOUT, { ...PARTS, ...parts })].join('');
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

const spawned = dated({ kind: 'task.spawned', task: { id: 1, name: 'bob' }, parent: MAIN, location: HERE });

describe('htmlPage', () => {
  it('carries every event', () => {
    expect(carriedBy(pageOf([spawned])).events).toEqual([{ ...spawned, location: { ...HERE, file: 'tea.ts' } }]);
  });

  it('allows its own script and style, and nothing else, from nowhere', () => {
    const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(pageOf([])) ?? [];
    const rules = policy.split('; ');

    expect(rules).toContain("default-src 'none'");
    expect(rules.filter((rule) => rule.startsWith('script-src'))).toEqual([`script-src '${hash(PARTS.script)}'`]);
    expect(rules.filter((rule) => rule.startsWith('style-src'))).toEqual([`style-src '${hash(PARTS.style)}'`]);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('has no markup but its own, whatever a program or the network has said', () => {
    const plain = pageOf([spawned]);
    const events = [
      dated({ kind: 'task.spawned', task: { id: 1, name: NASTY }, parent: MAIN, location: { ...HERE, fn: NASTY } }),
      dated({ kind: 'print', task: null, text: NASTY }),
    ];
    const nasty = pageOf(events, { title: NASTY, read: () => ({ text: NASTY, missing: null }) });
    const tags = (page: string) => page.match(/<[^>]*>/g)?.map((tag) => tag.replace(/".*"/, ''));

    expect(tags(nasty)).toEqual(tags(plain));
    expect(unclean(nasty)).toEqual([]);
    expect(carriedBy(nasty).events).toMatchObject([{ task: { name: NASTY } }, { text: NASTY }]);
  });

  it('carries the source of the files that its events name, wherever in them, or why it does not', () => {
    const wait = { op: 'recv()', resource: null, task: null, stack: [{ ...HERE, file: '/home/ada/cup.ts' }] };
    const events = [
      spawned,
      dated({ kind: 'task.poll-ended', task: MAIN, poll: 1, outcome: 'pending', busy: 0, awaits: [wait] }),
    ];
    const read = (file: string): Source =>
      file === HERE.file ? { text: 'boil();', missing: null } : { text: null, missing: 'large' };

    expect(carriedBy(pageOf(events, { read })).files).toEqual([
      { name: 'tea.ts', text: 'boil();', missing: null },
      { name: 'cup.ts', text: null, missing: 'large' },
    ]);
  });

  it('does not say where this package lies, which begins the main task', () => {
    const main = dated({ kind: 'task.spawned', task: MAIN, parent: null, location: HERE });
    const { events, files } = carriedBy(pageOf([main]));

    expect(events).toMatchObject([{ location: null }]);
    expect(files).toEqual([]);
  });

  it('says what the lints have found, and what it means', async () => {
    const { findings } = carriedBy(pageOf(await eventsOf(() => new SelfWaking(50) as never)));

    expect(findings.map(({ lint }) => lint)).toEqual(['self-wakes']);
    expect(findings[0]?.means).not.toBe('');
    expect(findings[0]?.fix).not.toBe('');
  });

  it('has the figures of the run', () => {
    expect(carriedBy(pageOf([spawned])).summary).toContain('main and 1 task on one thread');
  });

  it('says what the doctor says of a run that got stuck, and nothing of one that did not', async () => {
    function* forever(): Async<void> {
      const [tx, rx] = mpsc.channel<string>(1);
      yield* rx.recv();
      tx[Symbol.dispose]();
    }
    const { diagnosis } = carriedBy(pageOf(await eventsOf(forever)));
    const doctor = new Doctor();
    for (const event of await eventsOf(forever)) doctor.fold(event);

    expect(diagnosis).toEqual(doctor.lines({ width: 100, unicode: true, folder: '/home/ada' }).map(textOf));
    expect(diagnosis.join(' ')).toContain('main');
    expect(carriedBy(pageOf([spawned])).diagnosis).toEqual([]);
  });

  it('says what is missing of a long run', () => {
    const events = Array.from({ length: 30 }, (_, n) => dated({ kind: 'print', task: null, text: String(n) }));

    expect(carriedBy(pageOf(events)).note).toBeNull();
    expect(carriedBy(pageOf(events, {}, 10)).note).toContain('20 older events were dropped');
    expect(carriedBy(pageOf(events, {}, 10)).events).toHaveLength(10);
  });
});
