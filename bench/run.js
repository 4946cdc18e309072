/**
 * The benchmark: our runtime beside what people would pick instead, on the same work, in one run.
 *
 *     npm run bench                                  everything; writes bench/results.json
 *     npm run bench -- switch mpsc --rounds 3        two works; writes nothing unless --json says where
 *     npm run bench -- tracing --update              puts these rows in the place of the old ones in results.json
 *     npm run bench -- --quick                       everything once and small: does it still run?
 *
 * Each measurement is a process of its own. Contenders take turns, several rounds, and the table shows
 * medians. Every program answers a checksum, and a wrong one ends the benchmark. See README.md.
 *
 * @module
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, type } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { buildTokio, contenders, here, versions } from './contenders.js';
import { serverRows } from './parts/servers.js';
import { startRows } from './parts/starts.js';
import { tracingRows } from './parts/tracing.js';
import { worksRows } from './parts/works.js';
import { summary, table } from './table.js';
import { works } from './works.js';

const NAMES = [...works.map(({ name }) => name), 'server', 'idle', 'tracing', 'off', 'start', 'story'];

const { values: options, positionals } = (() => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        rounds: { type: 'string', default: '5' },
        scale: { type: 'string', default: '1' },
        quick: { type: 'boolean', default: false },
        update: { type: 'boolean', default: false },
        json: { type: 'string' },
        contenders: { type: 'string' },
      },
    });
  } catch (error) {
    return fail(error.message);
  }
})();

const unknown = positionals.filter((name) => !NAMES.includes(name));
if (unknown.length > 0) fail(`there is no work called ${unknown.join(', ')}; there are ${NAMES.join(', ')}`);
const rounds = options.quick ? 1 : positive('rounds', Math.round);
const scale = options.quick ? 0.002 : positive('scale', Number);
const noTokio = buildTokio();
if (noTokio !== undefined) console.error(`bench: Tokio is not measured: ${noTokio}`);
const wanted = options.contenders?.split(',') ?? Object.keys(contenders);
const strangers = wanted.filter((name) => !(name in contenders));
if (strangers.length > 0)
  fail(`there is no contender called ${strangers.join(', ')}; there are ${Object.keys(contenders).join(', ')}`);
const hasTokio = noTokio === undefined && wanted.includes('tokio');

const settings = {
  wants: (name) => positionals.length === 0 || positionals.includes(name),
  rounds,
  scale,
  hasTokio,
  who: Object.keys(contenders).filter((name) => (name === 'tokio' ? hasTokio : wanted.includes(name))),
  progress: (what) => console.error(`… ${what}`),
};

const rows = [];
for (const part of [worksRows, serverRows, tracingRows, startRows]) rows.push(...(await part(settings)));

for (const line of table(rows)) console.log(line);
console.log(summary(rows));

const file =
  options.json ?? (positionals.length === 0 && !options.quick && scale === 1 ? here('results.json') : undefined);
if (file !== undefined || options.update) {
  const machine = {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    system: `${type()} ${release().split('.', 2).join('.')}`,
    node: process.version,
  };
  const results = { machine, versions: versions(hasTokio), rounds, rows };
  if (options.update) updateResults(here('results.json'), results);
  else write(file, results);
}

function write(path, results) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
}

/** New rows in the place of old ones; only of the same machine, or the table would compare machines. */
function updateResults(path, fresh) {
  const old = JSON.parse(readFileSync(path, 'utf8'));
  for (const what of ['cpu', 'cores', 'node']) {
    if (old.machine[what] !== fresh.machine[what]) fail(`results.json is of another machine: ${old.machine[what]}`);
  }
  const replaced = old.rows.map((row) => fresh.rows.find(({ name }) => name === row.name) ?? row);
  write(path, { ...old, machine: fresh.machine, rows: replaced });
}

function positive(name, make) {
  const value = make(Number(options[name]));
  if (!(value > 0)) fail(`--${name} is a number above 0, not ${options[name]}`);
  return value;
}

function fail(message) {
  console.error(`bench: ${message}`);
  process.exit(2);
}
