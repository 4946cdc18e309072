/**
 * What is told around the run of a lesson: before it what to watch, after it what happened, and what
 * to try next. The words are those of the lesson's card; what happened is a fold of the run's events.
 *
 * @module
 */
import { type Account, type Given, type Lesson, lessons } from '../examples/index.ts';
import type { RuntimeEvent } from '../runtime/events.ts';
import type { Page } from '../trace/page.ts';
import type { Line, Tone } from '../trace/text.ts';
import { Later } from './later.ts';

/** Prose that is wider than this is hard to read. */
const WIDEST = 80;

/** So many commands are proposed at most. */
const PROPOSED = 3;

/** Whoever has typed a command with one of these has seen what the command does without it. */
const NO_OTHER_RUN = /(?<=^| )(?:--instant|--no-color|--speed[ =]\S+|--seed[ =]\S+)(?= |$)/g;

/** A lesson that is run, or was. */
export interface Told {
  readonly lesson: Lesson;
  /** Its options. Without them it is a run that was saved, and nothing is about to happen. */
  readonly given?: Given;
  /** What was typed, and need not be proposed. */
  readonly typed?: readonly string[];
}

/** Tells of one run of a lesson. */
export class Prose {
  readonly #told: Told;
  readonly #account: Later<Account>;
  readonly #page: Page;
  readonly #width: number;

  constructor(told: Told, page: Page) {
    this.#told = told;
    this.#page = page;
    this.#width = Math.min(page.width, WIDEST);
    // The first line of a run should not wait for it: it is there before the last one.
    this.#account = new Later(told.lesson.account());
  }

  fold(event: RuntimeEvent): void {
    this.#account.use((account) => account.fold(event));
  }

  /** What is about to happen. */
  before(): Line[] {
    const { lesson, given } = this.#told;
    if (given === undefined) return [];
    return [...paragraph(lesson.before(given), this.#width), { pieces: [], indent: 0 }];
  }

  /** What there is to see of the run, if its lesson has a picture. */
  async picture(): Promise<Line[]> {
    const account = await this.#account.settled();
    return account.picture?.(this.#page) ?? [];
  }

  /** What happened. */
  async account(): Promise<Line[]> {
    const account = await this.#account.settled();
    return account.sentences().flatMap((sentence) => paragraph(sentence, this.#width));
  }

  /** What to type next, and which question it answers. */
  next(): Line[] {
    const { lesson, typed = [lesson.name] } = this.#told;
    const words = typed.join(' ');
    const known = [key(words), key(words.replaceAll(NO_OTHER_RUN, ''))];
    const tries = lesson.tries.filter(([command]) => !known.includes(key(command))).slice(0, PROPOSED);
    const following = lessons[lessons.indexOf(lesson) + 1];
    return [
      { pieces: [{ tone: 'quiet', text: 'Try next:' }], indent: 0 },
      ...tries.flatMap(([command, question]) => [
        { pieces: [{ tone: 'task' as const, text: `  npx async-lessons ${command}` }], indent: 4 },
        ...paragraph(question, this.#width, 'plain', 4),
      ]),
      ...(following === undefined || lessons.indexOf(lesson) < 0
        ? []
        : paragraph(`The next lesson is ${following.name}: npx async-lessons ${following.name}`, this.#width, 'quiet')),
    ];
  }
}

/** The same in whatever order the words were typed. */
function key(command: string): string {
  return command.split(/ +/).filter(Boolean).sort().join(' ');
}

/** A text as lines of their own, broken at spaces. */
function paragraph(text: string, width: number, tone: Tone = 'plain', indent = 0): Line[] {
  const rows = [''];
  for (const word of text.split(/\s+/)) {
    const last = rows.at(-1) as string;
    if (last === '') rows[rows.length - 1] = word;
    else if (indent + last.length + 1 + word.length <= width) rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(word);
  }
  return rows.map((row) => ({ pieces: [{ tone, text: ' '.repeat(indent) + row }], indent }));
}
