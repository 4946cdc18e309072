/**
 * What a person gets to see of a run, and what is kept of it: the story or the log while it goes on,
 * what was asked for at its end, and files.
 *
 * It takes events and nothing else, so it shows a saved run as it shows one that is going on.
 *
 * @module
 */
import type { RuntimeEvent } from '../runtime/events.ts';
import type { Doctor } from '../trace/doctor.ts';
import type { Lints } from '../trace/lints.ts';
import { logLine } from '../trace/log.ts';
import type { Page } from '../trace/page.ts';
import { ASCII, Story, UNICODE } from '../trace/story.ts';
import { summary } from '../trace/summary.ts';
import { type Line, safe, safeLine } from '../trace/text.ts';
import { World } from '../trace/world.ts';
import { EXIT } from './exit-codes.ts';
import type { SavedFiles, Subject } from './files.ts';
import { Later } from './later.ts';
import { Printer } from './printer.ts';
import { Prose, type Told } from './prose.ts';
import type { Terminal } from './terminal.ts';

/** What can be asked for. */
export interface ViewOptions {
  /** The log instead of the story. */
  readonly trace?: boolean;
  /** The program's own lines alone. */
  readonly quiet?: boolean;
  /** A sentence for each poll: why it happened. */
  readonly why?: boolean;
  /** A poll, `producer#3`: what it came from, to the root. */
  readonly whyChain?: string;
  readonly stats?: boolean;
  readonly timeline?: boolean;
  /** What the lints have found is an error. */
  readonly check?: boolean;
  /** Nothing that runs for so long, in ms, ends the run. */
  readonly stallAfter?: number;
  /** Files to write. */
  readonly save?: readonly string[];
}

/** A view that has its say at the end. */
interface Report {
  fold(event: RuntimeEvent): void;
  lines(page: Page): Line[];
}

/** What is there where somebody asks why. */
interface Reasons {
  /** Why each task is polled: it hears of every event first. */
  readonly why: { tell(event: RuntimeEvent): Line[] };
  /** What to show below the lines of the story. */
  readonly stacks: { below(event: RuntimeEvent): Line[] };
  readonly chain: Report & { slip(): string | undefined };
}

/** A view that speaks while the program runs. It is told why, too, if that is to be shown. */
type Show = (event: RuntimeEvent, because: readonly Line[]) => void;

/** How a run ended, for whoever looks at it. */
export type Ending = 'whole' | 'stopped' | 'stuck' | 'stalled' | 'failed';

/** So wide is a page where nobody watches. */
const PIPE_WIDTH = 100;

/** Shows one run. */
export class Viewer {
  readonly printer: Printer;
  readonly world = new World();
  readonly #terminal: Terminal;
  readonly #options: ViewOptions;
  readonly #page: Page;
  readonly #show: Show;
  readonly #reports: readonly Report[];
  readonly #lints: Later<Lints> | undefined;
  readonly #files: SavedFiles | undefined;
  readonly #reasons: Reasons | undefined;
  readonly #doctor: Later<Doctor> | undefined;
  readonly #prose: Prose | undefined;
  #unobserved: string | undefined = undefined;

  private constructor(
    terminal: Terminal,
    options: ViewOptions,
    page: Page,
    printer: Printer,
    reports: readonly Report[],
    files: SavedFiles | undefined,
    asked: Reasons | undefined,
    told: Told | undefined,
  ) {
    this.#terminal = terminal;
    this.#options = options;
    this.#page = page;
    this.printer = printer;
    this.#reports = reports;
    this.#files = files;
    this.#reasons = asked;
    this.#show = this.#shows(told?.lesson.told);
    if (told !== undefined && !this.#isPlain) this.#prose = new Prose(told, page);
    // The first line should not wait for them: they are there before the last one.
    if (this.watches) this.#doctor = new Later(import('../trace/doctor.ts').then(({ Doctor }) => new Doctor()));
    if (options.check || !this.#isPlain || files?.needsLints) {
      this.#lints = new Later(import('../trace/lints.ts').then(({ Lints }) => new Lints()));
    }
  }

  /**
   * Loads what is asked for.
   *
   * @param about what files say of the run.
   * @param told the lesson of which it is a run, if it is one's.
   * @throws {UnwritableError} if a file cannot be written.
   */
  static async on(terminal: Terminal, options: ViewOptions, about: Subject, told?: Told): Promise<Viewer> {
    const page = { width: terminal.width ?? PIPE_WIDTH, unicode: terminal.unicode, folder: process.cwd() };
    const printer = await Printer.on(terminal);
    const asked = options.why || options.whyChain !== undefined ? await reasons(page, options) : undefined;
    const reports: Report[] = [];
    if (asked !== undefined) reports.push(asked.chain);
    if (options.timeline) reports.push(new (await import('../trace/timeline.ts')).Timeline());
    if (options.stats) reports.push(new (await import('../trace/stats.ts')).Stats());
    const files =
      options.save === undefined
        ? undefined
        : new (await import('./files.ts')).SavedFiles(options.save, about, (text) => terminal.out(text));
    return new Viewer(terminal, options, page, printer, reports, files, asked, told);
  }

  /** Is there nothing on stdout but what the program itself prints, the log, or a file? */
  get #isPlain(): boolean {
    return this.#options.quiet === true || this.#options.trace === true || this.#isFile;
  }

  /** Does a file go to stdout? Then nothing else does. */
  get #isFile(): boolean {
    return this.#options.save?.includes('-') === true;
  }

  /** Is there somebody who reads prose? A program that reads the story has no use for it. */
  get #isRead(): boolean {
    return this.#terminal.width !== undefined;
  }

  /** Does it need events, or only what the program prints? */
  get watches(): boolean {
    if (this.#unobserved !== undefined) return false;
    return (
      !this.#options.quiet ||
      this.#options.stallAfter !== undefined ||
      this.#files !== undefined ||
      this.#lints !== undefined
    );
  }

  /** Does without events, unless somebody has asked for what is made of them. @param why is told at the end. */
  lookAway(why: string): void {
    const { trace, why: chain, whyChain, stats, timeline, check, save, stallAfter } = this.#options;
    if (trace || chain || stats || timeline || check || save !== undefined) return;
    if (whyChain !== undefined || stallAfter !== undefined) return;
    this.#unobserved = why;
  }

  /** Says what is about to happen. */
  begin(): void {
    if (this.#isRead) for (const line of this.#prose?.before() ?? []) this.printer.line(line);
    this.printer.flush();
  }

  /** A line of the program's own. */
  say(text: string): void {
    if (this.#isFile) return;
    for (const line of safe(text).split('\n')) {
      this.printer.line({ pieces: [{ tone: 'plain', text: line }], indent: 0 });
    }
  }

  /** Takes one more event into account, and shows what there is to show of it. */
  event(event: RuntimeEvent): void {
    this.world.fold(event);
    const because = this.#reasons?.why.tell(event) ?? [];
    this.#show(event, this.#options.why ? because : []);
    for (const report of this.#reports) report.fold(event);
    this.#prose?.fold(event);
    this.#lints?.use((lints) => lints.fold(event));
    this.#doctor?.use((doctor) => doctor.fold(event));
    this.#files?.fold(event);
  }

  #shows(tasks: number | undefined): Show {
    if (this.#isFile) return () => {};
    if (this.#options.quiet) {
      return (event) => {
        if (event.kind === 'print') this.say(event.text);
      };
    }
    if (this.#options.trace) {
      return (event) => this.printer.line(logLine(event, this.world.clock, this.#page.folder));
    }
    const story = new Story(this.#terminal.unicode ? UNICODE : ASCII, this.#page.folder, tasks);
    const stacks = this.#options.why ? this.#reasons?.stacks : undefined;
    return (event, because) => {
      const told = story.tell(event);
      for (const line of told) this.printer.line(line);
      // Below a line that is not there they would belong to another one.
      if (told.length > 0) for (const line of stacks?.below(event) ?? []) this.printer.line(line);
      for (const line of because) this.printer.line(line);
    };
  }

  /**
   * The run is over, however it ended: what it came to, the reports, the files.
   *
   * @param how it ended: `stuck` and `stalled` are errors, of which stderr tells; `afterword` is what the lesson has to say of it.
   * @returns the exit code that the views ask for: of findings that are to be an error, or of a poll
   *   that there was not.
   * @throws {UnwritableError} if a file cannot be written after all.
   */
  async end(how: Ending, afterword?: string): Promise<number> {
    const { printer } = this;
    const doctor = await this.#doctor?.settled();
    if (doctor?.halted !== undefined) await this.#examine(doctor, how);
    // A log is one event a line, and nothing else.
    if (!this.#isPlain) await this.#conclude(how, afterword);
    for (const report of this.#reports) {
      const lines = report.lines(this.#page);
      if (lines.length > 0) printer.say('');
      for (const line of lines) printer.line(line);
    }
    const lints = await this.#lints?.settled();
    const found = lints !== undefined && this.#tellFindings(lints, doctor?.names(this.#page.folder) ?? []);
    if (this.#isRead && how === 'whole') this.#block(this.#prose?.next() ?? []);
    printer.flush();
    const note = this.#files?.write(lints, doctor?.halted === undefined ? [] : doctor.diagnoses(this.#page.folder));
    const slip = this.#reasons?.chain.slip();
    for (const text of [note, slip]) if (text !== undefined) this.#terminal.err(`${safe(text)}\n`);
    if (slip !== undefined) return EXIT.usage;
    return found && this.#options.check === true ? EXIT.findings : EXIT.ok;
  }

  async #conclude(how: Ending, afterword: string | undefined): Promise<void> {
    const figures = this.#unobserved ?? summary(this.world, this.#terminal.unicode ? ' · ' : ', ');
    if (how === 'stopped') this.printer.say(`Stopped. ${figures}`, 'quiet');
    if (how !== 'whole') return;
    if (this.#unobserved === undefined) {
      this.#block((await this.#prose?.picture()) ?? []);
      if (this.#isRead) this.#block((await this.#prose?.account()) ?? []);
    }
    this.printer.say('');
    if (afterword !== undefined) this.printer.say(afterword, 'good');
    this.printer.say(figures, 'quiet');
  }

  /** Lines with some space before them. What is in them may come from a file. */
  #block(lines: readonly Line[]): void {
    if (lines.length > 0) this.printer.say('');
    for (const { pieces, indent } of lines) {
      this.printer.line({ pieces: pieces.map(({ tone, text }) => ({ tone, text: safeLine(text) })), indent });
    }
  }

  /** Why the run did not go on. What is an error, or would disturb, goes to stderr. */
  async #examine(doctor: Doctor, how: Ending): Promise<void> {
    const isError = how === 'stuck' || how === 'stalled';
    // Whoever stops a quiet run knows why it ended.
    if (!isError && (this.#options.quiet || this.#isFile)) return;
    const aside = isError || this.#isPlain;
    const printer = aside ? await Printer.on(this.#terminal.stderr) : this.printer;
    this.printer.flush();
    const lines = doctor.lines(this.#page);
    if (lines.length > 0) printer.say('');
    for (const line of lines) printer.line(line);
    // What else there is to say of the run stands apart.
    if (lines.length > 0 && !aside && how === 'stopped') printer.say('');
    printer.flush();
  }

  /**
   * In a story findings are part of it; otherwise they go where they do not disturb, if they are to be
   * an error. Answers whether there are any.
   */
  #tellFindings(lints: Lints, told: readonly string[]): boolean {
    if (lints.findings().length === 0) return false;
    const lines = lints.lines(this.#page, told);
    if (lines.length === 0) return true;
    if (!this.#isPlain) {
      this.printer.say('');
      for (const line of lines) this.printer.line(line);
    } else if (this.#options.check) {
      for (const { pieces } of lines) this.#terminal.err(`${pieces.map(({ text }) => text).join('')}\n`);
    }
    return true;
  }
}

async function reasons(page: Page, { whyChain }: ViewOptions): Promise<Reasons> {
  const [{ Why }, { StackNotes }, { WhyChain }] = await Promise.all([
    import('../trace/why.ts'),
    import('../trace/stacks.ts'),
    import('../trace/why-chain.ts'),
  ]);
  const why = new Why(page);
  return { why, stacks: new StackNotes(page), chain: new WhyChain(why, whyChain) };
}
