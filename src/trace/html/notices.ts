/**
 * What somebody who opens the page should know first: how the run ended, what the doctor and the
 * lints say, and what is missing.
 *
 * @module
 */
import type { Location } from '../../runtime/events.ts';
import { place } from '../places.ts';
import { count, safeLine } from '../text.ts';
import { button, h, section } from './dom.ts';
import { FOLDER, type Run } from './run.ts';

/** Of more findings than this the others are counted. */
const MOST_FINDINGS = 50;

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
    const items = findings
      .slice(0, MOST_FINDINGS)
      .map(({ lint, text, location, means, fix }) =>
        h(
          'li',
          {},
          h('span', { class: 'bad' }, '▲ ', h('strong', {}, safeLine(lint))),
          `: ${safeLine(text)}`,
          ...(location === null
            ? []
            : [' ', button(safeLine(place(location, FOLDER)), () => goTo(location), { class: 'link' })]),
          h('details', {}, h('summary', {}, 'What it means, and what to do'), ...paragraphs(means), ...paragraphs(fix)),
        ),
      );
    const more = findings.length - MOST_FINDINGS;
    found.push(
      section(
        'findings',
        count(findings.length, 'finding'),
        h('ul', {}, ...items, ...(more > 0 ? [h('li', {}, `and ${more.toLocaleString('en-US')} more`)] : [])),
      ),
    );
  }
  return found;
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
