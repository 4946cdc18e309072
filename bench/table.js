/**
 * The results as a table for people.
 *
 * @module
 */

const COLUMNS = ['ours', 'native', 'effect', 'effection', 'net', 'http', 'tokio', 'stripped', 'node'];
const TITLES = { net: 'node:net', http: 'node:http', stripped: 'without', node: 'node -e 0' };

export function number(value) {
  if (value === undefined || value === null) return '';
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} M`;
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Math.round(value * 10) / 10);
}

const size = (value) => (Array.isArray(value) ? '' : value === 1 ? '' : number(value));

/** All rows, in lines. A group of rows has the columns that it needs. */
export function* table(rows) {
  for (const group of groups(rows)) {
    const used = COLUMNS.filter((name) => group.some(({ figures }) => figures[name] !== undefined));
    const lines = [['', 'how many', ...used.map((name) => TITLES[name] ?? name), '', 'target', 'is', '']];
    for (const row of group) {
      const cells = [
        plain(row.title),
        size(row.size),
        ...used.map((name) => number(row.figures[name]?.value)),
        row.unit,
      ];
      const [first, ...more] = row.targets.map(({ text, value, verdict }) => [text, number2(value), verdict]);
      lines.push([...cells, ...(first ?? ['', '', ''])]);
      for (const target of more) lines.push([...cells.map(() => ''), ...target]);
    }
    yield* aligned(lines);
    yield '';
  }
}

const plain = (text) => text.replaceAll('`', '');
const number2 = (value) => (value === null ? '' : value < 100 ? value.toFixed(2) : number(value));

/** Rows that the same contenders were measured for stand together. */
function groups(rows) {
  const result = [];
  let last;
  for (const row of rows) {
    const kind = 'net' in row.figures ? 'server' : 'stripped' in row.figures ? 'off' : 'works';
    if (kind !== last) result.push([]);
    last = kind;
    result.at(-1).push(row);
  }
  return result;
}

function aligned(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines.map((line) =>
    line
      .map((cell, column) =>
        column === 0 || column >= line.length - 3 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** The same for a page, with the machine it was measured on. */
export function* markdown({ machine, versions, rounds, rows }) {
  const names = Object.entries(versions).filter(([name]) => name !== 'ours' && name !== 'native');
  yield `${machine.date}, ${machine.cpu}, ${machine.cores} cores, ${machine.system}, Node ${machine.node}, ${names
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')}; medians of ${rounds} rounds.`;
  for (const group of groups(rows)) {
    const used = COLUMNS.filter((name) => group.some(({ figures }) => figures[name] !== undefined));
    const line = (cells) => `| ${cells.join(' | ')} |`;
    yield '';
    yield line(['', 'unit', ...used.map((name) => TITLES[name] ?? name), 'target']);
    yield line(['---', '---', ...used.map(() => '--:'), '---']);
    for (const row of group) {
      const targets = row.targets.map(({ text, value, verdict }) => {
        const is = value === null ? '' : ` (${number2(value)})`;
        return verdict === 'met' ? `${text}${is}: met` : `**${text}${is}: ${verdict}**`;
      });
      const many = size(row.size);
      const title = many === '' ? row.title : `${row.title} (${many})`;
      yield line([title, row.unit, ...used.map((name) => number(row.figures[name]?.value)), targets.join('<br>')]);
    }
  }
  yield '';
  yield summary(rows);
}

/** One sentence on how it went. */
export function summary(rows) {
  const verdicts = rows.flatMap(({ targets }) => targets.map(({ verdict }) => verdict));
  const count = (wanted) => verdicts.filter((verdict) => verdict === wanted).length;
  const unknown = count('not measured');
  return `${count('met')} of ${verdicts.length} targets met, ${count('missed')} missed${unknown > 0 ? `, ${unknown} not measured` : ''}.`;
}
