/** The pages of the handbook: their programs do what they say. */
import type { RuntimeOptions } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { diagnoses } from '../../src/trace/diagnoses.ts';
import { explain } from '../../src/trace/handbook.ts';
import { lints } from '../../src/trace/lints.ts';
import { examined, namesOf, reportOf } from '../support/examined.ts';
import { mainOf } from '../support/lint-runs.ts';
import { run } from '../support/run.ts';
import { textOf } from '../support/views.ts';

/** Those that lints have as well have their pages tested there. */
const own = diagnoses.filter(({ name }) => lints.every((lint) => lint.name !== name));

describe.each(own)('the page of $name', ({ name, page, remedy }) => {
  it('shows a program that gets stuck that way, and in no other', async () => {
    expect(await namesOf(await mainOf(page.doesIt))).toEqual([name]);
  });

  it('shows a program that runs to its end', async () => {
    const main = await mainOf(page.doesNot);

    await run(main, { print: () => {} });

    expect(await namesOf(main)).toEqual([]);
  });

  it('is where the report leads to, which says in one line what to do', async () => {
    // Another text is another module: what the last run has left locked stays so.
    const report = reportOf(await examined(await mainOf(`${page.doesIt}//`)));

    expect(report.split('\n')).toContain(`  ${remedy}`);
    expect(report).toContain(`async-lessons explain ${name}`);
    expect(explain(name)?.map(textOf).join('\n')).toContain(page.doesIt.split('\n')[0]);
  });
});

describe('what the doctor and the lints both know', () => {
  it.each<[string, RuntimeOptions]>([['lost-waker', { clock: 'real' }]])('%s', async (name, options) => {
    const page = diagnoses.find((diagnosis) => diagnosis.name === name)?.page;

    expect(await namesOf(await mainOf(page?.doesIt ?? ''), options)).toEqual([name]);
  });
});
