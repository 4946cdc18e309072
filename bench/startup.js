/**
 * How long until `async-lessons tea` says something, beside the bare start of Node?
 *
 *     node bench/startup.js [runs]
 *
 * Both are started in turn, so that a slow moment of the machine hits both.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const RUNS = Number(process.argv[2] ?? 15);
const BIN = fileURLToPath(new URL('../bin/async-lessons.js', import.meta.url));

/** Milliseconds until the first output, or until the end if there is none. */
function time(args) {
  return new Promise((resolve) => {
    const start = performance.now();
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let first;
    child.stdout.once('data', () => {
      first = performance.now() - start;
      child.kill();
    });
    child.on('exit', () => resolve(first ?? performance.now() - start));
  });
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

const node = [];
const tea = [];
for (let i = 0; i <= RUNS; i++) {
  const bare = await time(['-e', '0']);
  const lesson = await time([BIN, 'tea']);
  if (i === 0) continue; // The first of each warms the file cache.
  node.push(bare);
  tea.push(lesson);
}
const extra = tea.map((value, i) => value - node[i]);
console.log(`node -e 0: median ${median(node).toFixed(1)} ms`);
console.log(`tea, first output: median ${median(tea).toFixed(1)} ms`);
console.log(`pair by pair: median ${median(extra).toFixed(1)} ms more, at least ${Math.min(...extra).toFixed(1)} ms`);
