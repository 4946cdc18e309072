/**
 * How much of an event is its place?
 *
 * The answer stands in bench/README.md. The same program is traced twice: by the runtime as it is built, and by one that
 * answers every question for a place with the same empty answer, without asking V8. Run it after a build:
 *
 *     node bench/placeless.js
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { here } from './contenders.js';
import { median } from './verdict.js';

const ROUNDS = 5;
const AMOUNT = 1000;
/** The functions that ask V8, and what they answer instead. */
const ANSWERS = { captureStack: 'NO_STACK', captureCaller: 'null', rawStack: 'NO_ERROR' };

/** The built runtime without places. Answers its address. */
function buildPlaceless() {
  let source = readFileSync(here('../dist/runtime/index.js'), 'utf8');
  for (const [name, answer] of Object.entries(ANSWERS)) {
    const start = new RegExp(`^function ${name}\\(.*\\{$`, 'm');
    if (!start.test(source)) throw new Error(`${name} was not found: has it another name?`);
    source = source.replace(start, (line) => `${line} return ${answer};`);
  }
  mkdirSync(here('build'), { recursive: true });
  const file = here('build/placeless.js');
  writeFileSync(file, `${source}\nconst NO_STACK = Object.freeze([]);\nconst NO_ERROR = new Error();\n`);
  return `file://${file}`;
}

/** Time of one event in ns, beyond what the program takes when nobody observes. */
function eventOf(env) {
  const traced = (mode) => {
    const args = ['--expose-gc', here('traced.js'), mode, String(AMOUNT)];
    return JSON.parse(execFileSync(process.execPath, args, { env: { ...process.env, ...env }, encoding: 'utf8' }));
  };
  const time = ({ wall, waited }) => wall - waited;
  const [off, heard, recorded] = ['off', 'heard', 'recorded'].map(traced);
  return {
    heard: (time(heard) - time(off)) / heard.events,
    recorded: (time(recorded) - time(off)) / recorded.events,
  };
}

const variants = { 'with its place': {}, 'without its place': { BENCH_RUNTIME: buildPlaceless() } };
const rounds = Array.from({ length: ROUNDS }, () => Object.values(variants).map(eventOf));
Object.keys(variants).forEach((name, nth) => {
  const of = (mode) => Math.round(median(rounds.map((figures) => figures[nth][mode])));
  console.log(`an event ${name}: ${of('heard')} ns heard, ${of('recorded')} ns recorded`);
});
