import { expect, it } from 'vitest';
import type { Diagnosis } from '../../../src/trace/doctor/diagnose.ts';
import { findingsFile } from '../../../src/trace/files/findings.ts';
import type { Finding } from '../../../src/trace/lints.ts';
import { unclean } from '../../support/views.ts';

const LINTS = [
  { name: 'self-wakes', summary: 'wakes itself' },
  { name: 'queue-grows', summary: 'grows' },
];
const FINDING: Finding = {
  lint: 'self-wakes',
  task: { id: 1, name: 'bob' },
  resource: null,
  location: null,
  text: 'x',
};

function text(findings: readonly Finding[], diagnoses: readonly Diagnosis[] = []): string {
  return [...findingsFile(findings, diagnoses, LINTS, { package: '1.2.3', lesson: 'tea' }, 'stuck')].join('');
}

it('names the lints that were asked, also if they found nothing', () => {
  expect(JSON.parse(text([]))).toEqual({
    format: 'async-lessons-findings',
    version: 1,
    package: '1.2.3',
    lesson: 'tea',
    outcome: 'stuck',
    lints: LINTS,
    findings: [],
    diagnoses: [],
  });
});

it('has a finding a line', () => {
  const findings = [FINDING, { ...FINDING, lint: 'queue-grows' }];

  expect(JSON.parse(text(findings)).findings).toEqual(findings);
  const lines = text(findings).split('\n');
  expect(lines.filter((line) => line.startsWith('{"lint"'))).toHaveLength(2);
  expect(lines.at(-1)).toBe('');
});

it('holds nothing that a terminal or a page would obey', () => {
  const evil = '\u001b[2J\u009b31m<script>\u202e';
  const finding = { ...FINDING, text: evil, task: { id: 1, name: evil } };
  const file = text([finding], [{ name: 'lock-cycle', text: evil, circle: [evil, evil], location: null }]);

  expect([...unclean(file), ...(file.match(/</g) ?? [])]).toEqual([]);
  const { findings, diagnoses } = JSON.parse(file);
  expect([findings[0].text, diagnoses[0].text, diagnoses[0].circle[0]]).toEqual([evil, evil, evil]);
});
