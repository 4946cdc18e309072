/**
 * How long until `async-lessons --help` and `async-lessons tea --instant` are done, beside the bare
 * start of Node?
 *
 *     node bench/startup.js [runs]
 *
 * All are started in turn, so that a slow moment of the machine hits all of them.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median } from './verdict.js';

const BIN = fileURLToPath(new URL('../bin/async-lessons.js', import.meta.url));

/** What is started, and how many ms more than bare Node it may take. */
export const STARTS = {
  '--help': { args: ['--help'], most: 30 },
  'tea --instant': { args: ['tea', '--instant'], most: 60 },
};

/** Milliseconds from the start to the end. */
function time(args) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.resume();
    child.on('exit', (code) => {
      if (code === 0) resolve(performance.now() - start);
      else reject(new Error(`${args.join(' ')} ended with ${code}`));
    });
  });
}

/** For each start what it takes more than bare Node, pair by pair; and what bare Node takes. */
export async function measureStarts(runs) {
  const node = [];
  const more = Object.fromEntries(Object.keys(STARTS).map((name) => [name, []]));
  for (let i = 0; i <= runs; i++) {
    const bare = await time(['-e', '0']);
    const each = {};
    for (const [name, { args }] of Object.entries(STARTS)) each[name] = await time([BIN, ...args]);
    if (i === 0) continue; // The first of each warms the file cache.
    node.push(bare);
    for (const name of Object.keys(more)) more[name].push(each[name] - bare);
  }
  return { node, more };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { node, more } = await measureStarts(Number(process.argv[2] ?? 15));
  console.log(`node -e 0: median ${median(node).toFixed(1)} ms`);
  for (const [name, times] of Object.entries(more)) {
    console.log(
      `${name}: median ${median(times).toFixed(1)} ms more, at least ${Math.min(...times).toFixed(1)} ms, of ${STARTS[name].most}`,
    );
  }
}
