/**
 * Recipe: a future is a recipe card. Somebody has to cook it, step by step.
 *
 * You will see: called, nothing is cooked; awaited, it is; dropped half-way, its `finally` runs and
 * that is all. Then the chef: an executor of a few lines polls the same card by hand.
 *
 * Try: let the chef poll again without waiting for the bell. Who turns off the stove then?
 *
 * Your own copy: `npx async-lessons run recipe.ts`, or `await new Runtime().blockOn(main())` at its end.
 */
import { type Async, Context, Notify, Pending, pollFuture, println, secs, select, sleep, Waker } from 'async-lessons';

function* soup(simmer: number): Async<string> {
  println('Stove on.');
  try {
    yield* sleep(simmer);
    println('A pinch of salt.');
    yield* sleep(simmer);
    return 'soup';
  } finally {
    println('Stove off.');
  }
}

/** Rings when it is worth looking into the pot again. */
class Bell extends Waker {
  readonly rings = new Notify();

  wake(): void {
    this.rings.notifyOne();
  }
}

/** An executor for one future: poll it, wait for its waker, poll it again. */
function* chef(card: Async<string>): Async<string> {
  const bell = new Bell();
  for (let looks = 1; ; looks++) {
    const answer = pollFuture(card, new Context(bell));
    if (answer !== Pending) {
      println(`Look ${looks}: ready.`);
      return answer;
    }
    println(`Look ${looks}: pending.`);
    yield* bell.rings.notified();
  }
}

export function* main({ simmer = secs(1), guests = secs(1.5) } = {}): Async<void> {
  const card = soup(simmer);
  println('The card is written, and the stove is cold.');
  println(`Awaited: ${yield* card}.`);

  const evening = yield* select({ card: soup(simmer), guests: sleep(guests) });
  println(evening.branch === 'card' ? `In time: ${evening.value}.` : 'The guests call it off.');

  println(`By hand: ${yield* chef(soup(simmer))}.`);
}
