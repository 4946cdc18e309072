/**
 * How many of something there were at the same time.
 *
 * @module
 */

/** Counts those that come and go. */
export class Peak {
  now = 0;
  /** So many there were at most. */
  most = 0;
  /** So many came in all. */
  all = 0;

  come(n = 1): void {
    this.all += n;
    this.now += n;
    this.most = Math.max(this.most, this.now);
  }

  go(n = 1): void {
    this.now -= n;
  }
}
