/** Vitest's words, for tests that are collected once and then run again and again in one process. */
import { runInThisContext } from 'node:vm';
import { chai, expect, expectTypeOf, vi } from 'vitest';

export { expect, expectTypeOf, vi };

// Fake timers ask for the settings of the run that they think they are in.
globalThis.__vitest_worker__ ??= { config: { fakeTimers: { loopLimit: 10_000, shouldClearNativeTimers: true } } };

const { tests } = globalThis.$mutation;
let group = { names: [], beforeEach: [], afterEach: [] };

function collect(name, optionsOrBody, bodyOrOptions) {
  const body = typeof optionsOrBody === 'function' ? optionsOrBody : bodyOrOptions;
  const { names, beforeEach, afterEach } = group;
  tests.push({ file: globalThis.$mutation.file, name: [...names, name].join(' '), body, beforeEach, afterEach });
}

function inGroup(name, optionsOrBody, bodyOrOptions) {
  const body = typeof optionsOrBody === 'function' ? optionsOrBody : bodyOrOptions;
  const outer = group;
  group = { names: [...outer.names, name], beforeEach: [...outer.beforeEach], afterEach: [...outer.afterEach] };
  try {
    body();
  } finally {
    group = outer;
  }
}

function eachOf(define) {
  return (table) => (name, body) => {
    for (const row of table) {
      const values = Array.isArray(row) ? row : [row];
      define(titled(name, row, values), () => body(...values));
    }
  };
}

function titled(name, row, values) {
  let at = 0;
  return name
    .replace(/%[sidjo]/g, () => String(values[at++]))
    .replace(/\$(\w+)/g, (whole, key) => String(row?.[key] ?? whole));
}

const skip = () => {};

export const it = Object.assign(collect, {
  each: eachOf(collect),
  runIf: (wanted) => (wanted ? collect : skip),
  skipIf: (unwanted) => (unwanted ? skip : collect),
  concurrent: collect,
  skip,
});
export const describe = Object.assign(inGroup, { each: eachOf(inGroup), concurrent: inGroup });
export const beforeEach = (hook) => void group.beforeEach.push(hook);
export const afterEach = (hook) => void group.afterEach.unshift(hook);
export const onTestFinished = (hook) => void globalThis.$mutation.finished.push(hook);
export const beforeAll = skip;
export const afterAll = skip;

/** What a snapshot shows is a text, or reads as JavaScript: enough to compare with. */
chai.util.overwriteMethod(
  chai.Assertion.prototype,
  'toMatchInlineSnapshot',
  () =>
    function (snapshot) {
      const actual = this._obj;
      if (typeof actual !== 'string') return expect(actual).toEqual(runInThisContext(`(${snapshot})`));
      const lines = snapshot.split('\n');
      const indent = /^ */.exec(lines.find((line) => line.trim() !== '') ?? '')[0].length;
      const wanted = lines
        .map((line) => line.slice(lines.length === 1 ? 0 : indent))
        .join('\n')
        .trim();
      expect([`"${actual}"`, `"\n${actual}\n"`]).toContain(wanted);
    },
);
