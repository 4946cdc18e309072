/**
 * What a view has to know of the place where its lines go.
 *
 * @module
 */

/** Where lines are going to be shown. */
export interface Page {
  /** How many columns there are. */
  readonly width: number;
  /** Can it show more than ASCII? */
  readonly unicode: boolean;
  /** Places in files are told from here. */
  readonly folder: string;
}
