import { type Async, millis, RwLock, sleep, spawn, yieldNow } from 'async-lessons';
import { isOk, log } from '../common.ts';

function probe(l: RwLock<number>, when: string): void {
  const read = isOk(l.tryRead());
  const write = isOk(l.tryWrite());
  log('main', `${when}: read=${read} write=${write}`);
}

export function* main(): Async<void> {
  const l = new RwLock(0);
  probe(l, 'free');
  const inside = yield* l.read();
  probe(l, 'read');
  const w = spawn(
    (function* (): Async<void> {
      using _g = yield* l.write();
      log('W', 'granted');
    })(),
  );
  yield* yieldNow();
  probe(l, 'writer waits');
  w.abort();
  yield* yieldNow();
  probe(l, 'writer gone');
  inside[Symbol.dispose]();
  const g = yield* l.write();
  probe(l, 'written');
  const r = spawn(
    (function* (): Async<void> {
      using _g = yield* l.read();
      log('R', 'granted');
      yield* sleep(millis(5));
    })(),
  );
  yield* yieldNow();
  g[Symbol.dispose]();
  probe(l, 'promised to a reader');
  yield* r;
  probe(l, 'free again');
}
