/**
 * The program's source, with the line that the cursor is at, and where other tasks wait.
 *
 * @module
 */
import type { Location } from '../../runtime/events.ts';
import { place } from '../places.ts';
import { count, safe, safeLine } from '../text.ts';
import type { Cursor } from './cursor.ts';
import { add, h, oncePerFrame, section } from './dom.ts';
import type { Missing, Source, SourceFile } from './packed.ts';
import { FOLDER, nameOf, type Run, taskOf } from './run.ts';
import { inColour } from './syntax.ts';

/** Why a file is not here. */
const WHY: Readonly<Record<Missing, string>> = {
  elsewhere: 'it lies neither in the folder in which the page was made, nor in that of a program that “run” was given',
  package: 'it belongs to a package (node_modules)',
  name: 'its name is not that of a source file',
  large: 'it is larger than 256 kB',
  unreadable: 'it could not be read when the page was made',
};

/** Of more tasks at a line the others are counted. */
const MOST_NAMES = 3;

/** Of a file that the page was not told of nothing was read. */
const UNKNOWN: Source = { text: null, missing: 'unreadable' };

/** Shows files. */
export class SourceView {
  readonly element: HTMLElement;
  readonly #run: Run;
  readonly #cursor: Cursor;
  readonly #files = h('select', { id: 'source-file' });
  readonly #note = h('p', { class: 'hint' });
  readonly #code = h('div', { class: 'code', tabindex: 0, role: 'group', 'aria-label': 'Source' });
  readonly #draw = oncePerFrame(() => this.#drawNow());
  /** The file that is shown, and its lines. */
  #shown: string | undefined;
  #lines: HTMLElement[] = [];
  #marked: HTMLElement[] = [];
  /** The line that was the current one last. */
  #here: Location | undefined;

  constructor(run: Run, cursor: Cursor) {
    this.#run = run;
    this.#cursor = cursor;
    for (const { name, missing } of run.frame.files) {
      this.#files.append(h('option', { value: name }, `${safeLine(name)}${missing === null ? '' : ' (not here)'}`));
    }
    this.#files.addEventListener('change', () => {
      cursor.pause();
      this.#open(this.#files.value);
      this.#mark(undefined);
    });
    const chooser = h('div', { class: 'tools' }, h('label', { for: 'source-file' }, 'File'), this.#files);
    if (run.frame.files.length < 2) chooser.hidden = true;
    this.element = section('source', 'Source', chooser, this.#note, this.#code, ...leftOut(run.frame.files));
    const [first] = run.frame.files;
    if (first === undefined) this.#note.textContent = 'No event of this run says where in the program it happened.';
    else this.#open(first.name);
    cursor.follow(() => this.#draw());
    cursor.watch(() => this.#tellHere());
  }

  /** Shows a place, whatever the cursor is at. */
  show(location: Location): void {
    this.#open(location.file);
    this.#mark(location);
  }

  #drawNow(): void {
    const location = this.#run.locationAt(this.#cursor.step);
    if (location !== null) this.#open(location.file);
    this.#mark(location ?? undefined);
  }

  #open(name: string): void {
    if (this.#shown === name) return;
    this.#shown = name;
    this.#files.value = name;
    const { text, missing } = this.#run.frame.files.find((file) => file.name === name) ?? UNKNOWN;
    this.#code.hidden = text === null;
    this.#note.hidden = text !== null && this.#run.frame.files.length > 1;
    this.#note.textContent =
      text === null ? `The source of ${safeLine(name)} is not in this page: ${WHY[missing]}.` : safeLine(name);
    this.#marked = [];
    this.#lines = (text === null ? '' : safe(text).trimEnd())
      .split('\n')
      .map((line, i) =>
        h('div', { class: 'line' }, h('span', { class: 'number' }, String(i + 1)), h('code', {}, line)),
      );
    if (text !== null) inColour(this.#lines.map((line) => line.lastElementChild as HTMLElement));
    this.#code.replaceChildren(h('div', { class: 'listing' }, ...(text === null ? [] : this.#lines)));
  }

  /** Marks a line as the current one, and where tasks wait. */
  #mark(location: Location | undefined): void {
    for (const line of this.#marked) {
      line.classList.remove('here', 'outer', 'waits');
      line.removeAttribute('aria-current');
      line.querySelector('.who')?.remove();
    }
    this.#marked = [];
    const event = this.#run.event(this.#cursor.step);
    const here = event === undefined ? undefined : taskOf(event)?.id;
    const names = new Map<HTMLElement, string[]>();
    for (const { ref, state, awaits } of this.#run.history.at(this.#cursor.step).world.tasks.values()) {
      if (state !== 'waiting') continue;
      for (const { stack } of awaits) {
        const line = this.#lineOf(stack[0]);
        if (line !== undefined) add(names, line, nameOf(ref));
        // Who awaits the one that waits.
        if (ref.id === here) for (const outer of stack.slice(1)) this.#lineOf(outer)?.classList.add('outer');
        if (ref.id === here) this.#marked.push(...stack.flatMap((outer) => this.#lineOf(outer) ?? []));
      }
    }
    for (const [line, who] of names) {
      const shown = [...new Set(who)];
      const others = shown.length - MOST_NAMES;
      const text = `${shown.slice(0, MOST_NAMES).join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
      const waits = shown.length === 1 ? 'waits here' : 'wait here';
      line.classList.add('waits');
      line.append(
        h('span', { class: 'who', title: `${text} ${waits}` }, text, h('span', { class: 'away' }, ` ${waits}`)),
      );
      this.#marked.push(line);
    }
    const line = this.#lineOf(location);
    if (location === undefined || line === undefined) return;
    this.#marked.push(line);
    line.classList.add('here');
    line.setAttribute('aria-current', 'true');
    this.#here = location;
    this.#tellHere();
    const { offsetTop, offsetHeight } = line;
    const { scrollTop, clientHeight } = this.#code;
    if (offsetTop < scrollTop + offsetHeight || offsetTop + 2 * offsetHeight > scrollTop + clientHeight) {
      this.#code.scrollTop = offsetTop - clientHeight / 2;
    }
  }

  /** Whoever is in there hears where the line is, but not of each event that is played. */
  #tellHere(): void {
    const at = this.#here === undefined || this.#cursor.isPlaying ? '' : `, at ${safeLine(place(this.#here, FOLDER))}`;
    this.#code.setAttribute('aria-label', `Source${at}`);
  }

  #lineOf(location: Location | undefined): HTMLElement | undefined {
    return location !== undefined && location.file === this.#shown ? this.#lines[location.line - 1] : undefined;
  }
}

/** What is not here, for those who wonder; a single file says it itself. */
function leftOut(files: readonly SourceFile[]): HTMLElement[] {
  const out = files.flatMap(({ name, missing }) => (missing === null ? [] : `${safeLine(name)}: ${WHY[missing]}`));
  if (out.length === 0 || files.length < 2) return [];
  const are = out.length === 1 ? 'is' : 'are';
  return [
    h(
      'details',
      { class: 'left-out' },
      h('summary', {}, `${count(out.length, 'file')} ${are} not in this page`),
      h(
        'ul',
        { tabindex: 0, 'aria-label': 'Files that are not in this page' },
        ...out.map((text) => h('li', {}, text)),
      ),
    ),
  ];
}
