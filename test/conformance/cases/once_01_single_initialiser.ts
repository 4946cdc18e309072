import { type Async, millis, OnceCell, sleep, spawn } from 'async-lessons';
import { caught, log, option } from '../common.ts';

export function* main(): Async<void> {
  const c = new OnceCell<string>();
  const hs = ['A', 'B'].map((name) =>
    spawn(
      (function* (): Async<void> {
        const v = yield* c.getOrInit(function* (): Async<string> {
          log(name, 'initialising');
          yield* sleep(millis(10));
          return name;
        });
        log(name, `value from ${v}`);
      })(),
    ),
  );
  for (const h of hs) yield* h;
  log('main', `${option(c.get())} set again=${caught(() => c.set('x')) !== undefined}`);
}
