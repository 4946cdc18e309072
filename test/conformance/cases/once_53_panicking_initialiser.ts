import { type Async, millis, OnceCell, sleep, spawn } from 'async-lessons';
import { log, outcome, panicText } from '../common.ts';

export function* main(): Async<void> {
  const cell = new OnceCell<string>();
  const hs = ['A', 'B', 'C'].map((name) =>
    spawn(
      (function* (): Async<void> {
        const v = yield* cell.getOrInit(function* (): Async<string> {
          log(name, 'initialises');
          yield* sleep(millis(10));
          if (name === 'A') throw new Error(`no value from ${name}`);
          return name;
        });
        log(name, `gets ${v}`);
      })(),
    ),
  );
  for (const h of hs) {
    const r = yield* outcome(h);
    log('main', 'error' in r ? `panic: ${panicText(r.error)}` : 'joined');
  }
}
