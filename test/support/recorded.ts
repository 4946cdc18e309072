import { type Async, Runtime, type RuntimeEvent, type RuntimeOptions } from 'async-lessons';
import { chromeTrace } from '../../src/trace/files/chrome.ts';
import { jsonlLines } from '../../src/trace/files/jsonl.ts';
import { Recorder } from '../../src/trace/recorder.ts';

/** The events of a run, even if it ends badly. */
export async function eventsOf(main: () => Async<unknown>, options: RuntimeOptions = {}): Promise<RuntimeEvent[]> {
  const events: RuntimeEvent[] = [];
  const observer = (event: RuntimeEvent) => void events.push(event);
  const runtime = new Runtime({ clock: 'virtual', seed: 1, observer, onWarning: () => {}, ...options });
  await runtime.blockOn(main()).catch(() => {});
  return events;
}

/** A recorder that was told these events. */
export function recorded(events: Iterable<RuntimeEvent>, limit?: number): Recorder {
  const recorder = new Recorder(limit);
  for (const event of events) recorder.fold(event);
  return recorder;
}

/** The text of a saved run. */
export function jsonlOf(events: Iterable<RuntimeEvent>, limit?: number): string {
  return [...jsonlLines(recorded(events, limit), { package: '0.1.0', lesson: null })].join('');
}

/** The text of a run for Perfetto and speedscope. */
export function chromeOf(events: Iterable<RuntimeEvent>, title = 'a run'): string {
  return [...chromeTrace(events, { title, folder: '/home/ada' })].join('');
}

/** Everything that names and texts should be able to bear. */
export const NASTY =
  '"quotes" \\ </script><b onclick="x">&amp; \n\r\t\0 \u001b[31mred\u001b]0;title\u0007 \u009b2J \u2028\u2029\u202e\ufeff \ud800 half \udfff \u{1f375}';
