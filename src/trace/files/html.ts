/**
 * The run as a page: one HTML file that needs nothing else, to look at and to pass on.
 *
 * ```text
 *   <!doctype html>
 *   policy: no network, and no script but the one whose hash it names
 *   style, script     dist/trace/html: bundled when this package was built
 *   the run           JSON, deflated, in base64: whatever is in it cannot be markup
 * ```
 *
 * What the page does with it is in `trace/html`.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { RuntimeEvent } from '../../runtime/events.ts';
import { Doctor } from '../doctor.ts';
import { type Frame, type PackedFinding, pack, type Source, type SourceFile } from '../html/packed.ts';
import { Lints, lints } from '../lints.ts';
import { fileName } from '../places.ts';
import { droppedNote, type Recorder } from '../recorder.ts';
import { summary } from '../summary.ts';
import type { Line } from '../text.ts';
import { World } from '../world.ts';
import type { About } from './jsonl.ts';
import { escaped } from './markup.ts';

/** What a page is made of beside the run. */
export interface PageParts {
  readonly title: string;
  /** Places in files are told from here. */
  readonly folder: string;
  readonly script: string;
  readonly style: string;
  /** What is in a file that the run names, or why that is not to be had, or not to be passed on. */
  readonly read: (file: string) => Source;
}

/** The doctor speaks to terminals: so wide. */
const WIDTH = 100;

/** The little picture of the tab: two lanes and a wake. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='3' fill='%230d1117'/%3E%3Cpath d='M2 5h4M9 11h5' stroke='%233fb950' stroke-width='3'/%3E%3Cpath d='M7.5 5v5' stroke='%234493f8' stroke-width='1.5'/%3E%3C/svg%3E";

/** The text of the page, in pieces. */
export function* htmlPage(recorder: Recorder, about: About, parts: PageParts): Generator<string, void, undefined> {
  const { script, style, title } = parts;
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="async-lessons ${escaped(about.package)}">
<link rel="icon" href="${ICON}">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<noscript>This page holds a run of a program, and shows it with a script of its own. It asks nobody for anything.</noscript>
<script type="application/octet-stream" id="run">`;
  const frame = frameOf(recorder, about, parts);
  yield deflated(pack(frame, told(recorder.events()), (file) => fileName(file, parts.folder)));
  yield `</script>
<script>${script}</script>
</body>
</html>
`;
}

/** Main is begun by whoever runs the program: that is no line of it, and says where this package lies. */
function* told(events: Iterable<RuntimeEvent>): Generator<RuntimeEvent, void, undefined> {
  for (const event of events) {
    yield event.kind === 'task.spawned' && event.task.id === 0 ? { ...event, location: null } : event;
  }
}

/** As a policy names what it allows. */
function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function deflated(json: Iterable<string>): string {
  const pieces: Buffer[] = [];
  // Many at once: an event is short.
  let batch: string[] = [];
  for (const piece of json) {
    if (batch.push(piece) < 1000) continue;
    pieces.push(Buffer.from(batch.join('')));
    batch = [];
  }
  pieces.push(Buffer.from(batch.join('')));
  return deflateRawSync(Buffer.concat(pieces), { level: 9 }).toString('base64');
}

function frameOf(recorder: Recorder, { package: version }: About, parts: PageParts): Frame {
  const { title, folder, read } = parts;
  const world = new World();
  const watches = new Lints();
  const doctor = new Doctor();
  const files = new Set<string>();
  for (const event of told(recorder.events())) {
    world.fold(event);
    watches.fold(event);
    doctor.fold(event);
    for (const file of filesIn(event)) files.add(file);
  }
  const findings = watches.findings().map(({ lint, text, location }): PackedFinding => {
    const page = lints.find(({ name }) => name === lint)?.page;
    return { lint, text, location, means: page?.means ?? '', fix: page?.fix ?? '' };
  });
  return {
    title,
    package: version,
    note: droppedNote(recorder) ?? null,
    summary: summary(world, ' · '),
    diagnosis: doctor.halted === undefined ? [] : doctor.lines({ width: WIDTH, unicode: true, folder }).map(textOf),
    findings,
    files: [...files].map((file): SourceFile => ({ name: fileName(file, folder), ...read(file) })),
  };
}

/** Every file that an event names, wherever in it. */
function* filesIn(value: object): Generator<string, void, undefined> {
  for (const item of Object.values(value)) {
    if (typeof item !== 'object' || item === null) continue;
    if ('file' in item && 'line' in item) yield item.file as string;
    else yield* filesIn(item);
  }
}

function textOf({ pieces }: Line): string {
  return pieces
    .map(({ text }) => text)
    .join('')
    .trimEnd();
}
