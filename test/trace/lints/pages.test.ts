import { type Async, fromPromise, Runtime, type RuntimeEvent } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { lessons } from '../../../src/examples/index.ts';
import { main as server } from '../../../src/examples/server/server.ts';
import { type Finding, type Lint, Lints, lints } from '../../../src/trace/lints.ts';
import { mainOf } from '../../support/lint-runs.ts';
import { say } from '../../support/raw-http.ts';
import { HERE, textOf, unclean } from '../../support/views.ts';

/** What all lints find in a program that is text. */
async function findingsIn(text: string, clock: 'real' | 'virtual'): Promise<Finding[]> {
  const all = new Lints();
  const observer = (event: RuntimeEvent) => all.fold(event);
  const runtime = new Runtime({ clock, seed: 1, onWarning: () => {}, observer });
  const main = await mainOf(text);
  await runtime.blockOn(main()).catch(() => {});
  return all.findings();
}

/** Time that the thread was busy exists on the real clock only. */
function clockOf(name: string): 'real' | 'virtual' {
  return ['never-yielded', 'long-scheduled', 'lost-waker'].includes(name) ? 'real' : 'virtual';
}

const does = new Map<string, Promise<Finding[]>>();

/** What they find in the program of a page that does it. It runs once. */
function doing({ name, page }: Lint): Promise<Finding[]> {
  const findings = does.get(name) ?? findingsIn(page.doesIt, clockOf(name));
  does.set(name, findings);
  return findings;
}

describe.each(lints)('the page of $name', (lint) => {
  const { name, page } = lint;
  const clock = clockOf(name);

  it('shows a program that does it, and nothing else that is found', async () => {
    const names = (await doing(lint)).map(({ lint }) => lint);

    // A machine with much to do lets a task wait, and that is found, too.
    if (clock === 'real') expect(names).toContain(name);
    else expect(new Set(names)).toEqual(new Set([name]));
  });

  // A machine that stops for a tenth of a second is a finding, too.
  it('shows a program that does not', { retry: clock === 'real' ? 3 : 0 }, async () => {
    expect(await findingsIn(page.doesNot, clock)).toEqual([]);
  });

  it('finds the line where it happens', async () => {
    const finding = (await doing(lint)).find((finding) => finding.lint === name);

    expect(finding?.location?.file).toMatch(/program-text\.ts/);
  });

  it('says it in one plain sentence', async () => {
    const finding = (await doing(lint)).find((finding) => finding.lint === name);

    expect(finding?.text).toMatch(/^[^\n]{20,200}\.$/);
    expect(finding?.text.match(/\. /g)).toBeNull();
  });
});

/** Everything the lints say of a run. */
async function judged(main: Async<unknown>, clock: 'real' | 'virtual', look = (_: RuntimeEvent) => {}): Promise<Lints> {
  const all = new Lints();
  const observer = (event: RuntimeEvent) => {
    all.fold(event);
    look(event);
  };
  await new Runtime({ clock, seed: 1, observer, print: () => {} }).blockOn(main);
  return all;
}

describe('the lessons', () => {
  it.each(lessons.filter(({ onlyReal }) => onlyReal === undefined))('$name gives no finding', async ({ prepare }) => {
    const all = await judged((await prepare({})).main, 'virtual');

    expect(all.findings()).toEqual([]);
    expect(all.lines({ width: 80, unicode: true, folder: '/' })).toEqual([]);
  });

  it('server gives no finding', { retry: 3 }, async () => {
    const served: string[] = [];
    let gone = () => {};
    const visitors = new Promise<void>((resolve) => {
      gone = resolve;
    });
    const main = server({ address: '127.0.0.1:0', stop: fromPromise(visitors) });
    const all = await judged(main, 'real', (event) => {
      if (event.kind !== 'resource.op' || event.op !== 'opened' || event.resource.kind !== 'listener') return;
      const port = Number(event.detail.split(':').at(-1));
      const visits = [1, 2, 3].map(async (n) => served.push(await say(port, `GET /${n} HTTP/1.1\r\n\r\n`)));
      void Promise.all(visits).then(() => gone());
    });

    expect(served).toHaveLength(3);
    expect(all.findings()).toEqual([]);
  });
});

describe('Lints.lines', () => {
  const SHOUT = '\u001b[31mred\nline';
  const page = { width: 80, unicode: false, folder: '/home/ada' };

  function unawaited(times: number, op = 'sleep(1s)'): Lints {
    const all = new Lints();
    for (let n = 0; n < times; n++)
      all.fold({ at: 0, kind: 'future.unawaited', op, resource: null, task: null, location: HERE });
    return all;
  }

  it('has a line for each finding, with its place, and says where to hear more', () => {
    expect(unawaited(2).lines(page).map(textOf)).toEqual([
      '! unawaited-future: sleep(1s) was made and never awaited, so it did nothing at tea.ts:18',
      '! unawaited-future: sleep(1s) was made and never awaited, so it did nothing at tea.ts:18',
      'async-lessons explain unawaited-future',
    ]);
  });

  it('tells ten of a kind, and how many more there are', () => {
    const lines = unawaited(25).lines(page).map(textOf);

    expect(lines).toHaveLength(12);
    expect(lines[10]).toBe('... and 15 more of unawaited-future');
  });

  it('remembers a thousand of a kind', () => {
    expect(unawaited(1200).findings()).toHaveLength(1000);
  });

  it('lets nothing through that could change the terminal', () => {
    expect(unawaited(1, SHOUT).lines(page).map(textOf).flatMap(unclean)).toEqual([]);
  });
});
