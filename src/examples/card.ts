/**
 * A lesson's card: what there is to know of it before it is run.
 *
 * @module
 */
import type { Async, RuntimeEvent } from '../runtime/index.ts';
import type { Page } from '../trace/page.ts';
import type { Line } from '../trace/text.ts';
import type { World } from '../trace/world.ts';

/** What an option takes. Durations are milliseconds, as everywhere; `5%` arrives as 0.05; `on` and `off` take nothing. */
type OptionKind = 'duration' | 'count' | 'percent' | 'port' | 'text' | 'on' | 'off';

/** An option of a lesson. */
export interface LessonOption {
  readonly kind: OptionKind;
  readonly description: string;
  /** What the program does without it, in words. */
  readonly standard?: string;
  /** The smallest count that makes sense. @default 0 */
  readonly atLeast?: number;
  /** The largest count that does no harm. */
  readonly atMost?: number;
  /** Why it cannot be had on the virtual clock, if it cannot. */
  readonly onlyReal?: string;
}

/** The options that were given. Those that were not are absent: the program has its own defaults. */
export type Given = Readonly<Record<string, string | number | boolean>>;

/** A lesson, ready to run. */
export interface Performance {
  readonly main: Async<void>;
  /** Sees every event, after the viewer has. */
  readonly watch?: (event: RuntimeEvent) => void;
  /** What to say after the program has ended. @throws if what the lesson set up failed. */
  readonly afterword?: () => string | undefined | Promise<string | undefined>;
  /** How far it is, in a few words. Asked again and again while a person watches. */
  readonly progress?: (world: World) => string | undefined;
  /**
   * Why nobody should observe the run, if so much happens that observing would be most of the work.
   * Whoever asks for more than the story observes it all the same.
   */
  readonly unobserved?: string;
  /** Puts away what the lesson set up. Called when the run is over, however it ended. */
  readonly end?: () => void;
}

/**
 * What happened in a run, in words: a fold of its events, and of nothing else. So it tells of a run
 * that was saved what it told of the run itself.
 */
export interface Account {
  fold(event: RuntimeEvent): void;
  /** Two or three sentences on this run, a string each. Their figures come from its events. */
  sentences(): string[];
  /** What there is to see of it, where a lesson has a picture of its own. It is shown in a pipe as well. */
  picture?(page: Page): Line[];
}

/** A lesson. */
export interface Lesson {
  readonly name: string;
  /** One line, for the list. */
  readonly summary: string;
  /** A few lines, for the help. */
  readonly about: string;
  readonly options: Readonly<Record<string, LessonOption>>;
  /**
   * Two or three sentences before the run: what is about to happen, and what to watch. Only a person
   * gets to see them, at a terminal.
   */
  before(given: Given): string;
  /** What happened in a run, after it. It is loaded while the lesson runs already. */
  account(): Promise<Account>;
  /**
   * Commands worth typing, each with the question that it answers. The first is the lesson as it is.
   * The help has all of them; after a run a person is told of those that were not typed just now.
   */
  readonly tries: readonly (readonly [command: string, question: string])[];
  /** Why the lesson cannot run on the virtual clock, if it cannot. */
  readonly onlyReal?: string;
  /** Of so many tasks the story tells all; of later ones what they print. @default 12 */
  readonly told?: number;
  /** What to do about errors that a person can do something about, by their code. */
  readonly advice?: Readonly<Record<string, string>>;
  /** The program's file beside its card, for example `tea/tea.ts`. Its twin in Rust stands there as well: `tea/tea.rs`. */
  readonly file: string;
  /** Loads the program and makes its main future. Nothing of it runs before it is polled. */
  prepare(given: Given): Promise<Performance>;
}
