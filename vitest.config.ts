import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { docExamples } from './test/support/doc-examples.ts';
import { programTexts } from './test/support/program-text.ts';

export default defineConfig({
  plugins: [docExamples(), programTexts()],
  resolve: {
    // What lessons import by the package's name is the source here, not the last build.
    alias: [{ find: /^async-lessons$/, replacement: fileURLToPath(new URL('src/runtime/index.ts', import.meta.url)) }],
  },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    reporters: ['default', ['json', { outputFile: 'reports/tests.json' }]],
  },
});
