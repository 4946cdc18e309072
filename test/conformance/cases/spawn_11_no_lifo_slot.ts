import { type Async, oneshot, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = oneshot.channel<void>();
  const handles = [
    spawn(
      (function* (): Async<void> {
        log('W', 'waiting');
        yield* rx;
        log('W', 'woken');
      })(),
    ),
    spawn(
      (function* (): Async<void> {
        log('A', 'wakes W');
        tx.send();
      })(),
    ),
  ];
  for (const name of ['B', 'C', 'D']) {
    handles.push(
      spawn(
        (function* (): Async<void> {
          log(name, 'ran');
        })(),
      ),
    );
  }
  for (const handle of handles) yield* handle;
  log('main', 'end');
}
