import { type Async, join, mpsc, spawn } from 'async-lessons';
import { log, traced } from '../common.ts';

function* sends(name: string, tx: mpsc.Sender<string>, values: readonly string[]): Async<void> {
  for (const v of values) {
    yield* tx.send(v);
    log(name, `sent ${v}`);
  }
}

export function* main(): Async<void> {
  const [sender, rx] = mpsc.channel<string>(1);
  const h = spawn(
    traced(
      'sender',
      (function* (): Async<void> {
        using tx = sender;
        yield* join(sends('a', tx, ['a1', 'a2']), sends('b', tx, ['b1', 'b2']));
      })(),
    ),
  );
  for (let v = yield* rx.recv(); v !== undefined; v = yield* rx.recv()) log('rx', v);
  yield* h;
}
