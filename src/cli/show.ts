/**
 * A lesson's program.
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import type { Lesson } from '../examples/index.ts';
import { Printer } from './printer.ts';
import type { Terminal } from './terminal.ts';

/**
 * Prints the source, or that of its twin in Rust. A person sees the line numbers that the trace speaks of; a pipe gets the file
 * to the letter.
 */
export async function show(lesson: Lesson, language: 'ts' | 'rs', terminal: Terminal): Promise<void> {
  const file = lesson.file.replace(/\.ts$/, `.${language}`);
  const source = await readFile(new URL(`../../src/examples/${file}`, import.meta.url), 'utf8');
  if (terminal.width === undefined) {
    terminal.out(source);
    return;
  }
  const printer = await Printer.on(terminal);
  const lines = source.trimEnd().split('\n');
  const width = String(lines.length).length;
  lines.forEach((text, index) => {
    const number = String(index + 1).padStart(width);
    printer.line({
      pieces: [
        { tone: 'quiet', text: `${number}  ` },
        { tone: 'plain', text },
      ],
      indent: width + 2,
    });
  });
  printer.flush();
}
