/**
 * Mutation testing: breaks the runtime in one small way at a time, and asks whether a test notices.
 *
 *     node mutation/run.js [files…] [--jobs n] [--docs]
 *     node mutation/run.js --report [--docs]             what earlier runs have found
 *
 * All mutants are compiled into the sources at once, asleep; a few processes load these sources and
 * the tests once and then wake one mutant after the other, running only the tests that come past it.
 *
 * A survivor that is not in `equivalent.js` makes the run fail.
 *
 * @module
 */
import { fork } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { equivalent } from './equivalent.js';
import { keyOf, mutantsOf } from './mutants.js';
import { reasonsOf, summary, writeDocs } from './report.js';

const ROOT = join(import.meta.dirname, '..');
const WORKER = join(import.meta.dirname, 'worker.js');
const REPORT = join(ROOT, 'reports/mutation.json');
const DOCS = join(ROOT, 'docs/mutation.md');

/** A process that says nothing for so long hangs. It speaks after every test of a mutant, once a second. */
const SILENCE = 30_000;
/** What mutants leave behind adds up: a process is replaced after so many. */
const MUTANTS_PER_PROCESS = 250;
/** How long the tests of a mutant run that is listed as equivalent. */
const ENOUGH_MS = 500;
/** How much longer than without a mutant a test may run, and how many more mutants it may come past. */
const PATIENCE = { ms: (ms) => 1_500 + ms * 8, evaluations: (count) => 20_000 + count * 20 };

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { jobs: { type: 'string' }, docs: { type: 'boolean' }, report: { type: 'boolean' } },
});
const jobs = Number(options.jobs ?? availableParallelism());

/** Their text runs in threads, where nobody knows of mutants. */
const LEFT_OUT = new Set(['src/runtime/host/thread-side.ts', 'src/runtime/blocking/crossing.ts']);

const files = readdirSync(join(ROOT, 'src/runtime'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => `src/runtime/${file}`)
  .filter((file) => !LEFT_OUT.has(file))
  .filter((file) => positionals.length === 0 || positionals.some((part) => file.includes(part)))
  .toSorted((a, b) => wanted(a) - wanted(b) || (a < b ? -1 : 1));
const mutants = files
  .flatMap((file) => mutantsOf(file, readFileSync(join(ROOT, file), 'utf8')))
  .map((mutant, id) => ({ ...mutant, id }));

const listed = reasonsOf(equivalent);

if (options.report) {
  const known = Object.values(saved()).flat();
  console.log(summary(known, equivalent).text);
  if (options.docs) writeDocs(DOCS, known, equivalent, unmeasured(known));
  process.exit();
}

/** One process, and one order at a time. */
class Worker {
  #child;
  #answer = () => {};
  #timer;
  orders = 0;

  /** A process that is ready for orders. That it cannot load may pass: somebody installs packages just now. */
  static async ready(tries = 5) {
    const { worker, told, error } = await Worker.start();
    if (told === 'loaded') return worker;
    worker.stop();
    if (tries === 0) throw new Error(error ?? told);
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    return Worker.ready(tries - 1);
  }

  static async start(awake) {
    const worker = new Worker();
    worker.#child = fork(WORKER, [JSON.stringify({ files, awake })], {
      stdio: ['ignore', 'ignore', process.env.DEBUG ? 'inherit' : 'ignore', 'ipc'],
      execArgv: ['--max-old-space-size=1500'],
    });
    worker.#child.on('message', (message) => {
      if (message.told === 'alive') worker.#watch();
      else worker.#answer(message);
    });
    worker.#child.on('exit', () => worker.#answer({ told: 'died' }));
    return { worker, ...(await worker.#wait()) };
  }

  ask(order) {
    this.orders += 1;
    const answer = this.#wait();
    this.#child.send(order, () => {}); // One that has died says so by its end.
    return answer;
  }

  stop() {
    this.#child.kill('SIGKILL');
  }

  #wait() {
    return new Promise((resolve) => {
      this.#answer = (message) => {
        clearTimeout(this.#timer);
        resolve(message);
      };
      this.#watch();
    });
  }

  #watch() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#answer({ told: 'hung' }), SILENCE + (this.orders === 0 ? 60_000 : 0));
  }
}

const begin = Date.now();
const first = await Worker.ready();
const tests = await baseline(first);
say(`${mutants.length} mutants in ${files.length} files, ${tests.length} tests; ${seconds()} s until here`);

async function baseline(worker) {
  const answers = worker.ask({ do: 'baseline' });
  const answer = await answers;
  if (answer.told !== 'baseline') throw new Error(answer.error ?? answer.told);
  for (const id of answer.onLoad) mutants[id].onLoad = true;
  for (const [index, test] of answer.tests.entries()) {
    test.index = index;
    if (test.error !== undefined) say(`left out, it is red without a mutant: ${test.file} ${test.name}: ${test.error}`);
  }
  return answer.tests;
}

/** Which tests come past which mutant. */
const passers = mutants.map(() => []);
const byFile = new Map(files.map((file) => [file, new Set()]));
const green = tests.filter(({ error }) => error === undefined);
for (const test of green) {
  for (const id of test.passed) {
    passers[id].push(test);
    byFile.get(mutants[id].file).add(test);
  }
}

if (process.env.DEBUG) {
  for (const { ms, file, name } of tests.toSorted((a, b) => b.ms - a.ms).slice(0, 60))
    say(`${Math.round(ms)} ms  ${file} > ${name}`);
}

/** How often a test has killed, file by file: who did it once does it again. */
const kills = new Map(files.map((file) => [file, new Map()]));

/** Who only reads a constant comes past no mutant: so those count, too, that lie where the tests of the file do. */
function candidatesOnLoad(file) {
  const folder = dirname(file).replace('src/', 'test/');
  return green.filter((test) => byFile.get(file).has(test) || dirname(test.file) === folder);
}

function orderFor(mutant, alone) {
  const candidates = mutant.onLoad ? candidatesOnLoad(mutant.file) : passers[mutant.id];
  const mirror = mutant.file.replace('src/', 'test/').replace(/\.ts$/, '');
  const killer = kills.get(mutant.file);
  const rank = (test) =>
    (test.ms + 1) / (1 + (killer.get(test.index) ?? 0) * 2) / (test.file.startsWith(mirror) ? 4 : 1) -
    (test.index === alone ? 1e9 : 0);
  // What is listed is not expected to die: the likeliest killers are enough to find out that it does.
  let time = listed.has(keyOf(mutant)) ? ENOUGH_MS : Number.POSITIVE_INFINITY;
  return candidates
    .toSorted((a, b) => rank(a) - rank(b))
    .filter(({ ms }) => {
      time -= ms;
      return time > 0;
    })
    .map((test) => ({
      test: test.index,
      ms: PATIENCE.ms(test.ms),
      evaluations: PATIENCE.evaluations(test.evaluations),
    }));
}

const queue = [...mutants];
let done = 0;

async function work(given) {
  let worker = given;
  for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
    mutant.tests = orderFor(mutant).length;
    if (mutant.tests === 0) mutant.status = 'survived';
    else {
      let answer;
      if (mutant.onLoad) answer = await inProcessOfItsOwn(mutant);
      else {
        if (worker === undefined || worker.orders > MUTANTS_PER_PROCESS) {
          worker?.stop();
          worker = await Worker.ready();
        }
        answer = await worker.ask({ id: mutant.id, order: orderFor(mutant) });
        if (answer.told !== 'result' || answer.status === 'tainted') {
          // Was it this mutant, or what others left behind? A new process tells.
          worker.stop();
          worker = undefined;
          answer = await inProcessOfItsOwn(mutant, answer.by);
        }
      }
      settle(mutant, answer);
    }
    if (mutant.status === 'survived' && process.env.DEBUG)
      say(JSON.stringify([keyOf(mutant), mutant.line, mutant.tests]));
    done += 1;
    if (done % 100 === 0) {
      say(`${done} of ${mutants.length}, ${seconds()} s`);
      save();
    }
  }
  worker?.stop();
}

async function inProcessOfItsOwn(mutant, alone, again = true) {
  const { worker, ...loaded } = await Worker.start(mutant.id);
  const answer =
    loaded.told === 'loaded' ? await worker.ask({ id: mutant.id, order: orderFor(mutant, alone) }) : loaded;
  worker.stop();
  // A process may die of something else; twice it does not.
  return answer.told !== 'result' && again ? inProcessOfItsOwn(mutant, alone, false) : answer;
}

function settle(mutant, { told, status, by, error }) {
  if (told === 'hung') mutant.status = 'timeout';
  else if (told === 'died' || told === 'broken') mutant.status = 'killed';
  else mutant.status = status;
  if (by === undefined) return;
  mutant.by = `${tests[by].file} > ${tests[by].name}`;
  mutant.error = error;
  const killer = kills.get(mutant.file);
  killer.set(by, (killer.get(by) ?? 0) + 1);
}

await Promise.all([work(first), ...Array.from({ length: jobs - 1 }, () => work())]);

const report = save();
const { text, failed } = summary(mutants, equivalent);
console.log(text);
say(`${seconds()} s; everything is in reports/mutation.json`);
if (options.docs) writeDocs(DOCS, Object.values(report).flat(), equivalent, unmeasured(Object.values(report).flat()));
process.exit(failed ? 1 : 0);

/** What has mutants, and was in no run that is known. */
function unmeasured(known) {
  const measured = new Set(known.map(({ file }) => file));
  return [...new Set(mutants.map(({ file }) => file))].filter((file) => !measured.has(file));
}

/** What was asked for first is tried first. */
function wanted(file) {
  return positionals.findIndex((part) => file.includes(part));
}

/** Writes what is known of every file that is done with, beside what was known before. */
function save() {
  const report = Object.fromEntries(Object.entries(saved()).filter(([file]) => existsSync(join(ROOT, file))));
  for (const file of files) {
    const ones = mutants.filter((mutant) => mutant.file === file);
    if (ones.some(({ status }) => status === undefined)) continue;
    report[file] = ones.map(({ line, place, from, to, status, tests, by, error }) => ({
      file,
      line,
      place,
      from,
      to,
      status,
      tests,
      by,
      error,
    }));
  }
  mkdirSync(join(ROOT, 'reports'), { recursive: true });
  writeFileSync(REPORT, `${JSON.stringify(report, null, 1)}\n`);
  return report;
}

function saved() {
  try {
    return JSON.parse(readFileSync(REPORT, 'utf8'));
  } catch {
    return {};
  }
}

function seconds() {
  return Math.round((Date.now() - begin) / 1000);
}

function say(text) {
  console.error(text);
}
