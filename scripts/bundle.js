/**
 * Puts the built runtime into one file: the second half of `npm run build`.
 *
 * A lesson imports the whole runtime, and Node takes some 0.4 ms of processor time for each module:
 * 105 modules took 55 ms, the one file takes 15 (bench/startup.js shows what is left of it). The
 * declarations stay as they are, a file each, and point to the sources.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = join(root, 'dist/runtime');

for (const file of readdirSync(built, { recursive: true, encoding: 'utf8' })) {
  if (/\.js(\.map)?$/.test(file)) rmSync(join(built, file));
}

const bundle = await rolldown({
  input: join(root, 'src/runtime/index.ts'),
  platform: 'node',
  transform: { target: 'es2022' },
});
await bundle.write({ file: join(built, 'index.js'), format: 'esm', sourcemap: true, codeSplitting: false });
