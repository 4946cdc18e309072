/**
 * Puts the command line, the views and the lessons' cards into a few files in `dist/cli`.
 *
 * Node takes some 0.4 ms for each module, and `tea --instant` loaded forty of ours; now it loads six. What most runs
 * need is together, what few need comes when it is asked for, as the sources import it.
 *
 * What runs apart from the command stays a file each, as it was compiled: the lessons' programs, since traces name
 * their lines; the scripts of other processes and threads; the hooks that Node loads by itself. The runtime stays
 * one file beside them, as a program and the command have to have the same one.
 */
import { rmSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { rolldown } from 'rolldown';

/** Which of the sources are together. The views know no runtime: a saved run is shown without one. */
const TOGETHER = [
  { name: 'main', test: /[\\/]cli[\\/](?:main|printer|whole-file)\.ts$/ },
  // The account of dinner draws with what else is only there for --timeline.
  { name: 'views', test: /[\\/](?:cli[\\/]viewer|trace[\\/](?:doctor|lints)|(?<!dinner[\\/])account)\.ts$/ },
];

/** Makes `dist/cli` of `src/cli` and what it imports, and takes out of `dist` what is in there now. */
export async function bundleCommand(root) {
  const source = (path) => relative(join(root, 'src'), path).replaceAll(sep, '/');
  const command = await rolldown({
    input: join(root, 'src/cli/main.ts'),
    platform: 'node',
    transform: { target: 'es2022' },
    external: ['commander', 'chalk', 'ora'],
    plugins: [
      {
        name: 'apart',
        resolveId(specifier, importer) {
          if (importer === undefined || !specifier.startsWith('.')) return null;
          const file = source(join(dirname(importer), specifier));
          return isApart(file) ? { id: `../${file.replace(/\.ts$/, '.js')}`, external: true } : null;
        },
      },
    ],
    // Other files may import what is in here, beside what the door does.
    preserveEntrySignatures: 'allow-extension',
    // What is imported late in the sources may be there already: that is what putting together is.
    checks: { ineffectiveDynamicImport: false },
  });
  const { output } = await command.write({
    dir: join(root, 'dist/cli'),
    format: 'esm',
    sourcemap: true,
    sourcemapExcludeSources: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    codeSplitting: { includeDependenciesRecursively: true, groups: TOGETHER },
  });
  const written = output.map(({ fileName }) => `cli/${fileName}`);
  for (const file of output.flatMap(({ moduleIds = [] }) => moduleIds.map(source))) {
    if (file.startsWith('runtime/')) throw new Error(`there would be two of ${file}: import runtime/index.ts`);
    const built = file.replace(/\.ts$/, '.js');
    // Of `trace` they stay, for benchmarks; the package leaves them out (`files` in package.json).
    if (!/^(?:cli|examples)\//.test(file) || written.includes(built)) continue;
    for (const old of [built, `${built}.map`]) rmSync(join(root, 'dist', old), { force: true });
  }
}

/** Does it stay a file of its own? */
function isApart(file) {
  if (file.startsWith('examples/')) return !/(?:^|\/)(?:card|account|index)\.ts$/.test(file);
  return file === 'runtime/index.ts' || file === 'cli/program-hooks.ts';
}
