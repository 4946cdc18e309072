import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Prose } from '../../src/cli/prose.ts';
import { type RunOptions, runLesson } from '../../src/cli/run-lesson.ts';
import { viewRun } from '../../src/cli/view-run.ts';
import { dinner } from '../../src/examples/dinner/card.ts';
import { type Given, type Lesson, lessons } from '../../src/examples/index.ts';
import { tea } from '../../src/examples/tea/card.ts';
import { FakeTerminal } from '../support/fake-terminal.ts';
import { placeless, textOf, unclean } from '../support/views.ts';

const folder = mkdtempSync(join(tmpdir(), 'async-lessons-prose-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a person sees of a lesson in a window, on the virtual clock. */
async function seen(lesson: Lesson, given: Given = {}, options: RunOptions = {}, width: number | 'pipe' = 80) {
  const terminal = new FakeTerminal(width === 'pipe' ? {} : { width });
  await runLesson(lesson, given, { instant: true, ...options }, terminal, '0.0.0');
  return placeless(terminal.written);
}

describe('a person', () => {
  it('is told before the run what to watch, and after it what happened and what to try', async () => {
    const text = await seen(tea);

    expect(text).toMatchInlineSnapshot(`
      "Main calls makeTea(), which cooks nothing yet, and then awaits it. Watch what
      happens while the water heats up: the task lets go of the thread, and a timer
      brings it back.

         0.000 s  main        Putting the kettle on.
         0.000 s  main        · lets go of the thread: sleep(2s)
         2.000 s  main        · woken by timer 1
         2.000 s  main        Water boiled. Making tea.

      Main was polled twice. It let go of the thread once, for sleep(2s).
      The thread slept 100 % of 2 s: time for other tasks, if there were any.

      2.000 s on the virtual clock · main alone · 2 polls

      Try next:
        npx async-lessons tea --boil 500ms --trace
          Between which two events does the thread have nothing to do?
        npx async-lessons tea --timeline
          When does main run, and when does it wait?
        npx async-lessons tea --instant
          How can two seconds pass at once?
      The next lesson is recipe: npx async-lessons recipe
      "
    `);
  });

  it('is told what happened in that very run', async () => {
    expect(await seen(tea, { boil: 500 })).toContain('for sleep(500ms).');
    expect(await seen(tea, { boil: 0 })).toContain('main never let go of the thread.');
  });

  it('is told the same of a run that was saved, but for what was about to happen', async () => {
    const file = join(folder, 'tea.jsonl');
    const text = await seen(tea, {}, { save: [file] });
    const terminal = new FakeTerminal({ width: 80 });

    await viewRun(file, {}, terminal, '0.0.0');

    expect(`${tea.before({}).replaceAll('\n', ' ')}`).toContain('cooks nothing yet');
    expect(text.endsWith(placeless(terminal.written))).toBe(true);
    expect(terminal.written).toContain('Main was polled twice.');
    expect(terminal.written).not.toContain('cooks nothing yet');
  });

  it('is told nothing that a terminal could take for a command, whatever a saved run holds', async () => {
    const file = join(folder, 'evil.jsonl');
    await seen(dinner, {}, { save: [file] });
    const evil = '\\u001b[2J\\u009b31m';
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/"(As two tasks:|kettle|sleep\(2s\))"/g, `"${evil}$1"`));
    const terminal = new FakeTerminal({ width: 80 });

    await viewRun(file, {}, terminal, '0.0.0');

    expect(terminal.written).toMatch(/^As two tasks: 3 s$/m);
    expect(unclean(terminal.written)).toEqual([]);
  });

  it('is not told to type again what was typed just now', async () => {
    const typed = ['tea', '--instant', '--trace', '--boil', '500ms'];

    const text = await seen(tea, { boil: 500 }, { typed });

    expect(text).toContain('npx async-lessons tea --instant\n');
    expect(text).not.toContain('npx async-lessons tea --boil 500ms --trace');
  });

  it.each([
    ['tea', '--instant'],
    ['tea', '--speed', '10', '--seed=3', '--no-color'],
  ])('is not told to type the plain command after %s %s', async (...typed) => {
    expect(await seen(tea, {}, { typed })).not.toContain('npx async-lessons tea\n');
  });

  it.each([40, 80, 200])('gets lines of 80 columns at most in a window of %i', async (width) => {
    const told = (await seen(tea, {}, {}, width)).split('\n').filter((line) => !/^ +\d/.test(line));

    expect(Math.max(...told.map((line) => line.length))).toBeLessThanOrEqual(Math.min(width, 80));
  });
});

describe('prose stays away', () => {
  const story = 'Main calls makeTea()';

  it('from a pipe', async () => {
    expect(await seen(tea, {}, {}, 'pipe')).toMatch(/^ +0\.000 s {2}main {8}Putting the kettle on[\s\S]*2 polls\n$/);
  });

  it.each<[string, RunOptions]>([
    ['--quiet', { quiet: true }],
    ['--trace', { trace: true }],
    ['--save -', { save: ['-'] }],
  ])('with %s', async (_, options) => {
    const text = await seen(tea, {}, options);

    expect(text).not.toContain(story);
    expect(text).not.toContain('Main was polled');
    expect(text).not.toContain('Try next');
  });
});

describe.each(lessons)('the card of $name', (lesson) => {
  it('has two or three short sentences before the run', () => {
    const text = lesson.before({}).replaceAll('\n', ' ');

    expect(text.split(/[.?](?: |$)/).filter(Boolean).length).toBeGreaterThanOrEqual(2);
    expect(text.split(/[.?](?: |$)/).filter(Boolean).length).toBeLessThanOrEqual(3);
    expect(text.length).toBeLessThan(300);
  });

  it('is plain ASCII, which every terminal can show', () => {
    const { summary, about, tries, options } = lesson;

    expect(JSON.stringify([summary, about, lesson.before({}), tries, options])).toMatch(/^[ -~]+$/);
  });

  it('asks a question of each command, and has two or three for whoever has run it', () => {
    for (const [command, question] of lesson.tries) expect(question, command).toMatch(/^[A-Z].*\?$/);
    const lines = new Prose({ lesson, typed: [lesson.name] }, { width: 80, unicode: true, folder: '' }).next();
    const commands = lines.map(textOf).filter((line) => line.startsWith('  npx async-lessons '));
    expect(commands.length).toBeGreaterThanOrEqual(2);
    expect(commands.length).toBeLessThanOrEqual(3);
  });

  it('proposes the lesson after it, unless it is the last one', () => {
    const lines = new Prose({ lesson }, { width: 80, unicode: true, folder: '' }).next().map(textOf);
    const following = lessons[lessons.indexOf(lesson) + 1];

    expect(lines.filter((line) => line.includes('The next lesson is')).length).toBe(following === undefined ? 0 : 1);
    if (following !== undefined) expect(lines.at(-1)).toContain(`npx async-lessons ${following.name}`);
  });
});
