/**
 * Runs one lesson, or a program of somebody's own, and shows it.
 *
 * @module
 */
import type { Given, Lesson, Performance } from '../examples/index.ts';
import { DeadlockError, isCtrlCAwaited, Runtime, type RuntimeEvent, RuntimeStoppedError } from '../runtime/index.ts';
import { place } from '../trace/places.ts';
import { safe, span } from '../trace/text.ts';
import { withPlace } from '../trace/words.ts';
import { EXIT } from './exit-codes.ts';
import type { Told } from './prose.ts';
import { Spinner } from './spinner.ts';
import { StallWatch } from './stall.ts';
import type { Terminal } from './terminal.ts';
import { placeThrown, wordsOf } from './thrown.ts';
import { Viewer, type ViewOptions } from './viewer.ts';
import { UnwritableError } from './whole-file.ts';

/** What every lesson understands. */
export interface RunOptions extends ViewOptions {
  readonly instant?: boolean;
  readonly speed?: number;
  readonly seed?: number;
  /** The words of the command, so that it is not proposed again. */
  readonly typed?: readonly string[];
}

/** The seed of a virtual clock: two such runs are the same to the last byte. */
const INSTANT_SEED = 1;

/** What is run. */
export interface Program {
  /** The name of the lesson; null for a program of somebody's own. */
  readonly lesson: string | null;
  /** What it is called, in a word: `tea`, `mine.js`. */
  readonly name: string;
  /** The file of it that a person has named, if one has. */
  readonly file?: string;
  /** What there is to tell around its run, if it is a lesson. */
  readonly told?: Told;
  /** What to do about errors that a person can do something about, by their code. */
  readonly advice?: Lesson['advice'] | undefined;
  /**
   * Loads it. Nothing of it runs before it is polled.
   *
   * @param flush writes what was told so far.
   */
  prepare(flush: () => void): Promise<Performance>;
}

/**
 * Runs a lesson. Answers the exit code.
 *
 * @param version of this package, for files.
 * @throws {UnwritableError} before anything runs, if a file that is to be saved cannot be written.
 */
export function runLesson(
  lesson: Lesson,
  given: Given,
  options: RunOptions,
  terminal: Terminal,
  version: string,
): Promise<number> {
  const { name, advice } = lesson;
  const told = { lesson, given, typed: options.typed ?? [name] };
  return runProgram(
    { lesson: name, name, advice, told, prepare: () => lesson.prepare(given) },
    options,
    terminal,
    version,
  );
}

/**
 * Runs a program. Answers the exit code.
 *
 * @throws what its `prepare` throws; {@link UnwritableError} as above.
 */
export async function runProgram(
  program: Program,
  options: RunOptions,
  terminal: Terminal,
  version: string,
): Promise<number> {
  const about = { package: version, lesson: program.lesson, name: program.name, program: program.file };
  const viewer = await Viewer.on(terminal, options, about, program.told);
  const { printer } = viewer;
  const animated = terminal.animated && !options.quiet && !options.instant && !options.save?.includes('-');
  const spinner = animated ? await Spinner.load(terminal.color) : undefined;
  // From here on Node reads source maps: places in the trace are those of the TypeScript.
  process.setSourceMapsEnabled(true);
  const performance = await program.prepare(() => printer.flush());
  const follows = performance.progress !== undefined;
  if (performance.unobserved !== undefined) viewer.lookAway(performance.unobserved);

  let watchdog: StallWatch | undefined;
  function observer(event: RuntimeEvent): void {
    if (event.kind === 'runtime.finished' || (event.kind === 'runtime.unparked' && !follows)) spinner?.stop();
    viewer.event(event);
    watchdog?.fold(event);
    if (event.kind === 'runtime.parked' || terminal.width !== undefined) printer.flush();
    if (event.kind === 'runtime.parked' && !follows) spinner?.start(waitingFor(event));
    performance.watch?.(event);
  }

  let flushing = false;
  function sayAndShow(text: string): void {
    viewer.say(text);
    if (flushing) return;
    flushing = true;
    // Once for all that is printed until the host has its turn.
    setImmediate(() => {
      flushing = false;
      printer.flush();
    });
  }

  const runtime = new Runtime({
    clock: options.instant ? 'virtual' : 'real',
    ...(options.speed === undefined ? {} : { speed: options.speed }),
    ...seed(options),
    // Nobody needs to observe a run of which only the program's own lines are shown.
    ...(viewer.watches || performance.watch !== undefined ? { observer } : { print: sayAndShow }),
    onWarning: (message) => {
      spinner?.stop();
      printer.flush();
      terminal.err(`${safe(message)}\n`);
    },
  });

  const interrupt = new Interrupt(runtime);
  viewer.begin();
  if (follows) spinner?.follow(() => performance.progress?.(viewer.world));
  let stalled = false;
  watchdog =
    options.stallAfter === undefined
      ? undefined
      : new StallWatch(options.stallAfter, () => {
          stalled = true;
          runtime.stop();
        });
  try {
    // A run that nobody observes does not tell that it has ended.
    await runtime.blockOn(performance.main).finally(() => spinner?.stop());
    return await viewer.end('whole', await performance.afterword?.());
  } catch (error) {
    if (error instanceof UnwritableError) throw error;
    printer.flush();
    const how = stalled ? 'stalled' : howItEnded(error);
    if (how === 'stalled') terminal.err(`Stalled: nothing has run for ${span(options.stallAfter as number)}.\n`);
    if (error instanceof DeadlockError) terminal.err(`${stuck(error, viewer.watches)}\n`);
    if (how === 'failed') terminal.err(`${explain(error, program)}\n`);
    await viewer.end(how);
    return how === 'stopped' ? interrupt.code : EXIT[how];
  } finally {
    interrupt.off();
    watchdog?.off();
    performance.end?.();
    printer.flush();
  }
}

function seed({ seed, instant }: RunOptions): { seed?: number } {
  if (seed !== undefined) return { seed };
  return instant ? { seed: INSTANT_SEED } : {};
}

function waitingFor({ until, at }: Extract<RuntimeEvent, { kind: 'runtime.parked' }>): string {
  if (until === null) return 'the thread is free, and waits to hear from somebody (Ctrl-C ends)';
  return `the thread is free for ${((until - at) / 1000).toFixed(1)} s`;
}

function howItEnded(error: unknown): 'stopped' | 'stuck' | 'failed' {
  if (error instanceof RuntimeStoppedError) return 'stopped';
  return error instanceof DeadlockError ? 'stuck' : 'failed';
}

/** If nobody observed the run, all that is known is what every task waited for. */
function stuck({ tasks }: DeadlockError, isExamined: boolean): string {
  const waits = isExamined
    ? []
    : tasks.map(({ name, waitsFor }) => {
        const told = waitsFor.map(({ op, on, stack }) =>
          withPlace(on === null ? op : `${op} on ${on}`, place(stack[0], process.cwd())),
        );
        return `  ${name} waits for ${told.join(' and ') || 'nothing that could wake it'}`;
      });
  const more = isExamined ? [] : ['Run it without --quiet to see who could end that.'];
  return safe(['Stuck: nothing can run any more, and nothing will.', ...waits, ...more].join('\n'));
}

/** What went wrong, in a sentence; a stack only for what is no mistake of the person's. */
function explain(error: unknown, { lesson, advice }: Program): string {
  if (process.env.DEBUG && error instanceof Error) return safe(error.stack ?? String(error));
  const hint = advice?.[(error as { code?: string }).code ?? ''];
  // Of a lesson everybody knows where it is; and what fails there is seldom its program.
  const where = lesson === null ? `The program failed${placeThrown(error)}` : 'The lesson failed';
  const why = `${where}: ${wordsOf(error)}`;
  return safe(hint === undefined ? why : `${why}. ${hint}`);
}

/**
 * Ctrl-C. A program that waits for it has the first one for itself. If it does not, the first one
 * ends the run and shows what there was so far. The second one leaves at once, whatever happens.
 */
class Interrupt {
  readonly #runtime: Runtime;
  readonly #interrupted = () => this.#received();
  readonly #terminated = () => {
    this.code = EXIT.terminated;
    this.#runtime.stop();
  };
  #count = 0;
  /** How the process ends if the run is stopped. */
  code: number = EXIT.interrupted;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
    process.on('SIGINT', this.#interrupted);
    process.on('SIGTERM', this.#terminated);
  }

  #received(): void {
    this.#count += 1;
    if (this.#count > 1) process.exit(EXIT.interrupted);
    // The runtime listens as well, for its program.
    if (isCtrlCAwaited()) return;
    this.#runtime.stop();
  }

  off(): void {
    process.off('SIGINT', this.#interrupted);
    process.off('SIGTERM', this.#terminated);
  }
}
