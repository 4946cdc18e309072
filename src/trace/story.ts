/**
 * The story: what the program says, and in a quieter voice where each task lets go of the thread,
 * what for, and what brings it back.
 *
 * @module
 */
import type { RuntimeEvent, TaskRef } from '../runtime/events.ts';
import { place } from './places.ts';
import { type Line, type Piece, safe, safeLine, seconds, type Tone } from './text.ts';
import { cause, operation, waits, withPlace } from './words.ts';

/** Tasks beyond this many tell only what they print, and so does main then, unless a lesson says otherwise: a story should fit on a screen. */
const TOLD_TASKS = 12;

const TIME = 10;
const TASK = 10;
const GAP = '  ';

/** Where the texts of a story begin. */
export const TEXT_COLUMN: number = TIME + TASK + 2 * GAP.length;

/** How quiet lines begin. */
export interface StoryGlyphs {
  readonly quiet: string;
  readonly warning: string;
}

/** For terminals that can show them. */
export const UNICODE: StoryGlyphs = { quiet: '· ', warning: '▲ ' };

/** For those that cannot. */
export const ASCII: StoryGlyphs = { quiet: '- ', warning: '! ' };

/** Tells one run. */
export class Story {
  readonly #glyphs: StoryGlyphs;
  readonly #folder: string;
  readonly #told: number;
  #hushed = false;

  /** @param told so many tasks are told of. */
  constructor(glyphs: StoryGlyphs, folder: string, told = TOLD_TASKS) {
    this.#glyphs = glyphs;
    this.#folder = folder;
    this.#told = told;
  }

  /** What an event adds to the story: often nothing. */
  tell(event: RuntimeEvent): Line[] {
    switch (event.kind) {
      case 'print':
        return safe(event.text)
          .split('\n')
          .map((text) => this.#line(event.at, event.task, 'plain', text));
      case 'task.spawned':
        if (event.task.id === 0) return [];
        if (event.task.id > this.#told) return this.#hush(event.at);
        return [this.#quiet(event.at, event.task, `spawned by ${event.parent?.name ?? 'nobody'}`)];
      case 'task.poll-ended':
        if (event.outcome !== 'pending' || this.#isUntold(event.task)) return [];
        return [this.#quiet(event.at, event.task, `lets go of the thread: ${waits(event.awaits, this.#folder)}`)];
      case 'task.woken':
        if (this.#isUntold(event.task)) return [];
        return [this.#quiet(event.at, event.task, `woken by ${cause(event.by, this.#folder)}`)];
      case 'task.completed':
        // How main ended is told when the run is over.
        if (event.outcome === 'panicked' && event.task.id === 0) return [];
        if (event.outcome === 'panicked') return [this.#warn(event.at, event.task, `panicked: ${event.error}`)];
        if (event.task.id === 0 || this.#isUntold(event.task)) return [];
        return [this.#quiet(event.at, event.task, 'done')];
      case 'task.cancelled':
        return this.#isUntold(event.task) ? [] : [this.#quiet(event.at, event.task, 'dropped before it was done')];
      case 'resource.op':
        if (event.op !== 'dropped' || (event.task !== null && this.#isUntold(event.task))) return [];
        return [this.#quiet(event.at, event.task, `${event.resource.name} ${operation(event)}, unfinished`)];
      case 'future.unawaited':
        return [
          this.#warn(
            event.at,
            null,
            withPlace(
              `${event.op} was made and never awaited: did you forget yield*?`,
              place(event.location, this.#folder),
            ),
          ),
        ];
      default:
        return [];
    }
  }

  #isUntold({ id }: TaskRef): boolean {
    return id > this.#told || (id === 0 && this.#hushed);
  }

  #hush(at: number): Line[] {
    if (this.#hushed) return [];
    this.#hushed = true;
    return [
      this.#quiet(
        at,
        null,
        `more than ${this.#told} tasks: of the others, and of main, you see what they print; --trace shows all`,
      ),
    ];
  }

  #quiet(at: number, task: TaskRef | null, text: string): Line {
    return this.#line(at, task, 'quiet', this.#glyphs.quiet + safeLine(text));
  }

  #warn(at: number, task: TaskRef | null, text: string): Line {
    return this.#line(at, task, 'bad', this.#glyphs.warning + safeLine(text));
  }

  #line(at: number, task: TaskRef | null, tone: Tone, text: string): Line {
    const pieces: Piece[] = [
      { tone: 'time', text: seconds(at).padStart(TIME) + GAP },
      { tone: tone === 'quiet' ? 'quiet' : 'task', text: safeLine(task?.name ?? '').padEnd(TASK) + GAP },
      { tone, text },
    ];
    return { pieces, indent: TEXT_COLUMN + (tone === 'plain' ? 0 : this.#glyphs.quiet.length) };
  }
}
