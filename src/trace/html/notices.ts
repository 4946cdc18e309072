/**
 * What somebody who opens the page should know first: how the run ended, what the doctor and the
 * lints say, and what is missing.
 *
 * @module
 */
import type { Location } from '../../runtime/events.ts';
import { place } from '../places.ts';
import { count, grouped, safeLine } from '../text.ts';
import { add, button, h, section } from './dom.ts';
import type { PackedFinding } from './packed.ts';
import { FOLDER, type Run } from './run.ts';

/** So many findings of a lint are shown at once; of more than the second number the others are counted. */
const SHOWN = 3;
const MOST_FINDINGS = 100;

const ENDS: Readonly<Record<string, readonly [tone: string, text: string]>> = {
  returned: ['good', '✓ returned'],
  threw: ['bad', '✗ threw an error'],
  stuck: ['bad', '✗ stuck: nothing could run any more'],
  stopped: ['quiet', '■ stopped from outside'],
};

/** The top of the page. */
export function header(run: Run): HTMLElement {
  const { outcome } = run.spans;
  const [tone, text] = ENDS[outcome ?? ''] ?? ['quiet', '… not over where the record ends'];
  return h(
    'header',
    {},
    h('h1', {}, safeLine(run.frame.title)),
    h('p', { id: 'outcome', class: `badge ${tone}` }, text),
    h('p', { id: 'summary' }, safeLine(run.frame.summary)),
  );
}

/** What went wrong, as far as it is known; nothing if nothing did. */
export function notices(run: Run, goTo: (location: Location) => void): HTMLElement[] {
  const { note, diagnosis, findings } = run.frame;
  const found: HTMLElement[] = [];
  if (note !== null) found.push(h('p', { id: 'note', class: 'notice' }, safeLine(note)));
  const error = errorOf(run);
  if (error !== undefined) found.push(h('p', { id: 'error', class: 'notice bad' }, safeLine(error)));
  if (diagnosis.length > 0) {
    const lines = diagnosis.map(safeLine).join('\n');
    const text = h('pre', { tabindex: 0, role: 'group', 'aria-label': 'Diagnosis' }, lines);
    found.push(section('diagnosis', 'Diagnosis', text));
  }
  if (findings.length > 0) {
    const byLint = new Map<string, PackedFinding[]>();
    for (const finding of findings) add(byLint, finding.lint, finding);
    const lists = [...byLint].map(([lint, those]) => ofLint(lint, those, goTo));
    found.push(section('findings', count(findings.length, 'finding'), ...lists));
  }
  return found;
}

/** What one lint has found: the first, the others on demand, and what it means. */
function ofLint(lint: string, findings: readonly PackedFinding[], goTo: (location: Location) => void): HTMLElement {
  const items = findings
    .slice(0, MOST_FINDINGS)
    .map(({ text, location }) =>
      h(
        'li',
        {},
        h('span', { class: 'bad' }, '▲ ', h('strong', {}, safeLine(lint))),
        `: ${safeLine(text)}`,
        ...(location === null
          ? []
          : [' ', button(safeLine(place(location, FOLDER)), () => goTo(location), { class: 'link' })]),
      ),
    );
  const [told, others] = [items.slice(0, SHOWN), items.slice(SHOWN)];
  const untold = findings.length - items.length;
  if (untold > 0) others.push(h('li', {}, `and ${grouped(untold)} more`));
  const more = `${count(findings.length - told.length, 'more finding')} of ${safeLine(lint)}`;
  const { means = '', fix = '' } = findings[0] ?? {};
  return h(
    'div',
    {},
    h('ul', {}, ...told),
    ...(others.length > 0 ? [h('details', {}, h('summary', {}, more), h('ul', {}, ...others))] : []),
    h(
      'details',
      {},
      h('summary', {}, `What ${safeLine(lint)} means, and what to do`),
      ...paragraphs(means),
      ...paragraphs(fix),
    ),
  );
}

function errorOf({ events }: Run): string | undefined {
  const end = events.findLast((event) => event.kind === 'task.completed' && event.task.id === 0);
  if (end?.kind !== 'task.completed' || end.outcome !== 'panicked') return undefined;
  return `main ended with an error: ${end.error ?? 'nothing was told of it'}`;
}

function paragraphs(text: string): HTMLElement[] {
  return text
    .split('\n\n')
    .filter(Boolean)
    .map((paragraph) => h('p', {}, paragraph.replaceAll('\n', ' ')));
}
