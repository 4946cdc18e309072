/** Runs of programs, as the doctor sees them. */
import type { Async, RuntimeOptions } from 'async-lessons';
import { Doctor } from '../../src/trace/doctor.ts';
import { eventsOf } from './lint-runs.ts';
import { textOf } from './views.ts';

/** The doctor who has seen a run to its end. */
export async function examined(main: () => Async<unknown>, options: RuntimeOptions = {}): Promise<Doctor> {
  const doctor = new Doctor();
  for (const event of await eventsOf(main, options)) doctor.fold(event);
  return doctor;
}

/** What is wrong with a program, by name. */
export async function namesOf(...run: Parameters<typeof examined>): Promise<string[]> {
  return (await examined(...run)).diagnoses('/').map(({ name }) => name);
}

/** What is wrong with it, in words and without places. */
export async function saidOf(...run: Parameters<typeof examined>): Promise<string[]> {
  return (await examined(...run)).diagnoses('/').map(({ text }) => placeless(text));
}

/** The report, without places. */
export function reportOf(doctor: Doctor, width = 100): string {
  const lines = doctor.lines({ width, unicode: true, folder: '/' }).map(textOf);
  return lines.map(placeless).join('\n');
}

/** Places by their line alone: the name of a program that is text is as long as the program. */
function placeless(text: string): string {
  return text.replace(/\S*[\w-]\.(?:ts|js)\S*?(:\d+)+/g, 'here');
}
