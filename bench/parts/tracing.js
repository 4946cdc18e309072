/**
 * What tracing costs: an event that is heard and recorded, and the tracer that is there but off.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { build, here } from '../contenders.js';
import { judgeAll, median, ratio } from '../verdict.js';
import { buildVariants } from '../without-tracer.js';
import { works } from '../works.js';

const execute = promisify(execFile);

/** Rounds of each task: some 400,000 events. */
const AMOUNT = 1500;
/** Works whose every step asks whether somebody traces, and how much of each. */
const OFF = { switch: 2_000_000, spawn: 200_000, mpsc: 1_000_000, mutex: 100_000 };

async function traced(mode, amount) {
  const { stdout } = await execute(process.execPath, ['--expose-gc', here('traced.js'), mode, String(amount)]);
  const result = JSON.parse(stdout);
  return { ...result, time: result.wall - result.waited };
}

export async function tracingRows({ wants, rounds, scale, progress }) {
  const rows = [];
  if (wants('tracing')) {
    progress('tracing');
    rows.push(...(await perEvent(rounds, Math.max(5, Math.round(AMOUNT * scale)))));
  }
  if (wants('off')) {
    progress('the tracer that is off');
    rows.push(...(await off(rounds, scale)));
  }
  return rows;
}

async function perEvent(rounds, amount) {
  const time = { heard: [], recorded: [] };
  const bytes = [];
  let size = 0;
  for (let round = 0; round < rounds; round++) {
    const bare = await traced('off', amount);
    for (const mode of ['heard', 'recorded']) {
      const result = await traced(mode, amount);
      size = result.events;
      time[mode].push((result.time - bare.time) / size);
      if (mode === 'recorded') bytes.push((result.heap - bare.heap) / size);
    }
  }
  const row = (name, title, unit, list, targets) => ({
    name,
    title,
    size,
    unit,
    figures: { ours: { value: Math.round(median(list)) } },
    targets: judgeAll(targets, { ours: list }),
  });
  return [
    row('tracing heard', 'an event made and heard', 'ns', time.heard, []),
    row('tracing recorded', 'an event made and recorded', 'ns', time.recorded, [{ most: 300 }]),
    row('tracing bytes', 'memory of a recorded event', 'bytes', bytes, [{ most: 100 }]),
  ];
}

/** The same build with and without the calls of the tracer. */
async function off(rounds, scale) {
  const files = buildVariants();
  const rows = [];
  for (const [name, size] of Object.entries(OFF)) {
    const work = works.find((one) => one.name === name);
    const amount = Math.max(100, Math.round(size * scale));
    const time = { with: [], without: [] };
    // Three times as many rounds: the difference that counts is small.
    for (let round = 0; round < rounds * 3; round++) {
      const order = round % 2 === 0 ? ['with', 'without'] : ['without', 'with'];
      for (const variant of order) {
        const result = await build(files[variant])(work, amount);
        if (result.checksum !== work.expect(amount)) throw new Error(`the build ${variant} tracer answers wrong`);
        time[variant].push((result.wall - result.waited) / amount);
      }
    }
    const value = ratio(time.with, time.without);
    rows.push({
      name: `off ${name}`,
      title: `tracer compiled in but off: ${name}`,
      size: amount,
      unit: 'ns',
      figures: {
        ours: { value: Math.round(median(time.with) * 10) / 10 },
        stripped: { value: Math.round(median(time.without) * 10) / 10 },
      },
      targets: [{ text: 'at most 1.03 × without it', value, verdict: value <= 1.03 ? 'met' : 'missed' }],
    });
  }
  return rows;
}
