/**
 * One measurement, in a process of its own: `node measure.js <contender> <work> <size>`.
 *
 * Prints one line of JSON: what the program answered, and what it took.
 *
 * @module
 */
import { writeSync } from 'node:fs';
import { Meter } from './meter.js';
import { works } from './works.js';

const [, , contender, name, sizeText] = process.argv;
const { programs } = await import(`./contenders/${contender}.js`);
const work = works.find((one) => one.name === name);
const program = programs[work?.program ?? name];
if (work === undefined || program === undefined) {
  console.error(`measure: ${contender} has no program called ${name}`);
  process.exit(2);
}
const size = Number(sizeText);

// The compiler has seen it before it counts.
for (let i = 0; i < 3 && work.warm !== false; i++)
  await program(work.warm?.(size) ?? Math.min(size, 20_000), new Meter());

const times = work.repeat?.(size) ?? 1;
globalThis.gc?.();
const meter = new Meter();
let checksum;
for (let i = 0; i < times; i++) checksum = await program(size, meter);
writeSync(1, `${JSON.stringify({ checksum, times, ...meter.reading() })}\n`);
// A million timers may still be armed.
process.exit(0);
