/** fast-check with one seed and fewer runs: the same answer every time, and soon. */
import real from 'fast-check';

export * from 'fast-check';

const RUNS = 100;

export default {
  ...real,
  assert: (property, options) =>
    real.assert(property, {
      ...options,
      seed: 1,
      numRuns: Math.min(options?.numRuns ?? RUNS, RUNS),
      endOnFailure: true,
    }),
};
