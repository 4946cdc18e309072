/**
 * Puts the built runtime into one file, the command into a few (command.js), and the page that shows a run into
 * another: the second half of `npm run build`.
 *
 * A lesson imports the whole runtime, and Node takes some 0.4 ms of processor time for each module:
 * 105 modules took 55 ms, the one file takes 15 (bench/startup.js shows what is left of it). The
 * declarations stay as they are, a file each, and point to the sources.
 *
 * The page's script and its style go into every page that `--save run.html` writes, so they are made
 * small. They have no source map: a page has no place for one.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { bundleCommand } from './command.js';

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
await bundle.write({
  file: join(built, 'index.js'),
  format: 'esm',
  sourcemap: true,
  // The package has the sources themselves.
  sourcemapExcludeSources: true,
  codeSplitting: false,
});

await bundleCommand(root);

const page = await rolldown({
  input: join(root, 'src/trace/html/app.ts'),
  platform: 'browser',
  // A page lies anywhere: it has no folder to look for lessons in.
  transform: { target: 'es2022', define: { 'import.meta.url': '""' } },
});
const { output } = await page.generate({ format: 'iife', minify: true, codeSplitting: false });
const script = output[0].code.trim();
// It stands in a <script>, which these would end, or begin anew.
if (/<\/script|<!--|<script/i.test(script)) throw new Error('the page cannot hold its own script');
const style = ['colours.css', 'app.css']
  .map((name) => readFileSync(join(root, 'src/trace/html', name), 'utf8'))
  .join('\n')
  .replace(/\/\*.*?\*\//gs, '')
  .replace(/\s+/g, ' ')
  .replace(/ ?([{};,]) ?/g, '$1')
  .trim();
const assets = join(root, 'dist/trace/html');
mkdirSync(assets, { recursive: true });
writeFileSync(join(assets, 'app.js'), script);
writeFileSync(join(assets, 'app.css'), style);
