/**
 * A lesson's card: what there is to know of it before it is run.
 *
 * @module
 */
import type { Async, RuntimeEvent } from '../runtime/index.ts';

/** What an option takes. Durations are milliseconds, as everywhere. */
type OptionKind = 'duration' | 'count' | 'port' | 'text' | 'off';

/** An option of a lesson. */
export interface LessonOption {
  readonly kind: OptionKind;
  readonly description: string;
  /** What the program does without it, in words. */
  readonly standard?: string;
  /** The smallest count that makes sense. @default 0 */
  readonly atLeast?: number;
}

/** The options that were given. Those that were not are absent: the program has its own defaults. */
export type Given = Readonly<Record<string, string | number | boolean>>;

/** A lesson, ready to run. */
export interface Performance {
  readonly main: Async<void>;
  /** Sees every event, after the viewer has. */
  readonly watch?: (event: RuntimeEvent) => void;
  /** What to say after the program has ended. @throws if what the lesson set up failed. */
  readonly afterword?: () => string | undefined;
}

/** A lesson. */
export interface Lesson {
  readonly name: string;
  /** One line, for the list. */
  readonly summary: string;
  /** A few lines, for the help. */
  readonly about: string;
  readonly options: Readonly<Record<string, LessonOption>>;
  /** What follows the command's name in examples worth typing, with what one sees then. */
  readonly tries: readonly (readonly [command: string, why: string])[];
  /** Why the lesson cannot run on the virtual clock, if it cannot. */
  readonly onlyReal?: string;
  /** What to do about errors that a person can do something about, by their code. */
  readonly advice?: Readonly<Record<string, string>>;
  /** The program's file beside its card, for example `tea/tea.ts`. */
  readonly file: string;
  /** Loads the program and makes its main future. Nothing of it runs before it is polled. */
  prepare(given: Given): Promise<Performance>;
}
