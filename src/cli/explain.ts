/**
 * `explain`: the handbook of the lints.
 *
 * @module
 */
import { explain, lints, listLints } from '../trace/lints.ts';
import { Printer } from './printer.ts';
import type { Terminal } from './terminal.ts';

/** Prints the page of a lint, or the list of all. Answers what is wrong with a name that there is not. */
export async function explainLint(name: string | undefined, terminal: Terminal): Promise<string | undefined> {
  const lines = name === undefined ? listLints() : explain(name);
  if (lines === undefined) {
    return `there is no lint '${name}'. There are: ${lints.map((lint) => lint.name).join(', ')}.`;
  }
  const printer = await Printer.on(terminal);
  for (const line of lines) printer.line(line);
  printer.flush();
  return undefined;
}
