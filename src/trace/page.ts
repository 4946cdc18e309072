/**
 * What a view has to know of whom it is shown to.
 *
 * @module
 */

/** Where lines are going to be shown. */
export interface Page {
  /** How many columns there are. */
  readonly width: number;
  /** Can it show more than ASCII? */
  readonly unicode: boolean;
  /** Files below it are called by their path from here. */
  readonly folder: string;
}
