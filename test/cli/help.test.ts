import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lessons } from '../../src/examples/index.ts';
import { cli } from '../support/cli.ts';
import { unclean } from '../support/views.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const NAMES = lessons.map(({ name }) => name);
const COMMANDS = [...NAMES, 'list', 'show', 'run', 'view', 'explain'];

describe.concurrent('the list', () => {
  it.each([[[]], [['list']], [['--no-color']]])('is what %j prints', async (args) => {
    const { code, out, err } = await cli(args);

    expect([code, err]).toEqual([0, '']);
    expect(out).toBe((await cli(['list'])).out);
  });

  it('has a line for each lesson, in the order of the article', async () => {
    const { out } = await cli([]);

    const lines = out.split('\n').flatMap((line) => /^ +\d+ {2}(\w+) +\S/.exec(line)?.[1] ?? []);
    expect(lines).toEqual(NAMES);
  });

  it('says what to type first', async () => {
    const { out } = await cli([]);

    expect(out).toMatch(/^ +npx async-lessons tea +# start here$/m);
  });

  it('fits into 80 columns', async () => {
    const { out } = await cli([]);

    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});

describe.concurrent('help', () => {
  it.each([['--help'], ['-h'], ['help']])('of everything is what %s prints', async (flag) => {
    const { code, out, err } = await cli([flag]);

    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Usage: async-lessons /m);
    for (const name of COMMANDS) expect(out).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
  });

  it.each(COMMANDS)('of %s is the same by --help, by -h and by `help`', async (name) => {
    const [flag, short, command] = await Promise.all([cli([name, '--help']), cli([name, '-h']), cli(['help', name])]);

    expect([flag.code, flag.err]).toEqual([0, '']);
    expect(flag.out).toContain(`Usage: async-lessons ${name}`);
    expect(short).toEqual(flag);
    expect(command).toEqual(flag);
  });

  it.each(['', ...COMMANDS])('of `%s` has examples to copy, and the exit codes', async (name) => {
    const { out } = await cli([...(name === '' ? [] : [name]), '--help']);

    expect(out).toMatch(/^Examples:\n(?: {2}.*\n)* {2}\$ npx async-lessons \S/m);
    expect(out).toMatch(/^Exit codes:\n +0 {2}[\s\S]* 1 {2}[\s\S]* 2 {2}[\s\S]* 3 {2}[\s\S]* 130 .*143/m);
  });

  it.each(['', ...COMMANDS])('of `%s` fits into 80 columns', async (name) => {
    const { out } = await cli([...(name === '' ? [] : [name]), '--help']);

    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it.each(lessons)('of $name describes every option, and its default', async ({ name, options }) => {
    const { out } = await cli([name, '--help']);

    for (const [option, { kind, standard }] of Object.entries(options)) {
      const described = new RegExp(`--${kind === 'off' ? 'no-' : ''}${option}\\b[\\s\\S]*?(?=\\n +-|\\n\\n)`).exec(out);
      expect(described, option).not.toBeNull();
      if (standard !== undefined) expect(described?.[0].replace(/\s+/g, ' ')).toContain(`(default: ${standard})`);
    }
  });

  it('wanted of a command that there is not hints at what there is', async () => {
    const { code, out, err } = await cli(['chanel', '--help']);

    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^unknown command 'chanel'\n\(Did you mean channel\?\)\n/);
  });

  it('of nothing that there is says so, and hints at what there is', async () => {
    const { code, out, err } = await cli(['help', 'chanel']);

    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^unknown command 'chanel'\n\(Did you mean channel\?\)\n/);
  });

  it.each(lessons.flatMap(({ name, tries, onlyReal }) => tries.map(([command]) => ({ name, command, onlyReal }))))(
    'of $name gives examples that run: $command',
    async ({ name, command, onlyReal }) => {
      const args = command.split(' ');
      if (name === 'server') args.push('--port', '0', '--clients', '1');
      else if (name === 'chat') args.push('--port', '0', '--bots', '2');
      else if (args.includes('--broken')) args.push('--speed', '20');
      else if (onlyReal === undefined && !args.includes('--instant')) args.push('--instant');

      const { code, err } = await cli(args);

      expect({ code, err }).toEqual({ code: 0, err: '' });
    },
  );
});

describe.concurrent('the version', () => {
  it.each(['--version', '-V'])('is what %s prints, and nothing else', async (flag) => {
    expect(await cli([flag])).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });
});

describe.concurrent('a slip of the finger', () => {
  it.each([
    [['chanel'], 'channel'],
    [['chanel', '--instant', '-q'], 'channel'],
    [['Tea'], 'tea'],
    [['contuer'], 'counter'],
    [['tea', '--boli', '1'], '--boil'],
    [['tea', '--instnat'], '--instant'],
  ])('%j gets a hand, and runs nothing', async (args, meant) => {
    const { code, out, err } = await cli(args);

    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`(Did you mean ${meant}?)`);
  });

  it.each([
    [['nonsense'], /^unknown command 'nonsense'\n/],
    [['tea', 'extra'], /^too many arguments for 'tea'/],
    [['list', 'extra'], /^too many arguments for 'list'/],
    [['tea', '--nonsense'], /^unknown option '--nonsense'\n/],
    [['channel', '--boil', '1'], /^unknown option '--boil'\n/],
    [['show'], /^missing required argument 'lesson'\n/],
    [['show', 'nonsense'], new RegExp(NAMES.join(', '))],
    [['tea', '--boil'], /^option '--boil <duration>' argument missing\n/],
  ])('%j is told in a sentence, and where help is', async (args, sentence) => {
    const { code, out, err } = await cli(args);

    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(sentence);
    expect(err).toMatch(/\(--help shows what there is\)\n$/);
    expect(err.split('\n').length).toBeLessThanOrEqual(4);
  });

  it('that has escape sequences in it does nothing to the terminal', async () => {
    const { code, err } = await cli(['\u001b[2Jevil\u0007']);

    expect(code).toBe(2);
    expect(unclean(err)).toEqual([]);
  });
});
