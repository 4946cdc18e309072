/**
 * Errors: an error goes up through the awaits, and leaves one function after the other.
 *
 * You will see: four ways to fail. Each function says when it is left: because it returned, because an
 * error passed through it, or because it was dropped while it waited.
 *
 * Try: catch the error in makeTea() and serve tea without milk. Who hears of the closed shop now?
 *
 * Your own copy: `npx async-lessons run errors.ts`, or `await new Runtime().blockOn(main())` at its end.
 */
import { type Async, JoinError, millis, println, secs, sleep, spawn, timeout, tryJoin } from 'async-lessons';

/** Says so when its block is left, however that happens. */
function leaving(where: string): Disposable {
  return { [Symbol.dispose]: () => println(`Leaving ${where}.`) };
}

function* fetchMilk(shop: number, open: boolean): Async<string> {
  using _ = leaving('fetchMilk');
  yield* sleep(shop);
  if (!open) throw new Error('the shop is closed');
  return 'milk';
}

function* makeTea(shop: number, open: boolean): Async<string> {
  using _ = leaving('makeTea');
  const milk = yield* fetchMilk(shop, open); // As with `?` in Rust: no value, no next line.
  return `tea with ${milk}`;
}

function* makeToast(time: number): Async<string> {
  using _ = leaving('makeToast');
  yield* sleep(time);
  return 'toast';
}

function* chat(time: number): Async<void> {
  yield* sleep(time);
  println('The guest has heard of nothing.');
}

function serve(dish: string): void {
  println(`Served: ${dish}.`);
}

/** What a task threw is the cause of the error that its joiner gets. */
function caught(error: unknown): void {
  const { message } = (error instanceof JoinError ? error.cause : error) as Error;
  println(`Caught: ${message}.`);
}

export function* main({ shop = secs(1), toast = secs(2), limit = millis(500), open = false } = {}): Async<void> {
  println('Through awaits:');
  try {
    serve(yield* makeTea(shop, open));
  } catch (error) {
    caught(error);
  }

  println('In a task:');
  const tea = spawn(makeTea(shop, open), { name: 'tea' });
  const guest = spawn(chat(2 * shop), { name: 'guest' });
  try {
    serve(yield* tea);
  } catch (error) {
    caught(error);
  }
  yield* guest;

  println('Under a timeout:');
  try {
    serve(yield* timeout(limit, makeTea(shop, open)));
  } catch (error) {
    caught(error);
  }

  println('Beside toast:');
  try {
    serve((yield* tryJoin(makeTea(shop, open), makeToast(toast))).join(' and '));
  } catch (error) {
    caught(error);
  }
}
