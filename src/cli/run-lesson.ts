/**
 * Runs one lesson and shows it.
 *
 * @module
 */
import type { Given, Lesson } from '../examples/index.ts';
import { DeadlockError, isCtrlCAwaited, Runtime, type RuntimeEvent, RuntimeStoppedError } from '../runtime/index.ts';
import { place } from '../trace/places.ts';
import { safe } from '../trace/text.ts';
import { withPlace } from '../trace/words.ts';
import { EXIT } from './exit-codes.ts';
import { Spinner } from './spinner.ts';
import type { Terminal } from './terminal.ts';
import { Viewer, type ViewOptions } from './viewer.ts';
import { UnwritableError } from './whole-file.ts';

/** What every lesson understands. */
export interface RunOptions extends ViewOptions {
  readonly instant?: boolean;
  readonly speed?: number;
  readonly seed?: number;
}

/** The seed of a virtual clock: two such runs are the same to the last byte. */
const INSTANT_SEED = 1;

/**
 * Runs a lesson. Answers the exit code.
 *
 * @param version of this package, for files.
 * @throws {UnwritableError} before anything runs, if a file that is to be saved cannot be written.
 */
export async function runLesson(
  lesson: Lesson,
  given: Given,
  options: RunOptions,
  terminal: Terminal,
  version: string,
): Promise<number> {
  const viewer = await Viewer.on(terminal, options, { package: version, lesson: lesson.name });
  const { printer } = viewer;
  const animated = terminal.animated && !options.quiet && !options.instant && !options.save?.includes('-');
  const spinner = animated ? await Spinner.load(terminal.color) : undefined;
  // From here on Node reads source maps: places in the trace are those of the TypeScript.
  process.setSourceMapsEnabled(true);
  const performance = await lesson.prepare(given);

  function observer(event: RuntimeEvent): void {
    if (event.kind === 'runtime.unparked' || event.kind === 'runtime.finished') spinner?.stop();
    viewer.event(event);
    if (event.kind === 'runtime.parked' || terminal.width !== undefined) printer.flush();
    if (event.kind === 'runtime.parked') spinner?.start(waitingFor(event));
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
  try {
    await runtime.blockOn(performance.main);
    return await viewer.end('whole', performance.afterword?.());
  } catch (error) {
    if (error instanceof UnwritableError) throw error;
    printer.flush();
    const stopped = error instanceof RuntimeStoppedError;
    if (!stopped) terminal.err(`${explain(error, lesson)}\n`);
    await viewer.end(stopped ? 'stopped' : 'failed');
    if (stopped) return interrupt.code;
    return error instanceof DeadlockError ? EXIT.stuck : EXIT.failed;
  } finally {
    interrupt.off();
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

/** What went wrong, in a sentence; a stack only for what is no mistake of the person's. */
function explain(error: unknown, { advice }: Lesson): string {
  if (error instanceof DeadlockError) {
    const tasks = error.tasks.map(({ name, waitsFor }) => {
      const waits = waitsFor.map(({ op, on, stack }) =>
        withPlace(on === null ? op : `${op} on ${on}`, place(stack[0], process.cwd())),
      );
      return `  ${name} waits for ${waits.join(' and ') || 'nothing that could wake it'}`;
    });
    return safe(['Stuck: nothing can run any more, and nothing will.', ...tasks].join('\n'));
  }
  if (process.env.DEBUG && error instanceof Error) return safe(error.stack ?? String(error));
  const hint = advice?.[(error as { code?: string }).code ?? ''];
  const why = `The lesson failed: ${error instanceof Error ? error.message : String(error)}`;
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
