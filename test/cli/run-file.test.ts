import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { PackedRun } from '../../src/trace/html/packed.ts';
import { cli, start } from '../support/cli.ts';
import { carriedBy } from '../support/pages.ts';

// Node names files as they are, behind all links.
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'async-lessons-run-')));

afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;

/** A folder of its own, with nothing but these files. */
function files(contents: Readonly<Record<string, string>>): string {
  const cwd = join(folder, `${count++}`);
  for (const [path, text] of Object.entries(contents)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  return cwd;
}

/** Runs a program that is alone in its folder. */
function run(text: string, options: readonly string[] = [], name = 'mine.js') {
  return cli(['run', name, ...options], { cwd: files({ [name]: text }) });
}

const NAP = `import { println, sleep } from 'async-lessons';

function* nap(ms) {
  yield* sleep(ms);
}

export function* main() {
  println('Good night.');
  yield* nap(5);
}
`;

const STUCK = `import { Notify } from 'async-lessons';
export function* main() {
  yield* new Notify().notified();
}
`;

const TYPED = `import { type Async, sleep } from 'async-lessons';
export function* main(): Async<void> {
  const ms: number = 5;
  yield* sleep(ms);
}
`;

const { typescript } = process.features as { typescript?: string | false };
const canUse = Number(process.versions.node.split('.')[0]) >= 24;

describe.concurrent('a program of somebody’s own', () => {
  it('is shown as a lesson is, with places from where one stands', async () => {
    const cwd = files({ 'src/mine.js': NAP });
    const [near, far] = await Promise.all([
      cli(['run', 'src/mine.js', '--instant'], { cwd }),
      cli(['run', 'mine.js', '--instant'], { cwd: join(cwd, 'src') }),
    ]);

    expect(near).toEqual({
      code: 0,
      err: '',
      out: `   0.000 s  main        Good night.
   0.000 s  main        · lets go of the thread: sleep(5ms) at src/mine.js:4
   0.005 s  main        · woken by timer 1

0.005 s on the virtual clock · main alone · 2 polls
`,
    });
    expect(far.out).toBe(near.out.replace('src/mine.js', 'mine.js'));
  });

  it('has all views and files', async () => {
    const cwd = files({ 'mine.js': NAP });
    const all = ['--instant', '--why', '--timeline', '--stats', '--check', '--why-chain', 'main#1'];
    const saved = ['--save', 'run.jsonl', '--save', 'run.svg', '--save', 'run.findings.json'];
    const { code, out, err } = await cli(['run', 'mine.js', ...all, ...saved], { cwd });

    expect([code, err]).toEqual([0, '']);
    for (const part of ['at nap (mine.js:4:', 'How main came to poll 1:', 'running', 'Polls'])
      expect(out).toContain(part);
    expect(JSON.parse(readFileSync(join(cwd, 'run.jsonl'), 'utf8').split('\n')[0] ?? '')).toMatchObject({
      lesson: null,
    });
    expect((await cli(['view', 'run.jsonl', '--trace'], { cwd })).out).toBe(
      (await run(NAP, ['--instant', '--trace'])).out,
    );
  });

  it('is a page of its own name, which carries its sources from wherever it is run', async () => {
    const cwd = files({
      'here/nothing.js': '',
      'there/mine.js': NAP.replace('function* nap', "import { nap } from './parts/nap.js';\nfunction* unused"),
      'there/parts/nap.js': "import { doze } from '../../beside/doze.js';\nexport function* nap() { yield* doze(); }\n",
      'beside/doze.js': "import { sleep } from 'async-lessons';\nexport function* doze() { yield* sleep(1); }\n",
    });
    const here = join(cwd, 'here');
    const { code, err } = await cli(
      ['run', '../there/mine.js', '--instant', '--save', 'run.html', '--save', 'run.jsonl', '--save', 'run.svg'],
      { cwd: here },
    );
    const { code: viewed } = await cli(['view', 'run.jsonl', '--save', 'later.html'], { cwd: here });
    const [now, later] = ['run.html', 'later.html'].map((name) => carriedBy(readFileSync(join(here, name), 'utf8')));

    expect([code, err, viewed]).toEqual([0, '', 0]);
    expect(now?.title).toBe('mine.js · async-lessons');
    expect(readFileSync(join(here, 'run.svg'), 'utf8')).toContain('>mine.js · async-lessons<');
    const has = (page: PackedRun | undefined) =>
      Object.fromEntries(
        page?.files.map(({ name, text, missing }) => [name.slice(cwd.length), missing ?? typeof text]) ?? [],
      );
    expect(has(now)).toEqual({
      '/there/mine.js': 'string',
      '/there/parts/nap.js': 'string',
      '/beside/doze.js': 'elsewhere',
    });
    // Whoever looks at it later may have it from somebody else: what it names is not read.
    expect(later?.title).toBe('run.jsonl · async-lessons');
    expect(new Set(Object.values(has(later)))).toEqual(new Set(['elsewhere']));
    expect(Object.keys(has(later))).toEqual(Object.keys(has(now)));
  });

  it('has its sources in its page when it has gone to another folder meanwhile', async () => {
    const cwd = files({ 'mine.js': `${NAP}process.chdir('/');\n` });
    const { code } = await cli(['run', 'mine.js', '--instant', '--save', join(cwd, 'run.html')], { cwd });

    expect(code).toBe(0);
    const [file] = carriedBy(readFileSync(join(cwd, 'run.html'), 'utf8')).files;
    expect(file).toMatchObject({ name: 'mine.js', missing: null });
  });

  it('says in its file of findings what has kept it from going on', async () => {
    const cwd = files({ 'mine.js': STUCK });
    const { code } = await cli(
      ['run', 'mine.js', '--instant', '-q', '--save', 'run.jsonl', '--save', 'run.findings.json'],
      {
        cwd,
      },
    );
    await cli(['view', 'run.jsonl', '-q', '--save', 'later.findings.json'], { cwd });

    const [now, later] = ['run', 'later'].map((name) => readFileSync(join(cwd, `${name}.findings.json`), 'utf8'));
    expect(code).toBe(3);
    expect(JSON.parse(now ?? '')).toMatchObject({ outcome: 'stuck', diagnoses: [{ location: { line: 3 } }] });
    expect(later).toBe(now);
  });

  it('writes its files where it was started, wherever the program goes', async () => {
    const cwd = files({
      'mine.js': NAP.replace("println('Good night.');", "process.chdir('elsewhere');"),
      'elsewhere/x': '',
    });
    const { code, err } = await cli(['run', 'mine.js', '--instant', '-q', '--save', 'run.jsonl'], { cwd });

    expect([code, err]).toEqual([0, '']);
    expect(readdirSync(cwd)).toContain('run.jsonl');
    expect(readdirSync(join(cwd, 'elsewhere'))).toEqual(['x']);
  });

  it('may be the default export, and have arguments', async () => {
    const text = `export default function* () { console.log(process.argv.slice(1).join(' ')); }`;
    const { out } = await run(text, ['-q', '--', 'a', '--trace']);

    expect(out).toMatch(/^\/.*\/mine\.js a --trace\n$/);
  });

  it('ends with the exit codes of lessons', async () => {
    const throws = NAP.replace('sleep(ms)', 'sleep(ms); null.tea');
    const [stuck, failed] = await Promise.all([run(STUCK, ['--instant']), run(throws, ['--instant'])]);

    expect(stuck.code).toBe(3);
    expect(stuck.err).toContain('mine.js:3');
    expect([failed.code, failed.err]).toEqual([
      1,
      "The program failed at mine.js:4: Cannot read properties of null (reading 'tea')\n",
    ]);
  });

  it('is ended with Ctrl-C', async () => {
    const cwd = files({ 'mine.js': NAP.replace('nap(5)', 'nap(60_000)') });
    const running = start(['run', 'mine.js'], { cwd });
    await running.prints(/lets go/);
    running.signal('SIGINT');

    const { code, out } = await running.ended;
    expect(code).toBe(130);
    expect(out).toContain('Stopped.');
  });

  it('can be the one that the README shows: it hangs, and hears why', async () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const [, text = '', told = ''] =
      /```js\n(\/\/ mine\.js\n[\s\S]*?)```[\s\S]*?```text\n([\s\S]*?)```/.exec(readme) ?? [];
    const { code, err } = await run(text, ['--instant']);

    expect(code).toBe(3);
    expect(told).toMatch(/^▲ lock-cycle: /);
    expect(err).toContain(told);
  });
});

describe.concurrent('what else such a program writes', () => {
  const CHATTY = `import { println, sleep } from 'async-lessons';
export function* main() {
  println('one');
  console.log('two');
  println('three');
  yield* sleep(1);
  process.stdout.write('four\\n');
}
`;

  it('comes out in its order', async () => {
    const [quiet, story] = await Promise.all([run(CHATTY, ['-q']), run(CHATTY, ['--instant'])]);

    expect(quiet.out).toBe('one\ntwo\nthree\nfour\n');
    expect(story.out.replace(/^.{24}(?=one|three)/gm, '')).toMatch(/^one\ntwo\nthree\n.*lets go.*\n.*woken.*\nfour\n/);
  });

  it('is not in the middle of a file on stdout', async () => {
    const { out, err } = await run(CHATTY, ['--instant', '--save', '-']);

    for (const line of out.trimEnd().split('\n')) expect(JSON.parse(line)).toBeTypeOf('object');
    expect(err).toBe('two\nfour\n');
  });

  it('is not all if it leaves in the middle: what was told is told', async () => {
    const { code, out } = await run(CHATTY.replace("println('three')", 'process.exit(7)'));

    expect(code).toBe(7);
    expect(out).toMatch(/one\ntwo\n$/);
  });
});

describe.concurrent('its imports', () => {
  const TWO = { 'mine.js': `import { nap } from './nap.js';\nexport function* main() { yield* nap(); }\n` };
  const nap = `import { sleep } from 'async-lessons';\nexport function* nap() { yield* sleep(5); }\n`;

  it('of async-lessons are this very package, also where another copy is installed', async () => {
    const cwd = files({
      ...TWO,
      'nap.js': nap,
      'node_modules/async-lessons/package.json': '{ "name": "async-lessons", "exports": "./index.js" }',
      'node_modules/async-lessons/index.js': 'throw new Error("the other copy")',
    });
    const { code, out, err } = await cli(['run', 'mine.js', '--instant'], { cwd });

    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('sleep(5ms) at nap.js:2');
  });

  it.each(['{}', '{ "type": "commonjs" }', '{ "type": "module" }'])('are those of a module beside %s', async (text) => {
    const cwd = files({ ...TWO, 'nap.js': nap, 'package.json': text });

    expect(await cli(['run', 'mine.js', '--instant', '-q'], { cwd })).toEqual({ code: 0, out: '', err: '' });
  });

  it('may be of old modules', async () => {
    const cwd = files({
      'mine.js': `import old from './old.js';\nexport function* main() { console.log(old); }\n`,
      'old.js': '// import and export are words here\nmodule.exports = 42;\n',
    });

    expect(await cli(['run', 'mine.js', '-q'], { cwd })).toEqual({ code: 0, out: '42\n', err: '' });
  });

  it('that lead nowhere are told in a sentence', async () => {
    const { code, err } = await run(`import './nowhere.js';\n${NAP}`);

    expect(code).toBe(1);
    expect(err).toMatch(/^mine\.js cannot be loaded: Cannot find module '.*nowhere\.js' imported from .*mine\.js\.\n$/);
  });

  it('of names that there are not are told in a sentence', async () => {
    const { err } = await run(NAP.replace('sleep }', 'slep as sleep }'));

    expect(err).toBe("mine.js:1: the requested module 'async-lessons' does not provide an export named 'slep'.\n");
  });
});

describe.concurrent('source maps', () => {
  it('are honoured', async () => {
    // Line 2 of what runs was line 6 of tea.ts.
    const map = { version: 3, sources: ['tea.ts'], names: [], mappings: 'AAAA;AAKA' };
    const cwd = files({
      'mine.js': `import { sleep } from 'async-lessons';\nexport function* main() { yield* sleep(5); }\n//# sourceMappingURL=mine.js.map\n`,
      'mine.js.map': JSON.stringify(map),
    });

    expect((await cli(['run', 'mine.js', '--instant'], { cwd })).out).toContain('sleep(5ms) at tea.ts:6');
  });
});

describe.concurrent('TypeScript', () => {
  it.each(['mine.ts', 'mine.mts'])('%s runs where Node takes the types out, and is refused elsewhere', async (name) => {
    const { code, out, err } = await run(TYPED, ['--instant'], name);

    if (typescript) {
      expect([code, err]).toEqual([0, '']);
      expect(out).toContain(`sleep(5ms) at ${name}:4`);
    } else {
      expect([code, out]).toEqual([1, '']);
      expect(err).toBe(
        `${name} is TypeScript, which Node runs from 22.18, 23.6 or 24 on, and this is ${process.version}: use a later Node, or compile it to JavaScript first.\n`,
      );
    }
  });

  it('that would have to be translated is told in a sentence', async () => {
    const { code, err } = await run(`enum Tea { Green }\n${TYPED}`, [], 'mine.ts');

    expect(code).toBe(1);
    expect(err).toMatch(
      typescript ? /^mine\.ts:1 has a syntax error: .*enum.* translates nothing\.\n$/ : /^mine\.ts is Type/,
    );
  });
});

describe.concurrent('what cannot be run is told in one sentence', () => {
  it.each([
    ['a file that is not there', 'other.js', 'there is no file other.js.'],
    ['a folder', '.', '. is a folder: give the file of the program.'],
    [
      'something else',
      'mine.txt',
      'mine.txt is no program that can be run here: give a file that ends in .js, .mjs, .ts or .mts.',
    ],
  ])('%s', async (_, path, why) => {
    const cwd = files({ 'mine.txt': 'tea' });

    expect(await cli(['run', path], { cwd })).toEqual({ code: 1, out: '', err: `${why}\n` });
  });

  it.each([
    ['no main', 'export const tea = 1;', 'mine.js exports no main: write `export function* main() { … }`.'],
    [
      'a main that is no function',
      'export const main = 1;',
      'what mine.js exports as main is no function: write `export function* main() { … }`.',
    ],
    [
      'a main that answers no future',
      'export function main() {}',
      'main of mine.js is no async function: write `export function* main() { … }`.',
    ],
    [
      'an async function of JavaScript',
      'export async function main() { throw new Error("unheard"); }',
      'main of mine.js is an async function of JavaScript, which nobody can look into: write `export function* main() { … }`, and `yield*` for `await`.',
    ],
    [
      'a main that throws at once',
      'export const main = () => { throw new Error("too soon"); };',
      'main of mine.js threw at mine.js:1 before there was a future to run: too soon',
    ],
    [
      'a program that throws while it is loaded',
      '\nthrow new TypeError("no water\\nat all");\nexport function* main() {}',
      'mine.js threw while it was loaded at mine.js:2: no water',
    ],
    [
      'a program that throws something odd',
      'throw { toString() { throw 1; } };',
      'mine.js threw while it was loaded: [object Object]',
    ],
    [
      'a program that parses something wrong while it is loaded',
      'JSON.parse("tea");',
      /^mine\.js threw while it was loaded at mine\.js:1: .*JSON/,
    ],
    [
      'a program that is never loaded',
      'await new Promise(() => {});',
      'mine.js cannot be loaded: it awaits something that never comes, outside of all functions.',
    ],
    [
      'a syntax error',
      '\nexport function* main() {\n  yield* sleep(1;\n}',
      'mine.js:3 has a syntax error: missing ) after argument list.',
    ],
    [
      'await instead of yield*',
      'export function* main() {\n  await 1;\n}',
      'mine.js:2 has a syntax error: Unexpected reserved word. An async function is a plain `function*` here: write `yield*` instead of `await`.',
    ],
  ])('%s', async (_, text, why) => {
    const { code, out, err } = await run(text);

    expect([code, out]).toEqual([1, '']);
    if (typeof why === 'string') expect(err).toBe(`${why}\n`);
    else expect(err).toMatch(why);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  it('a syntax error in a file beside it', async () => {
    const cwd = files({ 'mine.js': `import { a } from './a.js';\n${NAP}`, 'a.js': 'export const a = ;\n' });

    expect((await cli(['run', 'mine.js'], { cwd })).err).toBe("a.js:1 has a syntax error: Unexpected token ';'.\n");
  });

  it('`using`, where this Node does not know it', async () => {
    const text = 'export function* main() {\n  using cup = { [Symbol.dispose]() { console.log("washed"); } };\n}\n';
    const { code, out, err } = await run(text, ['-q']);

    if (canUse) expect([code, out, err]).toEqual([0, 'washed\n', '']);
    else {
      expect([code, out]).toEqual([1, '']);
      expect(err).toBe(
        `mine.js:2 has a syntax error: Unexpected identifier 'cup'. \`using\` needs Node 24 or later, and this is ${process.version}: use a later Node, or drop it in a \`finally\` with \`x[Symbol.dispose]()\`.\n`,
      );
    }
  });

  it.each([
    ['awaits it', 'await new Runtime().blockOn(main());'],
    ['lets it be', '(async () => { await new Runtime().blockOn(main()); console.log("unseen"); })();'],
  ])('a program that runs itself, and %s', async (_, last) => {
    const text = `import { Runtime, println } from 'async-lessons';\nexport function* main() { println('twice'); }\n${last}\n`;

    expect(await run(text)).toEqual({
      code: 1,
      out: '',
      err: 'mine.js calls blockOn() while it is loaded, and `run` does that itself: take the call out, and export main, `export function* main() { … }`.\n',
    });
  });

  it('and with DEBUG there is a stack', async () => {
    const cwd = files({ 'mine.js': 'throw new Error("no water");' });
    const { err } = await cli(['run', 'mine.js'], { cwd, env: { DEBUG: '1' } });

    expect(err).toMatch(/^Error: no water\n +at .*mine\.js:1/);
  });

  it('a file that cannot be saved, before anything of the program runs', async () => {
    const { code, out, err } = await run('console.log("loaded"); export function* main() {}', [
      '--save',
      'no/run.jsonl',
    ]);

    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^cannot write no\/run\.jsonl: /);
  });

  it.each([
    [['--quiet', '--why'], '--quiet and --why exclude each other'],
    [['--instant', '--speed', '2'], '--instant and --speed exclude each other'],
    [['--port', '80'], "unknown option '--port'"],
  ])('%j, which make no sense', async (options, why) => {
    const { code, out, err } = await run(NAP, options);

    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(why);
  });
});
