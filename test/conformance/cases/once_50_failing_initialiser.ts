import { type Async, millis, OnceCell, sleep, spawn } from 'async-lessons';
import { errorText, log } from '../common.ts';

export function* main(): Async<void> {
  const cell = new OnceCell<string>();
  const member = (name: string, takes: number, ok: boolean) =>
    spawn(
      (function* (): Async<void> {
        try {
          const v = yield* cell.getOrInit(function* (): Async<string> {
            log(name, 'initialises');
            yield* sleep(millis(takes));
            if (!ok) throw new Error(name);
            return name;
          });
          log(name, `gets ${v}`);
        } catch (error) {
          log(name, `fails with ${errorText(error)}`);
        }
        log(name, `initialized=${cell.initialized()}`);
      })(),
    );
  const hs = [member('A', 10, false), member('B', 10, false), member('C', 10, true), member('D', 1, true)];
  for (const h of hs) yield* h;
}
