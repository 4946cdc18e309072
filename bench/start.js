/**
 * `npm run bench`: brings what the benchmark needs that is not there yet, builds, and runs it.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

function step(command, args, cwd) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (error !== undefined) console.error(`bench: ${command} cannot be started: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(`${here}node_modules`)) step(npm, ['ci', '--silent'], here);
step(npm, ['run', '--silent', 'build'], `${here}..`);
step(process.execPath, [`${here}run.js`, ...process.argv.slice(2)], process.cwd());
