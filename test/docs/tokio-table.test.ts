/**
 * docs/tokio.md and docs/left-out.md against Tokio's list of items, the package's own exports, and
 * the docstrings.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cancelSafety, publicApi } from '../support/api.ts';

const PHRASES = ['nothing is lost', 'the place in line is lost', 'data may be lost'];

const api = publicApi();
const rows = tableRows('tokio.md');
const refusals = tableRows('left-out.md');

function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

/** The cells of every table of a page, without the heads. */
function tableRows(page: string): string[][] {
  return read(`docs/${page}`)
    .split('\n')
    .filter((line) => /^\| [`A-Z]/.test(line) && !/^\| (Tokio|Rust|here) /.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** What stands in backticks. */
function code(cell = ''): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] as string);
}

/** Names of Tokio's. One without a path belongs to the type that was named before it. */
function items(cell = ''): string[] {
  let owner = '';
  return code(cell).map((name) => {
    if (!name.includes('::')) return `${owner}::${name}`;
    owner = /^(.*?::[A-Z]\w*)/.exec(name)?.[1] ?? owner;
    return name;
  });
}

const ours = rows.filter((row) => row.length === 2);
const theirs = rows.filter((row) => row.length === 4);

describe('the table of Tokio items', () => {
  const named = new Set([...theirs.flatMap(([, here]) => code(here)), ...ours.flatMap(([here]) => code(here))]);

  it('names nothing that the package has not', () => {
    expect([...named].filter((name) => !api.has(name))).toEqual([]);
  });

  it('leaves out nothing that the package has', () => {
    expect([...api].filter((name) => !named.has(name))).toEqual([]);
  });

  it('with the refusals names every item of Tokio, and nothing else', () => {
    const tokio = read('test/conformance/tokio-1.53.1-items.txt')
      .split('\n')
      .filter((line) => /^\w/.test(line));
    const patterns = [...theirs, ...refusals]
      .flatMap(([item]) => items(item))
      .map((name) => ({ name, pattern: new RegExp(`^${name.replaceAll('*', '.*')}$`) }));

    expect(tokio.filter((item) => !patterns.some(({ pattern }) => pattern.test(item)))).toEqual([]);
    const others = /^(std|futures|fs|process|stream|signal::(unix|windows)|net::(unix|windows))::/;
    const unknown = patterns.filter(
      ({ name, pattern }) => !others.test(name) && !tokio.some((item) => pattern.test(item)),
    );
    expect(unknown.map(({ name }) => name)).toEqual([]);
  });

  it('refuses nothing that it has', () => {
    const has = new Set(theirs.flatMap(([item]) => items(item)));

    expect(refusals.flatMap(([item]) => items(item)).filter((item) => has.has(item))).toEqual([]);
  });

  it('says of cancel safety what the docstrings say, in one of three phrases', () => {
    const wrong = theirs.flatMap(([item, here, , phrase = '']) => {
      const said = new Set(code(here).flatMap((name) => phraseOf(cancelSafety(name)) ?? []));
      const agrees = phrase === '' ? said.size === 0 : said.size === 1 && said.has(phrase);
      return agrees ? [] : [{ item, table: phrase, docs: [...said] }];
    });

    expect(wrong).toEqual([]);
  });
});

/** Which of the three a docstring says first; one that says only "that of the future" says none. */
function phraseOf(text = ''): string | undefined {
  return PHRASES.toSorted((a, b) => place(text, a) - place(text, b)).find((phrase) => text.includes(phrase));
}

function place(text: string, phrase: string): number {
  const index = text.indexOf(phrase);
  return index < 0 ? Number.POSITIVE_INFINITY : index;
}
