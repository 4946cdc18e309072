/**
 * `explain`: the handbook.
 *
 * @module
 */
import { contents, explain, pages } from '../trace/handbook.ts';
import { Printer } from './printer.ts';
import type { Terminal } from './terminal.ts';

/** Prints a page, or the list of all. Answers what is wrong with a name that there is not. */
export async function explainPage(name: string | undefined, terminal: Terminal): Promise<string | undefined> {
  const lines = name === undefined ? contents() : explain(name);
  if (lines === undefined) {
    return `there is no page '${name}'. There are: ${pages.map((page) => page.name).join(', ')}.`;
  }
  const printer = await Printer.on(terminal);
  for (const line of lines) printer.line(line);
  printer.flush();
  return undefined;
}
