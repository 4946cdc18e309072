/**
 * What a run has found: for the terminal, and for the docs.
 *
 * @module
 */
import { writeFileSync } from 'node:fs';
import { keyOf } from './mutants.js';

/** Why each listed mutant is equivalent, by its key. */
export function reasonsOf(equivalent) {
  const listed = Object.entries(equivalent).flatMap(([file, entries]) =>
    entries.map(({ why, ...mutant }) => [keyOf({ file, ...mutant }), why]),
  );
  return new Map(listed);
}

/** One row for each file, and one for all of them. Equivalent mutants do not count against a file. */
function rowsOf(mutants, reasons) {
  const row = (name, ones) => {
    const of = (status) => ones.filter((mutant) => mutant.status === status);
    const equivalent = of('survived').filter((mutant) => reasons.has(keyOf(mutant))).length;
    const [killed, timeout, survived] = [of('killed').length, of('timeout').length, of('survived').length - equivalent];
    const counted = killed + timeout + survived;
    const score = counted === 0 ? 100 : (100 * (killed + timeout)) / counted;
    // Rounded down: 100 is said of nothing less.
    return [name, ones.length, killed, timeout, equivalent, survived, `${(Math.floor(score * 10) / 10).toFixed(1)} %`];
  };
  const files = [...new Set(mutants.map(({ file }) => file))];
  const rows = files.map((file) =>
    row(
      file.replace('src/runtime/', ''),
      mutants.filter((mutant) => mutant.file === file),
    ),
  );
  return [...rows, row('all', mutants)];
}

const HEAD = ['file', 'mutants', 'killed', 'hung', 'equivalent', 'survived', 'score'];

function inColumns(rows) {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  const cell = (value, column) => (column === 0 ? value.padEnd(widths[0]) : String(value).padStart(widths[column]));
  return rows.map((row) => row.map(cell).join('  '));
}

/** The outcome of a run, and whether it is a bad one. */
export function summary(mutants, equivalent) {
  const reasons = reasonsOf(equivalent);
  const lines = [];
  const open = mutants.filter((mutant) => mutant.status === 'survived' && !reasons.has(keyOf(mutant)));
  for (const { file, line, place, from, to, tests } of open) {
    const seen = tests === 0 ? 'no test comes here' : `${tests} tests come here, and stay green`;
    lines.push(`${file}:${line}  ${place}`, `  - ${from}`, `  + ${to}`, `  ${seen}`, '');
  }

  const byKey = new Map(mutants.map((mutant) => [keyOf(mutant), mutant]));
  const files = new Set(mutants.map(({ file }) => file));
  const stale = [...reasons.keys()].filter((key) => {
    const mutant = byKey.get(key);
    return mutant === undefined ? files.has(key.split(' | ')[0]) : mutant.status !== 'survived';
  });
  for (const key of stale)
    lines.push(`listed as equivalent, but ${byKey.has(key) ? 'a test kills it' : 'not there'}: ${key}`);

  lines.push(...inColumns([HEAD, ...rowsOf(mutants, reasons)]));
  return { text: lines.join('\n'), failed: open.length > 0 || stale.length > 0 };
}

/** Writes the page of the docs. */
export function writeDocs(path, mutants, equivalent, unmeasured) {
  const reasons = reasonsOf(equivalent);
  const rows = rowsOf(mutants, reasons).map((row) => `| ${row.join(' | ')} |`);
  const listed = Object.entries(equivalent).flatMap(([file, entries]) => [
    `### ${file.replace('src/runtime/', '')}`,
    '',
    '| where | in place of | stands | nothing is different, because |',
    '|---|---|---|---|',
    ...entries.map(({ place, from, to, why }) => `| ${[code(place), code(from), code(to), why].join(' | ')} |`),
    '',
  ]);
  const page = PAGE.replace('DATE', new Date().toISOString().slice(0, 10))
    .replace('TABLE', () => [`| ${HEAD.join(' | ')} |`, '|---|--:|--:|--:|--:|--:|--:|', ...rows].join('\n'))
    .replace('UNMEASURED', () => (unmeasured.length === 0 ? 'Every source was measured.' : missing(unmeasured)))
    .replace('LISTED', () => listed.join('\n').trimEnd());
  writeFileSync(path, page);
}

function missing(files) {
  return `Not measured so far: ${files.map((file) => file.replace('src/runtime/', '')).join(', ')}.`;
}

function code(text) {
  const short = text.length > 90 ? `${text.slice(0, 87)}...` : text;
  return `\`${short.replaceAll('|', '\\|')}\``;
}

const PAGE = `# Mutation testing

A test suite is as good as the mistakes it notices. \`npm run mutate\` makes them: it breaks the runtime in one small way at
a time, and asks whether a test turns red. \`npm run mutate -- sync/mutex ring\` does so for the files whose path has one of
these words in it; \`--jobs 1\` leaves a core to you; \`--docs\` writes this page. Everything that a run finds, with the test
that killed each mutant, is in \`reports/mutation.json\`.

**What it changes.** A condition becomes true, or false, or loses one of its sides; an operator, a number, a boolean, a text
becomes another; a statement, a \`return\`, a \`throw\`, the body of a function is forgotten. And the slips that a runtime
makes: a wake, a grant, a release or a message given twice; the other end of a line (\`first\` for \`last\`, \`ahead\` for
\`behind\`, \`pop\` for \`shift\`); a \`?.\` that loses its question mark.

**How.** All mutants of all files are compiled into the sources at once, each asleep behind \`$mutant(id)\`. A process loads
the sources and the tests once, through Vite as Vitest does, and then wakes one mutant after the other. It runs only the tests
that come past that mutant, the likeliest killer first. A red test counts only if the same test is green without the mutant
and red with it once more: what another mutant has left behind kills nobody. A mutant that hangs is one that is asked
much more often than without it, or one that takes much longer. A mutant that is asked while modules load gets a process of
its own. Property tests run 100 times, with one seed. Of what is listed as equivalent only the half second of likeliest
tests is run. Left out are the tests of the command line,
which run processes of their own, and the million rounds that measure memory; and two sources whose text runs in threads
(\`host/thread-side\`, \`blocking/crossing\`).

**Why not Stryker?** It works here (9.6.1, with a \`tsconfigFile\` that does not exist, as it asks TypeScript for an API that
TypeScript 7 does not have). It took a second a mutant against 0.2 here, brings 200 packages, and knows no
forgotten statement and no second wake.

## Scores

DATE. A score is the share that was killed or hung, of all that are not equivalent. A file shows what the last run over it
has found.

TABLE

UNMEASURED

## Equivalent mutants

Nobody can tell these from the original, and each says why. \`mutation/equivalent.js\` is the list; a run fails for a survivor
that is not in it, and for one in it that a test kills.

LISTED
`;
