/**
 * Dinner: you put the kettle on, set a timer, and chop vegetables meanwhile.
 *
 * You will see: the same two jobs in a row, with `join`, and as two tasks. Two awaits in a row do not
 * overlap: the second job is not begun before the first one is done.
 *
 * Try: begin both jobs before you await the first one, and use no `join`. What does it take?
 *
 * Your own copy: `npx async-lessons run dinner.ts`, or `await new Runtime().blockOn(main())` at its end.
 */
import { type Async, type Awaitable, join, now, println, secs, sleep, spawn } from 'async-lessons';

function* boil(time: number): Async<void> {
  println('Kettle on.');
  yield* sleep(time);
  println('The kettle whistles.');
}

function* chop(time: number, broken: boolean): Async<void> {
  println('Chopping.');
  if (broken) block(time);
  else yield* sleep(time);
  println('Vegetables chopped.');
}

/** Holds the thread: nothing else runs, and nobody hears the kettle. */
function block(time: number): void {
  const end = now() + time;
  while (now() < end);
}

function* inARow(kettle: Async<void>, vegetables: Async<void>): Async<void> {
  yield* kettle;
  yield* vegetables;
}

function* asTasks(kettle: Async<void>, vegetables: Async<void>): Async<void> {
  const jobs = [spawn(kettle, { name: 'kettle' }), spawn(vegetables, { name: 'vegetables' })];
  for (const job of jobs) yield* job;
}

function* timed(way: string, dinner: Awaitable<unknown>): Async<void> {
  println(`${way}:`);
  const start = now();
  yield* dinner;
  println(`Dinner after ${((now() - start) / 1000).toFixed(1)} s.`);
}

export function* main({ kettle = secs(2), chopping = secs(3), broken = false } = {}): Async<void> {
  yield* timed('In a row', inARow(boil(kettle), chop(chopping, broken)));
  yield* timed('With join', join(boil(kettle), chop(chopping, broken)));
  yield* timed('As two tasks', asTasks(boil(kettle), chop(chopping, broken)));
}
