/**
 * Random programs, and what real Tokio did with them: every poll, every result, every drop.
 *
 * `random.rs` has written the programs and run them. Here the same programs run on this runtime,
 * and do the same, line by line. More of them: `random 1000 5000 > more.out`, and
 * `RANDOM_PROGRAMS=more.out npx vitest run test/conformance/random`.
 */
import { readFileSync } from 'node:fs';
import { Runtime } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { logged, startCase } from '../common.ts';
import { run } from './machine/perform.ts';

const recorded = readFileSync(process.env.RANDOM_PROGRAMS ?? new URL('random.1.53.out', import.meta.url), 'utf8');
const programs = recorded
  .split(/^> /m)
  .slice(1)
  .map((text) => text.trimEnd().split('\n'));

/** Up to the drop of main's state: what goes with the runtime goes in another order there. */
function untilTheEnd(lines: readonly string[]): string[] {
  return lines.slice(0, lines.findIndex((line) => line.endsWith(' main state drop')) + 1);
}

describe('random programs do what they do on Tokio', () => {
  it.each(programs.map(([program, ...lines], i) => ({ number: i + 1, program, lines })))(
    'program $number',
    async ({ program, lines }) => {
      startCase();
      await new Runtime({ clock: 'virtual', seed: 1, onWarning: () => {} }).blockOn(run(program ?? ''));

      expect(untilTheEnd(logged())).toEqual(lines);
    },
  );
});
