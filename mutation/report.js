/**
 * What a run has found, for the terminal and for the docs.
 *
 * @module
 */
import { writeFileSync } from 'node:fs';
import { keyOf } from './mutants.js';

/** Why each mutant is equivalent, by its key. */
function reasons(equivalent) {
  return new Map(
    Object.entries(equivalent).flatMap(([file, entries]) =>
      entries.map(({ why, ...entry }) => [keyOf({ file, ...entry }), why]),
    ),
  );
}

function table(mutants, why) {
  const files = [...new Set(mutants.map(({ file }) => file))];
  const row = (name, ones) => {
    const count = (status) => ones.filter((mutant) => mutant.status === status).length;
    const known = ones.filter((mutant) => mutant.status === 'survived' && why.has(keyOf(mutant))).length;
    const dead = count('killed') + count('timeout');
    const score = ones.length === known ? 100 : (100 * dead) / (ones.length - known);
    return { name, mutants: ones.length, killed: count('killed'), timeout: count('timeout'), equivalent: known, survived: count('survived') - known, score: score.toFixed(1) };
  };
  return [...files.map((file) => row(file.replace('src/runtime/', ''), mutants.filter((one) => one.file === file))), row('all', mutants)];
}

/** The outcome of a run, and whether it is to fail. */
export function summary(mutants, equivalent) {
  const why = reasons(equivalent);
  const lines = [];
  const open = mutants.filter((mutant) => mutant.status === 'survived' && !why.has(keyOf(mutant)));
  for (const { file, line, place, from, to, tests } of open) {
    lines.push(`survived  ${file}:${line}  ${place}`, `    - ${from}`, `    + ${to}`, `    ${tests === 0 ? 'no test comes here' : `${tests} tests come here`}`);
  }
  const byKey = new Map(mutants.map((mutant) => [keyOf(mutant), mutant]));
  const files = new Set(mutants.map(({ file }) => file));
  for (const key of why.keys()) {
    const mutant = byKey.get(key);
    if (mutant === undefined && files.has(key.split(' | ')[0])) lines.push(`listed as equivalent, but there is no such mutant: ${key}`);
    else if (mutant !== undefined && mutant.status !== 'survived') lines.push(`listed as equivalent, but killed by ${mutant.by}: ${key}`);
  }
  const width = Math.max(...table(mutants, why).map(({ name }) => name.length));
  lines.push('', `${''.padEnd(width)}  mutants  killed  timeout  equivalent  survived  score`);
  for (const one of table(mutants, why)) {
    const cells = [[one.mutants, 7], [one.killed, 6], [one.timeout, 7], [one.equivalent, 10], [one.survived, 8], [one.score, 5]];
    lines.push(`${one.name.padEnd(width)}  ${cells.map(([value, size]) => String(value).padStart(size)).join('  ')}`);
  }
  return { text: lines.join('\n'), failed: open.length > 0 };
}
export function writeDocs() {}
