import { type Async, Elapsed, millis, OnceCell, sleep, spawn, timeout } from 'async-lessons';
import { log, OnDrop, outcome } from '../common.ts';

export function* main(): Async<void> {
  const cell = new OnceCell<string>();
  const member = (name: string, limit: number) =>
    spawn(
      (function* (): Async<void> {
        const init = function* (): Async<string> {
          using _g = new OnDrop(name);
          log(name, 'initialises');
          yield* sleep(millis(30));
          return name;
        };
        try {
          log(name, `gets ${yield* timeout(millis(limit), cell.getOrInit(init))}`);
        } catch (error) {
          if (!(error instanceof Elapsed)) throw error;
          log(name, 'timed out');
        }
      })(),
    );
  const a = member('A', 100);
  const hs = [a, member('B', 20), member('C', 100), member('D', 100)];
  yield* sleep(millis(10));
  log('main', 'aborts A');
  a.abort();
  for (const h of hs) yield* outcome(h);
  log('main', `${cell.get()}`);
}
