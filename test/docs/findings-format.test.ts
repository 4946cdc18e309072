/** docs/findings-format.md and docs/findings.schema.json against what is written. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../src/trace/doctor/diagnose.ts';
import { findingsFile } from '../../src/trace/files/findings.ts';
import { type Finding, lints } from '../../src/trace/lints.ts';

const page = readFileSync(new URL('../../docs/findings-format.md', import.meta.url), 'utf8');
const schema = JSON.parse(readFileSync(new URL('../../docs/findings.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

const FINDING: Finding = {
  lint: 'queue-grows',
  task: { id: 1, name: 'bob' },
  resource: { id: 2, kind: 'channel', name: 'channel 1' },
  location: { file: 'file:///home/ada/tea.ts', line: 7, column: 3, fn: 'main' },
  text: 'channel 1 grew.',
};

const DIAGNOSIS: Diagnosis = {
  name: 'lock-cycle',
  text: 'ada waits for mutex 2, which bob holds; bob waits for mutex 1, which ada holds',
  circle: ['ada', 'mutex 2', 'bob', 'mutex 1', 'ada'],
  location: FINDING.location,
};

function written(findings: readonly Finding[], diagnoses: readonly Diagnosis[] = []): Record<string, unknown> {
  return JSON.parse(
    [...findingsFile(findings, diagnoses, lints, { package: '0.1.0', lesson: null }, 'returned')].join(''),
  );
}

describe('the schema of findings', () => {
  it('accepts what is written', () => {
    const nothing = { ...FINDING, task: null, resource: null, location: null };
    const nobody = { ...DIAGNOSIS, circle: null, location: null };
    for (const file of [written([]), written([FINDING]), written([FINDING, nothing], [DIAGNOSIS, nobody])]) {
      validate(file);
      expect(validate.errors).toBeNull();
    }
  });

  it('refuses a field too many, one too few, and one of another type, in every part', () => {
    const file = written([FINDING], [DIAGNOSIS]);
    const [diagnosis] = (file as { diagnoses: object[] }).diagnoses;
    const wrong = [
      { ...file, more: 1 },
      { ...file, version: 2 },
      { ...file, outcome: 'vanished' },
      { ...file, lints: [] },
      { ...file, lints: [{ name: 'x' }] },
      { ...file, findings: [{ ...FINDING, more: 1 }] },
      { ...file, findings: [{ ...FINDING, text: null }] },
      { ...file, findings: [{ ...FINDING, task: { id: -1, name: 'bob' } }] },
      { ...file, findings: [{ ...FINDING, resource: { id: 1, name: 'channel 1' } }] },
      { ...file, findings: [{ ...FINDING, location: { ...FINDING.location, line: '7' } }] },
      { ...file, findings: undefined },
      { ...file, diagnoses: undefined },
      { ...file, diagnoses: [{ ...diagnosis, more: 1 }] },
      { ...file, diagnoses: [{ ...diagnosis, circle: ['ada'] }] },
      { ...file, diagnoses: [{ ...diagnosis, text: null }] },
    ];
    expect(wrong.filter((value) => validate(value))).toEqual([]);
  });
});

describe('the page on findings', () => {
  it('tells every field, of the file, of findings and of their parts', () => {
    const fields = [
      schema,
      schema.properties.lints.items,
      schema.properties.findings.items,
      schema.properties.diagnoses.items,
      ...Object.values(schema.$defs as Record<string, typeof schema>),
    ].flatMap(({ properties }) => Object.keys(properties));

    expect(fields.filter((field) => !page.includes(`\`${field}\``))).toEqual([]);
  });

  it('has an example that is valid, laid out as files are', () => {
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
    const { findings, diagnoses, lints: asked, outcome } = JSON.parse(example);

    expect(validate(JSON.parse(example))).toBe(true);
    expect([...findingsFile(findings, diagnoses, asked, { package: '0.1.0', lesson: null }, outcome)].join('')).toBe(
      example,
    );
    expect(lints.map(({ name, summary }) => ({ name, summary }))).toContainEqual(asked[0]);
  });
});
