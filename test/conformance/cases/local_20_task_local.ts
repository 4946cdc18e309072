import { type Async, join, millis, sleep, spawn, TaskLocal } from 'async-lessons';
import { caught, joinError, log, option } from '../common.ts';

const USER = new TaskLocal<string>('USER');
const DEPTH = new TaskLocal<number>('DEPTH');

class Tells implements Disposable {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  [Symbol.dispose](): void {
    log(this.#name, `drop user=${option(USER.tryGet())}`);
  }
}

function* greet(label: string): Async<string> {
  using _t = new Tells(label);
  log(label, `hello ${USER.get()}`);
  yield* sleep(millis(10));
  log(label, `bye ${USER.get()}`);
  return USER.get();
}

export function* main(): Async<void> {
  log('main', (caught(() => USER.get()) as Error).message);
  const [a, b] = yield* join(USER.scope('ann', greet('a')), USER.scope('bob', greet('b')));
  log('main', `("${a}", "${b}") ${option(USER.tryGet())}`);

  yield* USER.scope(
    'outer',
    (function* () {
      yield* USER.scope('inner', greet('nested'));
      log('main', `back to ${USER.get()}`);
      const child = spawn(
        (function* () {
          return USER.tryGet();
        })(),
      );
      log('main', `child has ${option(yield* child)}`);
      const given = spawn(
        USER.scope(
          USER.get(),
          (function* () {
            return USER.get();
          })(),
        ),
      );
      log('main', `given on "${yield* given}"`);
    })(),
  );

  const h = spawn(USER.scope('carl', greet('aborted')));
  yield* sleep(millis(1));
  h.abort();
  log('main', `cancelled=${(yield* joinError(h)).isCancelled()}`);
  USER.scope('dora', greet('never polled'))[Symbol.dispose]();

  const d = DEPTH.syncScope(1, () => {
    const inner = DEPTH.syncScope(DEPTH.get() + 1, () => DEPTH.get());
    return [DEPTH.get(), inner];
  });
  log('main', `(${d.join(', ')}) ${option(DEPTH.tryGet())}`);
  const panic = caught(() =>
    DEPTH.syncScope(7, () => {
      throw new Error('spilled');
    }),
  );
  log('main', `panicked=${panic !== undefined} ${option(DEPTH.tryGet())}`);
}
