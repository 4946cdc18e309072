/**
 * A process that holds the runtime with its mutants asleep in it, and the tests, loaded once. It
 * wakes one mutant at a time and runs the tests that it is told to run.
 *
 * A red test kills a mutant only if the same test is green without it and red with it once more:
 * what a mutant before it has left behind must not count.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runInThisContext } from 'node:vm';
import { vi } from 'vitest';
import { createViteServer } from 'vitest/node';
import { mutantsOf, withMutants } from './mutants.js';

const ROOT = join(import.meta.dirname, '..');
const TESTS = join(ROOT, 'test/');
const NOBODY = -1;
const { setTimeout, clearTimeout } = globalThis;
/**
 * Leaks: a million rounds each would take as long as all others, and measure what is left, not what is done. Rust: its
 * programs are processes of their own.
 */
const LEFT_OUT = /test\/(runtime\/leaks|examples\/rust)\.test\.ts$/;
/** Those of `test/cli` run processes of their own, which know of no mutant. */
const FOLDERS = ['runtime', 'conformance', 'trace', 'examples'];

const { files, awake } = JSON.parse(process.argv[2]);

let active = awake ?? NOBODY;
let evaluated = 0;
let allowed = Number.POSITIVE_INFINITY;
/** The mutants that a test came past, while somebody wants to know. */
let passed = new Set();
let uncaught;

class Endless extends Error {
  constructor() {
    super('the mutant was asked far more often than without it');
  }
}

globalThis.$mutation = { tests: [], finished: [], file: '' };
globalThis.$mutant = (id) => {
  evaluated += 1;
  if (evaluated > allowed) throw new Endless();
  passed?.add(id);
  return id === active;
};

process.on('uncaughtException', (error) => {
  uncaught = error;
});
process.on('unhandledRejection', (error) => {
  uncaught = error;
});

async function load() {
  let id = 0;
  const mutated = new Map();
  for (const file of files) {
    const source = readFileSync(join(ROOT, file), 'utf8');
    const mutants = mutantsOf(file, source).map((mutant) => ({ ...mutant, id: id++ }));
    mutated.set(join(ROOT, file), withMutants(source, mutants));
  }
  const server = await createViteServer({
    configFile: join(ROOT, 'vitest.config.ts'),
    root: ROOT,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
    oxc: { target: 'node18' },
    plugins: [
      {
        name: 'mutants',
        enforce: 'pre',
        transform: (source, file) => mutated.get(file) ?? (file.startsWith(TESTS) ? withOurs(source) : undefined),
      },
    ],
  });
  const { runner } = server.environments.ssr;
  // Frames must have the names of their files: the runtime reads stacks. And it reads them raw.
  runner.evaluator.runInlinedModule = evaluate;
  runner.resetSourceMapSupport?.();
  for (const file of testFiles()) {
    globalThis.$mutation.file = relative(ROOT, file);
    await runner.import(file);
  }
}

async function evaluate(context, code, { file }) {
  const begin = `'use strict';async (${Object.keys(context).join(',')})=>{{`;
  const options = { filename: file, columnOffset: -begin.length };
  await runInThisContext(`${begin}${code}\n}}`, options)(...Object.values(context));
  Object.seal(context.__vite_ssr_exports__);
}

/** Tests speak to our collector, and ask fast-check for the same examples every time. */
function withOurs(source) {
  return source.replace(
    / from '(vitest|fast-check)';/g,
    (_, name) => ` from '${join(import.meta.dirname, `${name}.js`)}';`,
  );
}

function testFiles() {
  const inFolders = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, 'test', folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts'))
      .toSorted()
      .map((file) => join(ROOT, 'test', folder, file)),
  );
  return [...inFolders, join(ROOT, 'test/doc-examples.test.ts')].filter(
    (file) => existsSync(file) && !LEFT_OUT.test(file),
  );
}

/** Runs one test. Answers what it threw, or undefined if it is green. */
async function redness({ body, beforeEach, afterEach }, limit) {
  const { finished } = globalThis.$mutation;
  uncaught = undefined;
  evaluated = 0;
  allowed = limit.evaluations;
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(reject, limit.ms, new Error('timeout'));
  });
  try {
    const done = (async () => {
      for (const hook of beforeEach) await hook();
      await body({});
    })();
    done.catch(() => {});
    await Promise.race([done, late]).finally(async () => {
      for (const hook of [...afterEach, ...finished.splice(0)]) await hook();
    });
    // What it did not wait for may still blow up.
    if (uncaught !== undefined) throw uncaught;
    if (evaluated > allowed) throw new Endless();
    return undefined;
  } catch (error) {
    return error ?? new Error('threw nothing');
  } finally {
    clearTimeout(timer);
    allowed = Number.POSITIVE_INFINITY;
  }
}

const { tests } = globalThis.$mutation;
const NO_LIMIT = { evaluations: Number.POSITIVE_INFINITY, ms: 20_000 };

/** What a test does at its end, in case it did not get there. */
function cleanUp() {
  vi.restoreAllMocks();
  vi.useRealTimers();
}

/** Every test once without a mutant: is it green, how long does it take, which mutants does it come past. */
async function baseline() {
  const onLoad = [...passed];
  const found = [];
  for (const test of tests) {
    await tell({ told: 'alive' });
    passed = new Set();
    const begin = performance.now();
    const error = await redness(test, NO_LIMIT);
    const ms = performance.now() - begin;
    if (error !== undefined) cleanUp();
    found.push({
      file: test.file,
      name: test.name,
      error: error && String(error.message),
      ms,
      evaluations: evaluated,
      passed: [...passed],
    });
  }
  passed = undefined;
  return { onLoad, tests: found };
}

async function tryMutant({ id, order }) {
  passed = undefined;
  const sleeps = awake === undefined;
  let told = Date.now();
  for (const limit of order) {
    if (Date.now() - told > 1000) {
      told = Date.now();
      await tell({ told: 'alive' });
    }
    const test = tests[limit.test];
    active = id;
    const error = await redness(test, limit);
    if (error === undefined) continue;
    cleanUp();
    const answer = {
      by: limit.test,
      status: wasEndless(error) ? 'timeout' : 'killed',
      error: String(error?.message ?? error).slice(0, 300),
    };
    if (!sleeps) return answer;
    active = NOBODY;
    const without = await redness(test, limit);
    if (without !== undefined) return { ...answer, status: 'tainted' };
    active = id;
    const again = await redness(test, limit);
    cleanUp();
    active = NOBODY;
    if (again !== undefined) return answer;
  }
  if (sleeps) active = NOBODY;
  return { status: 'survived' };
}

function wasEndless(error) {
  return error instanceof Endless || error?.message === 'timeout' || error?.message === new Endless().message;
}

function tell(message) {
  return new Promise((resolve) => process.send(message, resolve));
}

async function obey(order) {
  if (order.do === 'baseline') return { told: 'baseline', ...(await baseline()) };
  return { told: 'result', ...(await tryMutant(order)) };
}

process.on('message', (order) =>
  obey(order)
    .catch((error) => ({ told: 'broken', error: String(error?.stack ?? error) }))
    .then(tell),
);
process.on('disconnect', () => process.exit());

try {
  await load();
  await tell({ told: 'loaded' });
} catch (error) {
  await tell({ told: 'broken', error: String(error?.stack ?? error) });
}
