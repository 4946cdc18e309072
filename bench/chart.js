/**
 * Shows the results: `node bench/chart.js` reads results.json, draws chart-light.svg and
 * chart-dark.svg, and puts the table into README.md.
 *
 * One line for each work. What ours takes is 1; the dots of the others say how many times as much
 * they take, on a logarithmic scale: right of the line is dearer, left is cheaper.
 *
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { here } from './contenders.js';
import { markdown, number } from './table.js';

const ROWS = {
  switch: 'switch of two tasks',
  spawn: 'spawn + join',
  mpsc: 'message through mpsc(32)',
  mutex: 'mutex, 100,000 in line',
  cancel: 'timer armed and cancelled',
  asleep: 'a sleeping task',
  'server cpu 64': 'request, wrk -c 64',
};

/** In the order of the legend. Each has a shape of its own as well: colours alone are not for everybody. */
const MARKS = {
  ours: { title: 'async-lessons', light: '#0b6bcb', dark: '#58a6ff', shape: 'bar' },
  tokio: { title: 'Tokio', light: '#b7410e', dark: '#f0883e', shape: 'circle' },
  native: { title: 'native promises', light: '#2f7d32', dark: '#56d364', shape: 'square' },
  net: { title: 'node:net', light: '#2f7d32', dark: '#56d364', shape: 'triangle' },
  http: { title: 'node:http', light: '#8a6d00', dark: '#e3b341', shape: 'triangle' },
  effect: { title: 'Effect', light: '#7b3fb5', dark: '#bc8cff', shape: 'diamond' },
  effection: { title: 'Effection', light: '#b0256f', dark: '#f778ba', shape: 'cross' },
};

const THEMES = {
  light: { text: '#1f2328', quiet: '#59636e', line: '#d1d9e0', back: '#ffffff' },
  dark: { text: '#f0f6fc', quiet: '#9198a1', line: '#3d444d', back: '#0d1117' },
};

const WIDTH = 880;
const LEFT = 310;
const RIGHT = 30;
const TOP = 84;
const STEP = 38;
const TICKS = [0.1, 0.3, 1, 3, 10, 30, 100];

/** Beyond the scale: drawn at its edge, with what it is. */
const [LEAST, MOST] = [TICKS[0], TICKS.at(-1)];

const x = (times) => {
  const within = Math.min(MOST, Math.max(LEAST, times));
  return LEFT + (Math.log(within / LEAST) / Math.log(MOST / LEAST)) * (WIDTH - LEFT - RIGHT);
};

function mark(shape, cx, cy, colour) {
  switch (shape) {
    case 'bar':
      return `<rect x="${cx - 3}" y="${cy - 11}" width="6" height="22" rx="2" fill="${colour}"/>`;
    case 'circle':
      return `<circle cx="${cx}" cy="${cy}" r="6" fill="${colour}"/>`;
    case 'square':
      return `<rect x="${cx - 5.5}" y="${cy - 5.5}" width="11" height="11" fill="${colour}"/>`;
    case 'triangle':
      return `<path d="M${cx - 6.5} ${cy + 5.5}h13l-6.5 -12z" fill="${colour}"/>`;
    case 'diamond':
      return `<path d="M${cx - 7} ${cy}l7 -7l7 7l-7 7z" fill="${colour}"/>`;
    default:
      return `<path d="M${cx - 5} ${cy - 5}l10 10m0 -10l-10 10" stroke="${colour}" stroke-width="3" fill="none"/>`;
  }
}

export function chart({ machine, versions, rows }, theme) {
  const { text, quiet, line, back } = THEMES[theme];
  const drawn = Object.entries(ROWS).flatMap(([name, title]) => {
    const row = rows.find((one) => one.name === name);
    return row === undefined ? [] : [{ ...row, title }];
  });
  const bottom = TOP + drawn.length * STEP;
  const height = bottom + 62;
  const out = [];
  const say = (at, y, what, { size = 13, fill = text, anchor = 'start', weight = 400 } = {}) =>
    out.push(
      `<text x="${at}" y="${y}" font-size="${size}" fill="${fill}" text-anchor="${anchor}" font-weight="${weight}">${what}</text>`,
    );

  say(20, 28, 'Cost of one operation, as a multiple of ours', { size: 16, weight: 600 });
  let at = 20;
  for (const [name, { title, shape, ...colours }] of Object.entries(MARKS)) {
    if (!drawn.some(({ figures }) => figures[name] !== undefined)) continue;
    out.push(mark(shape, at + 7, 50, colours[theme]));
    say(at + 20, 54.5, title, { fill: quiet });
    at += 34 + title.length * 7.2;
  }

  for (const tick of TICKS) {
    const colour = tick === 1 ? quiet : line;
    out.push(`<path d="M${x(tick)} ${TOP - 8}V${bottom}" stroke="${colour}"/>`);
    say(x(tick), bottom + 18, `${tick} ×`, { fill: quiet, anchor: 'middle', size: 12 });
  }
  say(x(1) - 12, bottom + 36, '← cheaper than ours', { fill: quiet, anchor: 'end', size: 12 });
  say(x(1) + 12, bottom + 36, 'dearer than ours →', { fill: quiet, size: 12 });

  drawn.forEach(({ title, figures, unit }, i) => {
    const y = TOP + i * STEP + STEP / 2;
    out.push(`<path d="M20 ${y + STEP / 2}H${WIDTH - RIGHT}" stroke="${line}" stroke-opacity="0.5"/>`);
    say(20, y + 4.5, title);
    const ours = figures.ours.value;
    say(LEFT - 18, y + 4.5, `${number(ours)} ${unit}`, { anchor: 'end', weight: 600 });
    for (const [name, { shape, ...colours }] of Object.entries(MARKS).reverse()) {
      const figure = figures[name];
      if (figure === undefined) continue;
      const times = figure.value / ours;
      out.push(mark(shape, x(times), y, colours[theme]));
      if (times > MOST) say(x(times) - 12, y + 4.5, `${number(times)} × →`, { fill: quiet, anchor: 'end', size: 12 });
    }
  });

  const who = `Node ${versions.native}, Effect ${versions.effect}, Effection ${versions.effection}${
    versions.tokio === undefined ? '' : `, Tokio ${versions.tokio}`
  }, ${machine.cpu}, ${machine.date}`;
  say(20, height - 8, who, { fill: quiet, size: 11 });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="ui-sans-serif, system-ui, sans-serif" role="img" aria-label="Cost of one operation, as a multiple of ours">
<rect width="100%" height="100%" rx="6" fill="${back}"/>
${out.join('\n')}
</svg>
`;
}

if (process.argv[1] === here('chart.js')) {
  const results = JSON.parse(readFileSync(here('results.json'), 'utf8'));
  for (const theme of Object.keys(THEMES)) writeFileSync(here(`chart-${theme}.svg`), chart(results, theme));
  const readme = readFileSync(here('README.md'), 'utf8');
  const table = ['<!-- made by chart.js -->', ...markdown(results), '<!-- end -->'].join('\n');
  writeFileSync(
    here('README.md'),
    readme.replace(/<!-- made by chart\.js -->[\s\S]*<!-- end -->/, () => table),
  );
}
