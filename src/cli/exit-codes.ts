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
  interrupted: 130,
  terminated: 143,
} as const;

/** One line each, for the help. */
export const EXIT_HELP = `Exit codes:
  0    the lesson ran to its end
  1    the lesson failed: its program threw, or the port was in use
  2    the command line makes no sense
  3    the program got stuck: nothing could ever run again
  130  it was stopped with Ctrl-C (143: with SIGTERM)`;
