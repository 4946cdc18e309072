/**
 * How a command ended, for scripts. `--help` lists them.
 *
 * @module
 */

/** The process's exit code. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  stuck: 3,
  findings: 4,
  stalled: 5,
  interrupted: 130,
  terminated: 143,
} as const;

/** One line each, for the help. */
export const EXIT_HELP = `Exit codes:
  0    the program ran to its end
  1    the program failed, or a file could not be read or written
  2    the command line makes no sense
  3    the program got stuck: nothing could ever run again
  4    it ran to its end, and --check has found something
  5    nothing ran for as long as --stall-after says
  130  it was stopped with Ctrl-C (143: with SIGTERM)`;
