/**
 * The lessons, in the article's order.
 *
 * One room each: the program, which is all that a reader would write, and its card.
 *
 * @module
 */
import type { Lesson } from './card.ts';
import { channel } from './channel/card.ts';
import { chat } from './chat/card.ts';
import { counter } from './counter/card.ts';
import { dinner } from './dinner/card.ts';
import { errors } from './errors/card.ts';
import { recipe } from './recipe/card.ts';
import { scraper } from './scraper/card.ts';
import { select } from './select/card.ts';
import { server } from './server/card.ts';
import { tea } from './tea/card.ts';
import { threads } from './threads/card.ts';

export type { Account, Given, Lesson, LessonOption, Performance } from './card.ts';

/** Every lesson there is. */
export const lessons: readonly Lesson[] = [
  tea,
  recipe,
  dinner,
  threads,
  server,
  channel,
  select,
  counter,
  errors,
  scraper,
  chat,
];
