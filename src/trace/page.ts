/**
 * What a view has to know of whom it is shown to.
 * Where a view that speaks at the end is to be read.
 *
 * @module
 */

/** Where lines are going to be shown. */
/** What a view has to know of the place where its lines go. */
export interface Page {
  /** How many columns there are. */
  readonly width: number;
  /** Can it show more than ASCII? */
  readonly unicode: boolean;
  /** Files below it are called by their path from here. */
  /** Places in files are told from here. */
  readonly folder: string;
}
