/**
 * Who takes part, how one measurement of each is started, and which version it is.
 *
 * @module
 */
import { execFile, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const execute = promisify(execFile);
const TOKIO = here('tokio/target/release/works');

/** A measurement that takes longer has gone wrong. */
const MOST_MS = 300_000;

function inNode(contender, env = {}) {
  return async (work, size) => {
    const args = ['--expose-gc', '--max-old-space-size=8192', here('measure.js'), contender, work.name, String(size)];
    const { stdout } = await execute(process.execPath, args, {
      timeout: MOST_MS,
      env: { ...process.env, ...env },
    });
    return JSON.parse(stdout);
  };
}

async function onTokio(work, size) {
  const times = work.repeat?.(size) ?? 1;
  const warm = work.warm === false ? 0 : (work.warm?.(size) ?? Math.min(size, 20_000));
  const args = [work.program ?? work.name, size, times, warm].map(String);
  const { stdout } = await execute(TOKIO, args, { timeout: MOST_MS });
  return JSON.parse(stdout);
}

/** In the order of the columns. The first is the one that has targets. */
export const contenders = {
  ours: inNode('ours'),
  native: inNode('native'),
  effect: inNode('effect'),
  effection: inNode('effection'),
  tokio: onTokio,
};

/** Our runtime as built into another file. */
export const build = (file) => inNode('ours', { BENCH_RUNTIME: file });

/** Builds the Rust programs, if there is a cargo and Debian's Tokio. Answers why not, or nothing. */
export function buildTokio() {
  try {
    execFileSync('cargo', ['--version'], { stdio: 'ignore' });
  } catch {
    return 'there is no cargo here';
  }
  if (debianTokio() === undefined) {
    return "Debian's Tokio is not there (apt-get install librust-tokio-dev)";
  }
  execFileSync('cargo', ['build', '--release', '--quiet'], { cwd: here('tokio'), stdio: 'inherit' });
  return undefined;
}

function debianTokio() {
  try {
    const crates = readdirSync('/usr/share/cargo/registry');
    return crates.find((name) => /^tokio-1\.[\d.]+$/.test(name))?.slice('tokio-'.length);
  } catch {
    return undefined;
  }
}

/** The versions of all who take part. */
export function versions(hasTokio) {
  const of = (path) => JSON.parse(readFileSync(here(path), 'utf8')).version;
  return {
    ours: of('../package.json'),
    native: process.version,
    effect: of('node_modules/effect/package.json'),
    effection: of('node_modules/effection/package.json'),
    ...(hasTokio ? { tokio: debianTokio() } : {}),
  };
}
