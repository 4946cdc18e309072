import type { Async, RuntimeEvent } from 'async-lessons';
import { run } from './run.ts';

/**
 * What a trace is told of the resources of a program, one line each, with who did it:
 * `main: mutex 1 acquired, permits 1, available 0`. Timers and promises are left out.
 */
export async function told(main: () => Async<unknown>): Promise<string[]> {
  const lines: string[] = [];
  const observer = (event: RuntimeEvent) => {
    if (event.kind === 'resource.created') {
      const { resource, detail } = event;
      if (!QUIET.has(resource.kind)) lines.push(`${resource.name} created${detail === '' ? '' : ` (${detail})`}`);
    } else if (event.kind === 'resource.op' && !QUIET.has(event.resource.kind)) {
      const { at: _at, kind: _kind, resource, task, op, ...rest } = event;
      // Places change with every edit of a test.
      const { location: _location, ...more } = { location: null, ...rest };
      const details = Object.entries(more).map(([name, value]) => `, ${name} ${inWords(value)}`);
      lines.push(`${task?.name ?? 'nobody'}: ${resource.name} ${op}${details.join('')}`);
    }
  };
  await run(main, { observer });
  return lines;
}

const QUIET = new Set(['timer', 'promise']);

/** A task by its name, anything else as it is. */
function inWords(value: unknown): string {
  return typeof value === 'object' && value !== null ? (value as { name: string }).name : String(value);
}
