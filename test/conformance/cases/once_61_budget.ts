import { type Async, OnceCell } from 'async-lessons';
import { traced } from '../common.ts';

function* value(v: number): Async<number> {
  return v;
}

export function* main(): Async<void> {
  const c = new OnceCell<number>();
  yield* traced(
    'there',
    (function* (): Async<void> {
      c.set(1);
      for (let i = 0; i < 1000; i++) yield* c.getOrInit(() => value(2));
    })(),
  );
  yield* traced(
    'makes',
    (function* (): Async<void> {
      for (let i = 0; i < 300; i++) {
        const c = new OnceCell<number>();
        yield* c.getOrInit(() => value(i));
      }
    })(),
  );
}
