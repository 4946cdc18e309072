import { describe, expect, it } from 'vitest';
import { cli, inTerminal, terminalMaker } from '../support/cli.ts';
import { readable, unclean } from '../support/views.ts';

const ESCAPE = '\u001b';
const COLOUR = new RegExp(`${ESCAPE}\\[[0-9;]*m`);
const SPINNER = /[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/;

/** A text without what a line break or an indent may have changed. */
function squeezed(text: string): string {
  return text.replace(/\s+/g, '');
}

describe.concurrent('colour', () => {
  const tea = ['tea', '--instant'];

  it.each([
    ['a pipe', {}, tea],
    ['a pipe and an empty NO_COLOR', { NO_COLOR: '' }, tea],
    ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, tea],
    ['FORCE_COLOR and --no-color', { FORCE_COLOR: '1' }, [...tea, '--no-color']],
    ['FORCE_COLOR and --no-color before the lesson', { FORCE_COLOR: '1' }, ['--no-color', ...tea]],
  ] as const)('is not there with %s', async (_, env, args) => {
    const { code, out } = await cli(args, { env });

    expect(code).toBe(0);
    expect(out).not.toContain(ESCAPE);
  });

  it.each([
    [{ FORCE_COLOR: '1' }, tea],
    [{ FORCE_COLOR: '1' }, ['tea', '--instant', '--trace']],
    [{ FORCE_COLOR: '1' }, ['list']],
    [{ FORCE_COLOR: '3' }, tea],
  ] as const)('is there with %j: %j', async (env, args) => {
    const { out } = await cli(args, { env });

    expect(out).toMatch(COLOUR);
  });

  it('changes no word', async () => {
    const [plain, coloured] = await Promise.all([cli(tea), cli(tea, { env: { FORCE_COLOR: '1' } })]);

    expect(readable(coloured.out)).toBe(plain.out);
  });

  it('is never in what the program alone prints', async () => {
    const { out } = await cli([...tea, '-q'], { env: { FORCE_COLOR: '1' } });

    expect(out).toBe('Putting the kettle on.\nWater boiled. Making tea.\n');
  });
});

describe.concurrent('TERM=dumb', () => {
  it.each([
    [['tea', '--instant']],
    [['channel', '--instant']],
    [['recipe', '--instant']],
    [['dinner', '--instant']],
    [['errors', '--instant']],
    [['select', '--instant', '--trace']],
    [['counter', '--instant', '--tasks', '40']],
    [['list']],
    [['--help']],
  ])('leaves of %j nothing but ASCII', async (args) => {
    const { code, out } = await cli(args, { env: { TERM: 'dumb' } });

    expect(code).toBe(0);
    expect(out).toMatch(/^[\n -~]+$/);
  });
});

describe.concurrent('a pipe', () => {
  it('gets no spinner, no cursor movements, and lines as long as they are', async () => {
    const { out, err } = await cli(['channel', '--messages', '1', '--every', '200ms']);

    expect(unclean(out)).toEqual([]);
    expect(out).not.toMatch(SPINNER);
    expect(err).toBe('');
  });
});

describe
  .runIf(terminalMaker)
  .concurrent('a terminal (skipped only where neither script nor python3 can make one)', () => {
    const tea = ['tea', '--instant'];

    it('shows colours', async () => {
      const { code, out } = await inTerminal(tea);

      expect(code).toBe(0);
      expect(out).toMatch(COLOUR);
    });

    it('shows them with an empty NO_COLOR, which does not count', async () => {
      const { out } = await inTerminal(tea, 100, { env: { NO_COLOR: '' } });

      expect(out).toMatch(COLOUR);
    });

    it.each([
      ['NO_COLOR=1', { NO_COLOR: '1' }, tea],
      ['--no-color', {}, ['--no-color', ...tea]],
      ['TERM=dumb', { TERM: 'dumb' }, tea],
    ] as const)('shows none with %s', async (_, env, args) => {
      const { code, out } = await inTerminal(args, 100, { env });

      expect(code).toBe(0);
      expect(out).not.toMatch(COLOUR);
      expect(out).toContain('Making tea.');
    });

    it('shows none in its spinner with NO_COLOR=1', async () => {
      const { out } = await inTerminal(['tea', '--boil', '300ms'], 100, { env: { NO_COLOR: '1' } });

      expect(out).toMatch(SPINNER);
      expect(out).not.toMatch(COLOUR);
    });

    it('passes the exit code on', async () => {
      const { code } = await inTerminal(['nonsense']);

      expect(code).toBe(2);
    });

    it('shows a spinner while the thread is free, and gives the cursor back', async () => {
      const { out } = await inTerminal(['tea', '--boil', '400ms']);

      expect(out).toMatch(SPINNER);
      expect(readable(out)).toMatch(/the thread is free for 0\.\d s/);
      expect(out.lastIndexOf('\u001b[?25h')).toBeGreaterThan(out.lastIndexOf('\u001b[?25l'));
    });

    it('shows how far a lesson is that takes long, and gives the cursor back', async () => {
      const { code, out } = await inTerminal(['threads', '--threads', '8', '--tasks', '10_000']);

      expect(code).toBe(0);
      expect(out).toMatch(SPINNER);
      expect(readable(out)).toMatch(/[1-8] of 8 threads/);
      expect(out.lastIndexOf('\u001b[?25h')).toBeGreaterThan(out.lastIndexOf('\u001b[?25l'));
    });

    it('stops its spinner as well where nobody observes the run', async () => {
      const { code, out } = await inTerminal(['chat', '--port', '0', '--bots', '110']);

      expect(code).toBe(0);
      expect(readable(out)).toMatch(/\d+ of 110 bots/);
      expect(out.lastIndexOf('\u001b[?25h')).toBeGreaterThan(out.lastIndexOf('\u001b[?25l'));
      expect(readable(out)).toMatch(/nobody observed the run[\s\S]*Try next:/);
    });

    it.each([
      ['with -q', ['tea', '--boil', '300ms', '-q'], {}],
      ['with --instant', tea, {}],
      ['with CI', ['tea', '--boil', '300ms'], { CI: 'true' }],
      ['with TERM=dumb', ['tea', '--boil', '300ms'], { TERM: 'dumb' }],
      ['for a wait too short to see', ['tea', '--boil', '10ms'], {}],
    ] as const)('shows no spinner %s', async (_, args, env) => {
      const { code, out } = await inTerminal(args, 100, { env });

      expect(code).toBe(0);
      expect(out).not.toMatch(SPINNER);
      expect(out).not.toContain('\u001b[?25l');
    });

    it.each([
      [['tea', '--instant'], 40],
      [['channel', '--instant'], 40],
      [['channel', '--instant'], 60],
      [['dinner', '--instant'], 100],
      [['errors', '--instant'], 60],
      [['select', '--instant'], 40],
      [['select', '--instant'], 80],
      [['select', '--instant', '--trace'], 40],
      [['counter', '--instant', '--trace', '--tasks', '3'], 40],
      [['list'], 40],
      [['show', 'server'], 40],
      [['show', 'server'], 80],
    ] as const)('shows %j in a window of %i columns, and loses nothing', async (args, columns) => {
      const [{ code, out }, piped] = await Promise.all([inTerminal(args, columns), cli(args)]);

      const lines = readable(out).split('\n');
      expect(code).toBe(0);
      expect(lines.filter((line) => line.length > columns)).toEqual([]);
      const numbered = args[0] === 'show' ? /^ {0,2}\d+(?: {2}|$)/gm : /(?!)/;
      const shown = squeezed(readable(out).replace(numbered, ''));
      // Between the story and its figures a person gets some prose.
      for (const block of piped.out.split('\n\n')) expect(shown).toContain(squeezed(block));
    });

    it('shows a program with the line numbers that the log speaks of', async () => {
      const { out } = await inTerminal(['show', 'tea'], 120);

      expect(readable(out)).toMatch(/^15 {4}yield\* sleep\(boil\);$/m);
    });
  });
