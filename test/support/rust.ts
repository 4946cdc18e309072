/**
 * The lessons' twins in Rust, built with Debian's Tokio and without network.
 *
 * @module
 */
import { execFile, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Lesson } from '../../src/examples/index.ts';
import { Running } from './cli.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Kept between runs: Tokio itself takes ten times as long to build as all lessons. */
const FOLDER = join(ROOT, 'node_modules/.cache/rust-lessons');

const CRATES = '/usr/share/cargo/registry';

/** Is there a Rust, and are there Debian's crates? (apt-get install cargo librust-tokio-dev) */
export const hasTokio =
  spawnSync('cargo', ['--version']).status === 0 &&
  existsSync(CRATES) &&
  readdirSync(CRATES).some((name) => name.startsWith('tokio-1'));

/** The file of a lesson's twin. */
export function twinOf({ file }: Lesson): string {
  return join(ROOT, 'src/examples', file.replace(/\.ts$/, '.rs'));
}

/** A time that nobody has to wait for: the test runs on a clock that jumps, as ours does with `--instant`. */
function paused(source: string): string {
  return source.replace('(flavor = "current_thread")', '(flavor = "current_thread", start_paused = true)');
}

/**
 * Builds the twins of these lessons.
 *
 * @throws what the compiler has to say.
 */
export async function buildTwins(lessons: readonly Lesson[]): Promise<void> {
  mkdirSync(join(FOLDER, '.cargo'), { recursive: true });
  writeFileSync(
    join(FOLDER, '.cargo/config.toml'),
    `[source.crates-io]\nreplace-with = "debian"\n[source.debian]\ndirectory = "${CRATES}"\n`,
  );
  const features = ['rt', 'macros', 'time', 'sync', 'net', 'io-util', 'signal', 'test-util'];
  const manifest = [
    '[package]\nname = "lessons"\nversion = "0.0.0"\nedition = "2021"\nautobins = false',
    `[dependencies]\ntokio = { version = "1", features = ${JSON.stringify(features)} }`,
    '[lints.rust]\nwarnings = "deny"',
    '[profile.dev]\ndebug = 0\nincremental = false',
    '[workspace]',
    ...lessons.map(({ name }) => `[[bin]]\nname = "${name}"\npath = "${name}.rs"`),
  ];
  writeFileSync(join(FOLDER, 'Cargo.toml'), `${manifest.join('\n\n')}\n`);
  for (const lesson of lessons) {
    const [twin, copy] = [twinOf(lesson), join(FOLDER, `${lesson.name}.rs`)];
    if (lesson.onlyReal === undefined) writeChanged(copy, paused(readFileSync(twin, 'utf8')));
    else cpSync(twin, copy, { preserveTimestamps: true });
  }
  await promisify(execFile)('cargo', ['build', '--quiet', '--offline'], { cwd: FOLDER });
}

/** What has not changed need not be built again. */
function writeChanged(path: string, text: string): void {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}

/** Starts the twin of a lesson. */
export function startTwin({ name }: Lesson, args: readonly string[] = []): Running {
  return new Running(join(FOLDER, 'target/debug', name), args);
}
