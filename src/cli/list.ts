/**
 * The lessons, and what to type first.
 *
 * @module
 */
import { lessons } from '../examples/index.ts';
import { Printer } from './printer.ts';
import type { Terminal } from './terminal.ts';

/** Prints the list. */
export async function listLessons(terminal: Terminal): Promise<void> {
  const printer = await Printer.on(terminal);
  const numbers = String(lessons.length).length;
  const width = Math.max(...lessons.map(({ name }) => name.length));
  printer.say('See what an async executor does. The lessons, in order:');
  printer.say('');
  lessons.forEach(({ name, summary }, index) => {
    printer.line({
      pieces: [
        { tone: 'quiet', text: `  ${String(index + 1).padStart(numbers)}  ` },
        { tone: 'task', text: `${name.padEnd(width)}  ` },
        { tone: 'plain', text: summary },
      ],
      indent: width + numbers + 6,
    });
  });
  printer.say('');
  for (const [command, why] of [
    ['npx async-lessons tea', 'start here'],
    ['npx async-lessons tea --trace', 'see every scheduling step'],
    ['npx async-lessons show tea', 'read its program'],
    ['npx async-lessons tea --help', 'see what there is to play with'],
    ['npx async-lessons run mine.js', 'see what a program of your own does'],
  ] as const) {
    printer.line({
      pieces: [
        { tone: 'plain', text: `  ${command.padEnd(30)}` },
        { tone: 'quiet', text: `# ${why}` },
      ],
      indent: 4,
    });
  }
  printer.flush();
}
