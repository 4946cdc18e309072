import type { Location, RuntimeEvent, TaskRef } from 'async-lessons';
import type { Line } from '../../src/trace/text.ts';

/** An event, whenever it happened. */
export type Undated<E = RuntimeEvent> = E extends unknown ? Omit<E, 'at'> : never;

export const MAIN: TaskRef = { id: 0, name: 'main' };
export const BOB: TaskRef = { id: 2, name: 'bob' };

/** A place in a program that somebody keeps in `/home/ada`. */
export const HERE: Location = { file: 'file:///home/ada/tea.ts', line: 18, column: 3, fn: 'main' };
export const HOME = '/home/ada';

/** An event that happened after two seconds. */
export function dated(event: Undated): RuntimeEvent {
  return { at: 2000, ...event } as RuntimeEvent;
}

/** What a line says, whatever it looks like. */
export function textOf({ pieces }: Line): string {
  return pieces
    .map(({ text }) => text)
    .join('')
    .trimEnd();
}

/** Text without the places in it, which change with every edit. */
export function placeless(text: string): string {
  return text.replace(/ at \S+:\d+/g, '');
}

/** The text of a terminal's output as a person reads it, without colours and other sequences. */
export function readable(output: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return output.replaceAll('\r\n', '\n').replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '');
}

/** Everything in a text that is no plain printable character, tab or line break. */
export function unclean(text: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g) ?? [];
}
