/**
 * The start of the command line tool, and whether telling its story slows a lesson's clock.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { here } from '../contenders.js';
import { measureStarts, STARTS } from '../startup.js';
import { judgeAll, median } from '../verdict.js';

const execute = promisify(execFile);

export async function startRows({ wants, rounds, progress }) {
  const rows = [];
  if (wants('start')) {
    progress('start');
    const { node, more } = await measureStarts(rounds * 3);
    for (const [name, times] of Object.entries(more)) {
      rows.push({
        name: `start ${name}`,
        title: `\`async-lessons ${name}\`, beyond \`node -e 0\``,
        size: 1,
        unit: 'ms',
        figures: {
          ours: { value: Math.round(median(times) * 10) / 10 },
          node: { value: Math.round(median(node) * 10) / 10 },
        },
        targets: judgeAll([{ most: STARTS[name].most }], { ours: times }),
      });
    }
  }
  if (wants('story')) {
    progress('story');
    rows.push(await story(rounds));
  }
  return rows;
}

/** How far behind its own timetable the tea is when it is told on the real clock. */
async function story(rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'async-lessons-bench-'));
  const end = async (...args) => {
    const file = join(folder, 'run.jsonl');
    await execute(process.execPath, [here('../bin/async-lessons.js'), 'tea', '--save', file, ...args]);
    return JSON.parse(readFileSync(file, 'utf8').trimEnd().split('\n').at(-1)).at;
  };
  try {
    const planned = await end('--instant');
    const late = [];
    for (let round = 0; round < rounds; round++) late.push((await end()) - planned);
    return {
      name: 'story',
      title: `end of the told tea, beyond its ${planned} ms`,
      size: planned,
      unit: 'ms',
      figures: { ours: { value: Math.round(median(late) * 10) / 10 } },
      targets: judgeAll([{ most: 20 }], { ours: late }),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
