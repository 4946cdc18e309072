import { type Async, mpsc, spawn, yieldNow } from 'async-lessons';
import { caught, log, option, outcome, traced } from '../common.ts';

/** `Ok(2)` or `Err("channel closed")`: what came of keeping room. */
function kept(result: { value: { length: number } } | { error: unknown }): string {
  return 'value' in result ? `Ok(${result.value.length})` : `Err("${(result.error as Error).message}")`;
}

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(3);
  for (let i = 0; i < 3; i++) tx.trySend(i);
  const tryReserve = (n: number) => kept({ error: caught(() => tx.tryReserveMany(n)) });
  const many = (function* (): Async<void> {
    const permits = yield* tx.reserveMany(2);
    log('many', `reserved ${permits.length}`);
    permits.next().value?.send(10);
    log('many', `capacity ${tx.capacity}`);
    permits[Symbol.dispose]();
    log('many', `capacity ${tx.capacity}`);
  })();
  spawn(traced('many', many));
  spawn(
    traced(
      'one',
      (function* () {
        yield* tx.send(20);
      })(),
    ),
  );
  yield* yieldNow();
  for (let i = 0; i < 3; i++) {
    log('main', option(yield* rx.recv()));
    yield* yieldNow();
    log('main', `capacity ${tx.capacity}`);
  }
  log('main', `${option(yield* rx.recv())} ${option(yield* rx.recv())}`);
  log('main', `too many ${'error' in (yield* outcome(tx.reserveMany(4)))}`);
  log('main', `too many ${tryReserve(4)}`);
  log('main', `none ${(yield* tx.reserveMany(0)).length}`);
  const p = tx.tryReserveMany(2);
  log('main', `full ${tryReserve(2)}`);
  using _weak = tx.downgrade();
  log('main', `strong ${tx.strongCount} weak ${rx.senderWeakCount}`);
  p[Symbol.dispose]();
  rx.close();
  log('main', `closed ${tryReserve(1)}`);
  log('main', `closed ${tryReserve(4)}`);
  log('main', `closed ${kept(yield* outcome(tx.reserveMany(0)))}`);
}
