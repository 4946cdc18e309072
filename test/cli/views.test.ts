import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Async, Runtime, type RuntimeEvent, spawn } from 'async-lessons';
import { afterAll, describe, expect, it } from 'vitest';
import { jsonlLines, readJsonl } from '../../src/trace/files/jsonl.ts';
import { Recorder } from '../../src/trace/recorder.ts';
import { cli, shell, start } from '../support/cli.ts';
import { SelfWaking } from '../support/self-waking.ts';

const folder = mkdtempSync(join(tmpdir(), 'async-lessons-views-'));

afterAll(() => rmSync(folder, { recursive: true }));

let names = 0;

/** A name that nobody has used in this folder. */
function fresh(ending: string): string {
  return join(folder, `run-${names++}${ending}`);
}

/** A saved run of a task that does little but wake itself. */
async function restlessRun(): Promise<string> {
  const recorder = new Recorder();
  const observer = (event: RuntimeEvent) => recorder.fold(event);
  function* main(): Async<void> {
    yield* spawn(new SelfWaking(50), { name: 'restless' });
  }
  await new Runtime({ clock: 'virtual', seed: 1, observer }).blockOn(main());
  const path = fresh('.jsonl');
  writeFileSync(path, [...jsonlLines(recorder, { package: '0.0.0', lesson: null })].join(''));
  return path;
}

describe.concurrent('views of a run', () => {
  it('--why says of each poll why it happened', async () => {
    const { code, out, err } = await cli(['channel', '--instant', '--why']);

    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('main is polled because producer put a message into channel 1 at channel.ts:');
  });

  it('--why shows which functions await each other, below the line that tells of the wait', async () => {
    const { out } = await cli(['tea', '--instant', '--why']);

    expect(out).toMatch(
      /lets go of the thread: [^\n]+\n +at makeTea \(tea\.ts:\d+:\d+\)\n +at main \(tea\.ts:\d+:\d+\)\n/,
    );
    expect((await cli(['tea', '--instant'])).out).not.toContain('at makeTea');
  });

  it('--why shows no stacks of tasks that the story does not tell of', async () => {
    const { out } = await cli(['counter', '--tasks', '40', '--instant', '--why']);

    const stacks = out.split('\n').filter((line) => /^ +at /.test(line));
    expect(stacks.map((line) => line.trim().split(' ')[1])).toEqual(['addOne', 'addOneLocked']);
  });

  it('--why ends with how main came to its last poll, if that is more than a sentence', async () => {
    const [channel, tea] = await Promise.all([
      cli(['channel', '--instant', '--why']),
      cli(['tea', '--instant', '--why']),
    ]);

    expect(channel.out).toMatch(
      /\n\nHow main came to its last poll:\n.*producer dropped the last sender.*\n.*timer 5.*\n$/,
    );
    expect(tea.out).not.toContain('came to its last poll');
  });

  it('--why-chain follows the causes of a poll, beside the story or the log', async () => {
    for (const option of ['--instant', '--trace']) {
      const { code, out, err } = await cli(['channel', '--instant', option, '--why-chain', 'main#3']);

      expect([code, err]).toEqual([0, '']);
      expect(out).toMatch(/\n\nHow main came to poll 3:\n.*producer put a message.*\n.*timer 1.*\n$/);
      expect(out).not.toContain('because the run begins');
    }
  });

  it('--why-chain of what there was not is an error that says what there was', async () => {
    const { code, out, err } = await cli(['tea', '--instant', '--why-chain', 'kettle']);

    expect([code, err]).toEqual([2, '--why-chain kettle: there was no such task. There were: main.\n']);
    expect(out).toContain('Water boiled.');
  });

  it('--timeline draws a lane for each task', async () => {
    const { code, out } = await cli(['channel', '--instant', '--timeline']);

    expect(code).toBe(0);
    expect(out).toMatch(/^main {2,}█/m);
    expect(out).toMatch(/^producer {2,}▒/m);
  });

  it('--timeline draws it in ASCII where that is all there is', async () => {
    const { out } = await cli(['tea', '--instant', '--timeline'], { env: { TERM: 'dumb' } });

    expect(out).toMatch(/^[\n\x20-\x7e]*$/);
    expect(out).toContain('sleep(2s)');
  });

  it('--stats counts polls and wakes of each task', async () => {
    const { code, out } = await cli(['tea', '--instant', '--stats']);

    expect(code).toBe(0);
    expect(out).toMatch(/^ID +State +Name/m);
    expect(out).toMatch(/^ *0 +DONE +main/m);
  });

  it.each([
    [['--quiet', '--why'], '--quiet and --why exclude each other'],
    [['--quiet', '--stats'], '--quiet and --stats exclude each other'],
    [['--quiet', '--why-chain', 'main'], '--quiet and --why-chain exclude each other'],
    [['--save', '-', '--why-chain', 'main'], '--save - and --why-chain exclude each other'],
    [['--trace', '--why'], '--trace and --why exclude each other'],
    [['--save', '-', '--trace'], '--save - and --trace exclude each other'],
  ])('%s is refused', async (options, why) => {
    const { code, out, err } = await cli(['tea', '--instant', ...options]);

    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(why);
  });
});

describe.concurrent('--save', () => {
  it('keeps a run, and view shows it as it was: story, log, timeline, figures', async () => {
    const file = fresh('.jsonl');
    const told = await cli(['channel', '--instant', '--save', file]);

    expect(told.code).toBe(0);
    for (const options of [
      [],
      ['--trace'],
      ['--quiet'],
      ['--timeline', '--stats', '--why'],
      ['--why-chain', 'producer#4'],
    ]) {
      const [now, later] = await Promise.all([
        cli(['channel', '--instant', ...options]),
        cli(['view', file, ...options]),
      ]);
      expect(later).toEqual(now);
    }
  });

  it('writes several files of one run, each of its kind', async () => {
    const files = ['.jsonl', '.trace.json', '.svg', '.html'].map(fresh);

    const { code } = await cli(['tea', '--instant', ...files.flatMap((file) => ['--save', file])]);

    expect(code).toBe(0);
    const [jsonl = '', chrome = '', svg = '', html = ''] = files.map((file) => readFileSync(file, 'utf8'));
    expect(readJsonl(jsonl).warnings).toEqual([]);
    expect(JSON.parse(chrome).traceEvents.length).toBeGreaterThan(0);
    expect(svg).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
    expect(html).toMatch(/^<!doctype html>[\s\S]*<\/html>\s*$/);
  });

  it('makes a page of a small run that is no larger than a picture', async () => {
    const file = fresh('.html');

    await cli(['tea', '--instant', '--save', file]);

    // What docs/page.md says.
    expect(statSync(file).size).toBeLessThan(120_000);
  });

  it('makes the same page of a run as of the file that keeps it', async () => {
    const [now, kept, later] = ['.html', '.jsonl', '.html'].map(fresh) as [string, string, string];
    await cli(['channel', '--instant', '--save', now, '--save', kept]);

    const { code } = await cli(['view', kept, '--save', later]);

    expect(code).toBe(0);
    expect(readFileSync(later, 'utf8')).toBe(readFileSync(now, 'utf8'));
  });

  it('leaves the page that was there as it was, if the run cannot be read', async () => {
    const [page, broken] = ['.html', '.jsonl'].map(fresh) as [string, string];
    writeFileSync(page, 'precious');
    writeFileSync(broken, 'no trace');

    expect((await cli(['view', broken, '--save', page])).code).toBe(1);
    expect(readFileSync(page, 'utf8')).toBe('precious');
  });

  it('writes lines of JSON and nothing else to stdout, for -', async () => {
    const { code, out } = await cli(['tea', '--instant', '--save', '-']);

    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as object).length).toBeGreaterThan(5);
    const { out: story } = await shell('$CLI tea --instant --save - | $CLI view -');
    expect(story).toBe((await cli(['tea', '--instant'])).out);
  });

  it('goes with --quiet', async () => {
    const file = fresh('.jsonl');

    const { out } = await cli(['tea', '--instant', '--quiet', '--save', file]);

    expect(out).toBe((await cli(['tea', '--instant', '--quiet'])).out);
    expect(readJsonl(readFileSync(file, 'utf8')).events.length).toBeGreaterThan(5);
  });

  it('writes what the lints have found, of a run that goes on and of a saved one', async () => {
    const [now, later] = [fresh('.findings.json'), fresh('.findings.json')];
    const run = await restlessRun();

    const ended = await cli(['view', run, '--quiet', '--save', later]);
    await cli(['tea', '--instant', '--save', now]);

    // A file was asked for, not a word on stderr, nor an exit code.
    expect([ended.code, ended.err]).toEqual([0, '']);
    const found = JSON.parse(readFileSync(later, 'utf8'));
    expect(found).toMatchObject({ format: 'async-lessons-findings', version: 1, lesson: null, outcome: 'returned' });
    expect(found.findings).toMatchObject([{ lint: 'self-wakes', task: { name: 'restless' }, resource: null }]);
    const { code, err } = await cli(['view', run, '--trace', '--check', '--save', later]);
    expect(code).toBe(4);
    expect(err).toContain(found.findings[0].text.replace(/\.$/, ''));
    expect(JSON.parse(readFileSync(now, 'utf8'))).toMatchObject({ lesson: 'tea', findings: [], lints: found.lints });
    expect(found.lints.map(({ name }: { name: string }) => name)).toContain('self-wakes');
  });

  it('keeps also a run that was stopped', async () => {
    const file = fresh('.jsonl');

    const running = start(['tea', '--boil', '60s', '--save', file]);
    await running.prints(/kettle/);
    running.signal('SIGINT');
    expect((await running.ended).code).toBe(130);

    const { events } = readJsonl(readFileSync(file, 'utf8'));
    expect(events.at(-1)).toMatchObject({ kind: 'runtime.finished', outcome: 'stopped' });
  });

  it('says before the lesson starts that a file cannot be written', async () => {
    const ended = await cli(['tea', '--instant', '--save', join(folder, 'no/such/run.jsonl')]);

    expect([ended.code, ended.out]).toEqual([1, '']);
    expect(ended.err).toMatch(/^cannot write .*run\.jsonl: there is no folder .*\n$/);
  });

  it.each(['run.txt', 'run', 'jsonl', 'findings.json'])('does not know what %s is to be', async (name) => {
    const { code, out, err } = await cli(['tea', '--instant', '--save', join(folder, name)]);

    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(
      'Give a file that ends in .jsonl, .trace.json, .svg, .html, .findings.json; or - for stdout.',
    );
    expect(readdirSync(folder)).not.toContain(name);
  });
});

describe.concurrent('view', () => {
  it.each([
    ['no such file', fresh('.jsonl'), undefined, 'there is no such file'],
    ['a folder', folder, undefined, 'it is a folder'],
    ['something else', fresh('.jsonl'), 'a letter\nto somebody\n', 'this is not a trace'],
    ['nothing', fresh('.jsonl'), '', 'trace'],
  ])('says in a sentence that it was given %s', async (_, path, text, why) => {
    if (text !== undefined) writeFileSync(path, text);

    const { code, out, err } = await cli(['view', path]);

    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(why);
    expect(err.trimEnd().split('\n').length).toBe(1);
  });

  it('lets nothing that a file holds reach the terminal as a command', async () => {
    const file = fresh('.jsonl');
    await cli(['tea', '--instant', '--save', file]);
    const evil = '\\u001b[2J\\u009b31m';
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replaceAll('Putting the kettle on.', evil).replaceAll('"main"', `"${evil}"`),
    );

    for (const options of [[], ['--trace'], ['--timeline', '--stats', '--why'], ['--quiet']]) {
      const { out, err } = await cli(['view', file, ...options]);
      expect([...(out + err)].filter(isControl)).toEqual([]);
    }
  });
});

describe.concurrent('lints', () => {
  it('are told at the end of a story, and how to hear more', async () => {
    const { code, out } = await cli(['view', await restlessRun()]);

    expect(code).toBe(0);
    expect(out).toMatch(/self-wakes: restless/);
    expect(out).toContain('async-lessons explain self-wakes');
  });

  it('make the exit code, with --check', async () => {
    const file = await restlessRun();

    expect((await cli(['view', file, '--check'])).code).toBe(4);
    expect((await cli(['tea', '--instant', '--check'])).code).toBe(0);
  });

  it('are told on stderr where stdout belongs to the program or the log', async () => {
    const file = await restlessRun();

    for (const option of ['--quiet', '--trace']) {
      const { code, out, err } = await cli(['view', file, option, '--check']);
      expect(code).toBe(4);
      expect(err).toContain('self-wakes: restless');
      expect(out).not.toContain('self-wakes');
    }
  });

  it('have a page each', async () => {
    const { out: list } = await cli(['explain']);
    const all = list
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0] ?? '');

    expect(all).toContain('self-wakes');
    for (const name of all) {
      const { code, out } = await cli(['explain', name]);
      expect(code).toBe(0);
      expect(out).toContain(name);
    }
  });

  it('are named where somebody asks for one that there is not', async () => {
    const { code, out, err } = await cli(['explain', 'self-wake']);

    expect([code, out]).toEqual([2, '']);
    expect(err).toContain("there is no page 'self-wake'");
    expect(err).toContain('self-wakes');
  });
});

/** Would a terminal take it for a command? */
function isControl(character: string): boolean {
  const code = character.charCodeAt(0);
  return (code < 32 && character !== '\n') || (code >= 127 && code < 160);
}
