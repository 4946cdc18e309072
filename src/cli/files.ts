/**
 * The files a run is kept in: which kind is told by the ending.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RuntimeEvent } from '../runtime/events.ts';
import type { Diagnosis } from '../trace/doctor/diagnose.ts';
import { chromeTrace } from '../trace/files/chrome.ts';
import { findingsFile, type Outcome } from '../trace/files/findings.ts';
import { htmlPage } from '../trace/files/html.ts';
import { type About, jsonlLines } from '../trace/files/jsonl.ts';
import { timelineSvg } from '../trace/files/svg.ts';
import { type Lints, lints } from '../trace/lints.ts';
import { droppedNote, Recorder } from '../trace/recorder.ts';
import { Spans } from '../trace/spans.ts';
import { readSource } from './source-files.ts';
import { type ENDINGS, endingOf } from './values.ts';
import { checkWritable, writeWhole } from './whole-file.ts';

/** What files say of a run beside its events. */
export interface Subject extends About {
  /** What was run, in a word: `tea`, `mine.js`. */
  readonly name: string;
  /** The file of the program that a person has named, if one has. */
  readonly program?: string | undefined;
}

/** What is kept of a run, and known of it. */
interface Kept {
  readonly recorder: Recorder;
  readonly about: Subject;
  /** Where one stood when it began: a program may go elsewhere. */
  readonly folder: string;
  readonly outcome: Outcome;
  /** There if {@link SavedFiles.needsLints}. */
  readonly lints: Lints | undefined;
  /** Why it came to a halt. */
  readonly diagnoses: readonly Diagnosis[];
}

/** Makes the text of a file, in pieces. */
type Format = (kept: Kept) => Iterable<string>;

const FORMATS: Readonly<Record<(typeof ENDINGS)[number], Format>> = {
  '.jsonl': ({ recorder, about }) => jsonlLines(recorder, about),
  '.trace.json': ({ recorder, about, folder }) => chromeTrace(recorder.events(), { title: titleOf(about), folder }),
  '.svg': ({ recorder, about, folder }) => {
    const spans = new Spans();
    for (const event of recorder.events()) spans.fold(event);
    return [timelineSvg(spans, { title: titleOf(about), folder })];
  },
  '.html': ({ recorder, about, folder }) => {
    const [script, style] = [asset('app.js'), asset('app.css')];
    return htmlPage(recorder, about, {
      ...{ title: titleOf(about), folder, script, style },
      read: (file) => readSource(file, { folder, program: about.program }),
    });
  },
  '.findings.json': ({ lints: asked, diagnoses, about, outcome }) =>
    findingsFile(asked?.findings() ?? [], diagnoses, lints, about, outcome),
};

/** What a page is made of, as it was built. */
function asset(name: string): string {
  return readFileSync(new URL(`../../dist/trace/html/${name}`, import.meta.url), 'utf8');
}

/** What it is comes first: a tab has room for a word. */
function titleOf({ name }: Subject): string {
  return `${name} · async-lessons`;
}

/** How a file is to be written. `-` is stdout. */
function formatOf(path: string): Format {
  return FORMATS[endingOf(path) ?? '.jsonl'];
}

/** Keeps a run, and writes it when it is over. */
export class SavedFiles {
  readonly #paths: readonly string[];
  readonly #about: Subject;
  readonly #folder = process.cwd();
  readonly #stdout: (text: string) => void;
  readonly #recorder = new Recorder();
  #outcome: Outcome = null;

  /** @throws {UnwritableError} if one of them cannot be written. */
  constructor(paths: readonly string[], about: Subject, stdout: (text: string) => void) {
    this.#paths = paths;
    this.#about = about;
    this.#stdout = stdout;
    for (const path of paths) if (path !== '-') checkWritable(path);
  }

  /** Is one of them about what is wrong? */
  get needsLints(): boolean {
    return this.#paths.some((path) => endingOf(path) === '.findings.json');
  }

  fold(event: RuntimeEvent): void {
    if (event.kind === 'runtime.finished') this.#outcome = event.outcome;
    this.#recorder.fold(event);
  }

  /**
   * Writes all of them. Answers what is to be said of what is missing in them.
   *
   * @param lints which have seen the run, if they are needed.
   * @param diagnoses why it came to a halt; none if it did not.
   * @throws {UnwritableError}
   */
  write(lints: Lints | undefined, diagnoses: readonly Diagnosis[]): string | undefined {
    const kept = {
      ...{ recorder: this.#recorder, about: this.#about, folder: this.#folder },
      ...{ outcome: this.#outcome, lints, diagnoses },
    };
    for (const path of this.#paths) {
      const chunks = formatOf(path)(kept);
      // Where it was checked: the program may have gone to another folder since.
      if (path !== '-') writeWhole(resolve(this.#folder, path), chunks);
      else for (const chunk of chunks) this.#stdout(chunk);
    }
    return droppedNote(this.#recorder);
  }
}
