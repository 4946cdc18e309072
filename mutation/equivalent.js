/**
 * The mutants that no test can kill, because nothing that can be seen is different. Each says why.
 *
 * A mutant is known by its file, the class and method, what stood there, and what stands there
 * instead; a number tells twins apart. `run.js` says when one of these dies, or is gone.
 */
export const equivalent = {};
