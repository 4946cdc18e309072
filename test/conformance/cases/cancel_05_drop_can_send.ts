import { type Async, Elapsed, millis, mpsc, secs, sleep, spawn, timeout } from 'async-lessons';
import { caught, log, option, outcome } from '../common.ts';

class Notice implements Disposable {
  readonly #tx: mpsc.UnboundedSender<string>;
  readonly #text: string;

  constructor(tx: mpsc.UnboundedSender<string>, text: string) {
    this.#tx = tx;
    this.#text = text;
  }

  [Symbol.dispose](): void {
    // Where Rust drops the field by itself, after this, we do.
    using tx = this.#tx;
    log('notice', `sending ${this.#text}`);
    caught(() => tx.send(this.#text));
  }
}

export function* main(): Async<void> {
  const [tx, rx] = mpsc.unboundedChannel<string>();
  const tx2 = tx.clone();
  const h = spawn(
    (function* (): Async<void> {
      using _n = new Notice(tx2, 'aborted');
      yield* sleep(secs(100));
    })(),
  );
  yield* sleep(millis(5));
  h.abort();
  log('main', `got ${option(yield* rx.recv())}`);
  const r = yield* outcome(
    timeout(
      millis(10),
      (function* (): Async<void> {
        using _n = new Notice(tx, 'timed out');
        yield* sleep(secs(100));
      })(),
    ),
  );
  log('main', `elapsed=${'error' in r && r.error instanceof Elapsed}`);
  log('main', `got ${option(yield* rx.recv())}`);
  log('main', `got ${option(yield* rx.recv())}`);
}
