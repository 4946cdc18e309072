/**
 * The rows of the works: each contender in turn, several rounds.
 *
 * @module
 */
import { contenders } from '../contenders.js';
import { judgeAll, median } from '../verdict.js';
import { works } from '../works.js';

/** A row of the table for each work that is wanted. */
export async function worksRows({ wants, rounds, scale, who, progress }) {
  const rows = [];
  for (const work of works) {
    if (!wants(work.name)) continue;
    progress(work.name);
    rows.push(...(await rowsOf(work, { rounds, scale, who })));
  }
  return rows;
}

async function rowsOf(work, { rounds, scale, who }) {
  const all = [];
  for (const size of work.sizes) {
    const measured = {};
    for (let round = 0; round < rounds; round++) {
      for (const name of who) {
        if (work.without?.includes(name)) continue;
        const result = await one(work, name, scaled(work, size, scale) * (work.share?.[name] ?? 1));
        if (result === undefined) continue;
        measured[name] ??= [];
        measured[name].push(result);
      }
    }
    all.push({ size: scaled(work, size, scale), measured });
  }
  return work.targets.some(({ flat }) => flat !== undefined)
    ? [growing(work, all)]
    : all.map((one) => single(work, one));
}

function scaled(work, size, scale) {
  // A depth is no amount.
  return work.operations !== undefined ? size : Math.max(100, Math.round(size * scale));
}

async function one(work, name, size) {
  const even = Math.max(2, Math.round(size));
  let result;
  try {
    result = await contenders[name](work, even);
  } catch (error) {
    if (/has no program called/.test(error.stderr ?? '') || /no work is called/.test(error.stderr ?? ''))
      return undefined;
    throw new Error(`${name} failed at ${work.name} ${even}: ${error.stderr || error.message}`);
  }
  const { checksum, times } = result;
  if (checksum !== work.expect(even)) {
    throw new Error(`${name} answered ${checksum} at ${work.name} ${even}; it is ${work.expect(even)}`);
  }
  const operations = (work.operations?.(even) ?? even) * times;
  const free = (work.free ?? 0) * times;
  const each = (value) => Math.round((value / operations) * 10) / 10;
  return {
    value: work.of === 'heap' ? each(result.heap) : each(result.wall - result.waited - free),
    wall: each(result.wall - free),
    cpu: each(result.cpu),
    rss: result.rss === undefined ? undefined : each(result.rss),
  };
}

function figures(measured) {
  return Object.fromEntries(
    Object.entries(measured).map(([name, results]) => [
      name,
      {
        value: median(results.map(({ value }) => value)),
        wall: median(results.map(({ wall }) => wall)),
        cpu: median(results.map(({ cpu }) => cpu)),
        ...(results[0].rss === undefined ? {} : { rss: median(results.map(({ rss }) => rss)) }),
      },
    ]),
  );
}

const valuesOf = (measured) =>
  Object.fromEntries(Object.entries(measured).map(([name, results]) => [name, results.map(({ value }) => value)]));

function single(work, { size, measured }) {
  return {
    name: work.operations === undefined ? work.name : `${work.name} ${size}`,
    title: work.operations === undefined ? work.title : `${work.title} ${size}`,
    size,
    unit: work.of === 'heap' ? 'bytes' : 'ns',
    figures: figures(measured),
    targets: judgeAll(work.targets, valuesOf(measured)),
  };
}

/** One row of all sizes: how many times as much an operation costs at the worst size as at the best. */
function growing(work, all) {
  const names = Object.keys(all[0].measured);
  const rounds = Object.fromEntries(names.map((name) => [name, all.map(({ measured }) => valuesOf(measured)[name])]));
  return {
    name: work.name,
    title: work.title,
    size: all.map(({ size }) => size),
    unit: '×',
    figures: Object.fromEntries(
      names.map((name) => {
        const each = rounds[name].map(median);
        return [name, { value: Math.max(...each) / Math.min(...each), each }];
      }),
    ),
    targets: judgeAll(work.targets, rounds),
  };
}
