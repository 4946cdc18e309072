/**
 * From measurements to a figure, and from figures to *met* or *missed*.
 *
 * @module
 */

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The ratio of two contenders: the median of the ratios round by round. Both were measured one after
 * the other, so a slow minute of the machine hits both.
 */
export function ratio(ours, theirs) {
  return median(ours.map((value, round) => value / theirs[round]));
}

/** Is `value` what the target asks for? What is no number was not measured. */
function judge(text, value, limit, isAtLeast = false) {
  if (!Number.isFinite(value)) return { text, value: null, verdict: 'not measured' };
  return { text, value, verdict: (isAtLeast ? value >= limit : value <= limit) ? 'met' : 'missed' };
}

/**
 * What becomes of a row's targets.
 *
 * @param rounds for each contender its values, one a round; for a row that grows, one list a size.
 */
export function judgeAll(targets, rounds) {
  return targets.map(({ most, least, against, flat }) => {
    const { ours } = rounds;
    if (flat !== undefined) {
      const sizes = ours.map(median);
      return judge(`flat within ${flat} ×`, Math.max(...sizes) / Math.min(...sizes), flat);
    }
    if (against === undefined) return judge(`at most ${most}`, median(ours), most);
    const theirs = rounds[against];
    const value = theirs === undefined ? Number.NaN : ratio(ours, theirs);
    if (least !== undefined) return judge(`at least ${least} × ${against}`, value, least, true);
    return judge(`at most ${most} × ${against}`, value, most);
  });
}
