/**
 * What is to be known of a diagnosis, apart from any run: a page of the handbook.
 *
 * @module
 */
import type { HandbookPage } from '../lints/lint.ts';

/** A name that the doctor has for what is wrong. Two of them are names of lints as well. */
export type DiagnosisName =
  | 'futurelock'
  | 'full-channel'
  | 'lock-cycle'
  | 'lost-waker'
  | 'nobody-left'
  | 'self-lock'
  | 'unawaited-future'
  | 'unclosed-channel'
  | 'wait-cycle';

/** One kind of standstill. */
export interface DiagnosisPage {
  readonly name: DiagnosisName;
  /** One line, for a list. */
  readonly summary: string;
  /** One sentence below the finding: what to do. */
  readonly remedy: string;
  readonly page: HandbookPage;
}
