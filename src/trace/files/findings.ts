/**
 * What the lints and the doctor have found, as a file for programs: docs/findings-format.md says what is in it.
 *
 * ```text
 * {"format":"async-lessons-findings","version":1,"package":"0.1.0","lesson":"counter","outcome":"returned",
 * "lints":[
 * {"name":"lock-held-long","summary":"…"},
 * …],
 * "findings":[
 * {"lint":"lock-held-long","task":{"id":1,"name":"adder 1"},"resource":…,"location":…,"text":"…"}
 * ],
 * "diagnoses":[]}
 * ```
 *
 * One finding a line: it is JSON for programs, and can be read and compared by lines.
 *
 * @module
 */
import type { RuntimeEvent } from '../../runtime/events.ts';
import type { Diagnosis } from '../doctor/diagnose.ts';
import type { Finding, Lint } from '../lints.ts';
import { toJson } from './json.ts';
import type { About } from './jsonl.ts';

const FORMAT = 'async-lessons-findings';
const VERSION = 1;

/** How a run ended; null if it was not seen to end. */
export type Outcome = Extract<RuntimeEvent, { kind: 'runtime.finished' }>['outcome'] | null;

/**
 * The text of a file of findings, in pieces. An empty list says that the lints were asked and found nothing.
 *
 * @param diagnoses why the run came to a halt, the likeliest slip first; none if it did not.
 */
export function* findingsFile(
  findings: readonly Finding[],
  diagnoses: readonly Diagnosis[],
  lints: readonly Pick<Lint, 'name' | 'summary'>[],
  about: About,
  outcome: Outcome,
): Generator<string, void, undefined> {
  const head = { format: FORMAT, version: VERSION, package: about.package, lesson: about.lesson, outcome };
  yield `${toJson(head).slice(0, -1)},\n"lints":[`;
  yield* items(lints.map(({ name, summary }) => ({ name, summary })));
  yield '],\n"findings":[';
  yield* items(findings.map(({ lint, task, resource, location, text }) => ({ lint, task, resource, location, text })));
  yield '],\n"diagnoses":[';
  yield* items(diagnoses.map(({ name, circle, location, text }) => ({ diagnosis: name, circle, location, text })));
  yield ']}\n';
}

function* items(values: readonly unknown[]): Generator<string, void, undefined> {
  for (const [i, value] of values.entries()) yield `${i === 0 ? '' : ','}\n${toJson(value)}`;
  if (values.length > 0) yield '\n';
}
