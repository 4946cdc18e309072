/**
 * Tea: an async function is a recipe card. Somebody has to cook it.
 *
 * You will see: calling makeTea() boils nothing. Awaiting it does, and while the water heats up the
 * thread is free: the task has let go of it, and a timer brings it back.
 *
 * Try: take the star out of `yield* sleep(boil)`. What does the compiler say, and what the runtime?
 *
 * Your own copy: `npx async-lessons run tea.ts`, or `await new Runtime().blockOn(main())` at its end.
 */
import { type Async, println, secs, sleep } from 'async-lessons';

function* makeTea(boil: number): Async<void> {
  println('Putting the kettle on.');
  yield* sleep(boil);
  println('Water boiled. Making tea.');
}

export function* main({ boil = secs(2) } = {}): Async<void> {
  const recipe = makeTea(boil); // Nothing has happened yet: futures are lazy.
  yield* recipe;
}
