/**
 * The command line.
 *
 * Only commander is loaded before it is known what to do; lessons, views and colours come when a
 * command needs them.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { Argument, Command, CommanderError, Option } from 'commander';
import { type Given, type Lesson, type LessonOption, lessons } from '../examples/index.ts';
import { safe } from '../trace/text.ts';
import { EXIT, EXIT_HELP } from './exit-codes.ts';
import type { RunOptions } from './run-lesson.ts';
import { endWithReader, openTerminal, type Terminal } from './terminal.ts';
import {
  parseCount,
  parseDuration,
  parsePercent,
  parsePort,
  parseSavedFile,
  parseSeed,
  parseSpeed,
  parseText,
  parseWait,
} from './values.ts';
import type { ViewOptions } from './viewer.ts';

interface Package {
  readonly version: string;
}

/** Runs a command and sets the exit code of the process. */
export async function main(args: readonly string[]): Promise<void> {
  endWithReader();
  process.exitCode = await run(args);
}

async function run(args: readonly string[]): Promise<number> {
  let code: number = EXIT.ok;
  const program = commands((result) => {
    code = result;
  });
  try {
    await program.parseAsync(meant(args, program), { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
}

/** Nothing at all is a wish for the list; a command that there is not is a slip, also when help for it is wanted. */
function meant(args: readonly string[], program: Command): readonly string[] {
  if (args.every((arg) => arg === '--no-color')) return [...args, 'list'];
  const name = args.find((arg) => arg !== 'help');
  const isCommand = program.commands.some((command) => command.name() === name);
  return name === undefined || name.startsWith('-') || isCommand ? args : [name];
}

/** Of this package. */
function version(): string {
  return (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as Package).version;
}

function commands(done: (code: number) => void): Command {
  const program = new Command('async-lessons')
    .description('See what an async executor does: small programs on a real runtime, with a true trace.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .option('--no-color', 'print without colours (as NO_COLOR and a pipe do)')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: (text, write) => write(safe(text.replace(/^error: /, ''))) })
    .showHelpAfterError('(--help shows what there is)')
    .exitOverride();

  const terminal = () => openTerminal(program.opts<{ color: boolean }>().color);
  for (const lesson of lessons) program.addCommand(lessonCommand(lesson, program, terminal, done));
  program
    .command('list')
    .description('list the lessons, in the order in which to take them (also without a command)')
    .addHelpText(
      'after',
      `\n${examples([
        ['list', 'the lessons'],
        ['', 'the same'],
      ])}\n\n${EXIT_HELP}\n`,
    )
    .action(() => list(terminal()));
  program
    .command('show')
    .description("print a lesson's program, as it runs")
    .addArgument(new Argument('<lesson>', 'which one').choices(lessons.map(({ name }) => name)))
    .addHelpText(
      'after',
      `\n${examples([
        ['show tea', 'the first program'],
        ['show server > server.ts', 'a copy to play with'],
        ['show tea --rust', 'the same in Rust, for Tokio'],
      ])}\n\n${EXIT_HELP}\n`,
    )
    .option('--rust', 'print the same program in Rust, for Tokio')
    .action(async (name: string, { rust }: { rust?: boolean }) => {
      const { show } = await import('./show.ts');
      await show(lessons.find((lesson) => lesson.name === name) as Lesson, rust ? 'rs' : 'ts', terminal());
    });
  program.addCommand(runCommand(program, terminal, done));
  program.addCommand(viewCommand(program, terminal, done));
  program.addCommand(explainCommand(program, terminal));
  program.addHelpText('after', `\n${rootExamples()}\n\n${EXIT_HELP}\n`);
  return program;
}

function lessonCommand(
  lesson: Lesson,
  program: Command,
  terminal: () => Terminal,
  done: (code: number) => void,
): Command {
  const command = program.createCommand(lesson.name).description(lesson.summary).copyInheritedSettings(program);
  for (const [name, option] of Object.entries(lesson.options)) command.addOption(lessonOption(name, option));
  viewOptions(clockOptions(command, lesson.onlyReal ? 'not here: what it does takes real time' : undefined))
    .addHelpText('before', () => `${fitted(lesson.about, command)}\n`)
    .addHelpText('after', `\n${examples(lesson.tries)}\n\n${EXIT_HELP}\n`)
    .allowExcessArguments(false)
    .action(async (all: Given & RunOptions) => {
      const { instant, speed, seed, trace, quiet, why, whyChain, stats, timeline, check, save, stallAfter, ...given } =
        all;
      const refusal = lesson.onlyReal ?? Object.keys(given).flatMap((name) => lesson.options[name]?.onlyReal ?? [])[0];
      if (instant && refusal !== undefined) command.error(`error: ${refusal}`);
      checkClock(all, command);
      checkViews(all, command);
      const { runLesson } = await import('./run-lesson.ts');
      const options = { ...all, typed: program.args };
      done(await writing(terminal(), () => runLesson(lesson, given as Given, options, terminal(), version())));
    });
  return command;
}

/** The options that every run has that goes on now. */
function clockOptions(command: Command, notInstant?: string): Command {
  return command
    .option('--instant', notInstant ?? 'run on the virtual clock: the same, at once')
    .addOption(new Option('--speed <times>', 'how many times as fast the clock goes').argParser(parseSpeed))
    .addOption(
      new Option(
        '--stall-after <duration>',
        'end (exit code 5) and say who waits for whom when nothing has run for so long',
      ).argParser(parseWait),
    )
    .addOption(new Option('--seed <number>', 'fix where select starts').argParser(parseSeed));
}

function checkClock({ instant, speed }: RunOptions, command: Command): void {
  if (instant && speed !== undefined)
    command.error('error: --instant and --speed exclude each other: the virtual clock has no speed.');
}

/** The options that every run has, whether it goes on now or was saved. */
function viewOptions(command: Command): Command {
  return command
    .option('--trace', 'print the scheduling log: one event a line')
    .option('--why', 'say of each poll why it happened')
    .addOption(
      new Option(
        '--why-chain <task#poll>',
        'print at the end what a poll came from, such as main or producer#3',
      ).argParser(parseText),
    )
    .option('--timeline', 'draw at the end who ran and who waited when')
    .option('--stats', 'print at the end a table of tasks and of what they waited for')
    .option('--check', 'make it an error (exit code 4) if a lint finds something')
    .addOption(
      new Option(
        '--save <file>',
        'write the run to a file: .html (a page), .svg, .trace.json (Perfetto), .jsonl, .findings.json (lints); - is stdout',
      ).argParser(parseSavedFile),
    )
    .option('-q, --quiet', "print the program's own output alone");
}

/** What cannot be seen at the same time. */
function checkViews({ trace, quiet, why, whyChain, stats, timeline, save }: ViewOptions, command: Command): void {
  const views = { trace, why, 'why-chain': whyChain !== undefined, stats, timeline };
  const loud = Object.entries(views).find(([, wanted]) => wanted)?.[0];
  if (quiet && loud !== undefined)
    command.error(`error: --quiet and --${loud} exclude each other: the one shows nothing of the other.`);
  if (trace && why)
    command.error('error: --trace and --why exclude each other: a log has one event a line, and says who woke whom.');
  if (save?.includes('-') && (loud !== undefined || quiet))
    command.error(`error: --save - and --${loud ?? 'quiet'} exclude each other: stdout is the file then.`);
}

/** Says in one sentence what cannot be read or written. */
async function writing(terminal: Terminal, action: () => Promise<number>): Promise<number> {
  try {
    return await action();
  } catch (error) {
    const { UnwritableError } = await import('./whole-file.ts');
    if (!(error instanceof UnwritableError)) throw error;
    terminal.err(`${error.message}\n`);
    return EXIT.failed;
  }
}

function runCommand(program: Command, terminal: () => Terminal, done: (code: number) => void): Command {
  const command = program
    .createCommand('run')
    .copyInheritedSettings(program)
    .description('run a program of your own: see why it does what it does, or why it hangs')
    .argument('<file>', 'a .js, .mjs, .ts or .mts file that exports main: `export function* main() { … }`')
    .argument('[args...]', 'for the program, behind --: it finds them in process.argv');
  return viewOptions(clockOptions(command))
    .addHelpText(
      'after',
      `\n${examples([
        ['run mine.js', 'its story'],
        ['run mine.js --why', 'why each task is polled, and what functions it waits in'],
        ['run mine.js --instant --check', 'on the virtual clock; an error if a lint finds something'],
        ['run mine.js -- --port 80', 'with arguments of its own'],
      ])}\n\n${EXIT_HELP}\n`,
    )
    .action(async (file: string, args: readonly string[], options: RunOptions) => {
      checkClock(options, command);
      checkViews(options, command);
      const { runFile } = await import('./run-file.ts');
      done(await writing(terminal(), () => runFile(file, args, options, terminal(), version())));
    });
}

function viewCommand(program: Command, terminal: () => Terminal, done: (code: number) => void): Command {
  const command = program.createCommand('view').description('show a run that was saved').copyInheritedSettings(program);
  return viewOptions(command.argument('<file>', 'a file that --save has written (.jsonl); - is stdin'))
    .addHelpText(
      'after',
      `\n${examples([
        ['tea --save tea.jsonl', 'keep a run'],
        ['view tea.jsonl --timeline', 'look at it later, in another way'],
        ['view tea.jsonl --save tea.html', 'a page of it, to step through'],
        ['view tea.jsonl --save tea.svg', 'a picture of it'],
      ])}\n\n${EXIT_HELP}\n`,
    )
    .allowExcessArguments(false)
    .action(async (file: string, options: ViewOptions) => {
      checkViews(options, command);
      const { viewRun } = await import('./view-run.ts');
      done(await writing(terminal(), () => viewRun(file, options, terminal(), version())));
    });
}

function explainCommand(program: Command, terminal: () => Terminal): Command {
  return program
    .createCommand('explain')
    .copyInheritedSettings(program)
    .description(
      'tell what is meant by a name that a lint or a stuck run has given, with a program that does it and one that does not',
    )
    .argument('[name]', 'for example lock-cycle; without it, all of them in a line each')
    .addHelpText(
      'after',
      `\n${examples([
        ['explain', 'all names'],
        ['explain lock-cycle', 'one of them'],
      ])}\n\n${EXIT_HELP}\n`,
    )
    .allowExcessArguments(false)
    .action(async (name: string | undefined, _: unknown, command: Command) => {
      const { explainPage } = await import('./explain.ts');
      const slip = await explainPage(name, terminal());
      if (slip !== undefined) command.error(`error: ${slip}`);
    });
}

function lessonOption(name: string, { kind, description, standard, atLeast = 0, atMost }: LessonOption): Option {
  const text = standard === undefined ? description : `${description} (default: ${standard})`;
  const option = (flags: string) => new Option(flags, text);
  switch (kind) {
    case 'duration':
      return option(`--${name} <duration>`).argParser(parseDuration);
    case 'count':
      return option(`--${name} <count>`).argParser(parseCount(atLeast, atMost));
    case 'percent':
      return option(`--${name} <percent>`).argParser(parsePercent);
    case 'port':
      return option(`-${name[0]}, --${name} <port>`).argParser(parsePort);
    case 'text':
      return option(`--${name} <address>`).argParser(parseText);
    case 'on':
      return option(`--${name}`);
    case 'off':
      return option(`--no-${name}`);
    default:
      return kind satisfies never;
  }
}

async function list(terminal: Terminal): Promise<void> {
  const { listLessons } = await import('./list.ts');
  await listLessons(terminal);
}

function rootExamples(): string {
  return examples([
    ['tea', 'the first lesson'],
    ['tea --trace', 'every scheduling step of it'],
    ['tea --instant', 'on the virtual clock, at once'],
    ['show tea', 'its program'],
    ['run mine.js --why', 'a program of your own'],
  ]);
}

/** A text, broken anew for the width of the window. */
function fitted(text: string, command: Command): string {
  return command.createHelp().boxWrap(text.replaceAll('\n', ' '), process.stdout.columns || 80);
}

function examples(tries: Lesson['tries']): string {
  return ['Examples:', ...tries.map(([command, why]) => `  # ${why}\n  $ npx async-lessons ${command}`.trimEnd())].join(
    '\n',
  );
}
