import { type Async, BufReader, duplex } from 'async-lessons';
import { polls } from '../common.ts';

export function* main(): Async<void> {
  const [a, b] = duplex(4096);
  yield* polls(
    'write',
    (function* (): Async<void> {
      for (let i = 0; i < 300; i++) yield* a.writeAll('x');
    })(),
  );
  yield* polls(
    'read',
    (function* (): Async<void> {
      const buffer = new Uint8Array(1);
      for (let i = 0; i < 300; i++) yield* b.readExact(buffer);
    })(),
  );
  yield* a.writeAll('line\n'.repeat(300));
  using lines = new BufReader(b).lines();
  yield* polls(
    'lines',
    (function* (): Async<void> {
      for (let i = 0; i < 300; i++) yield* lines.nextLine();
    })(),
  );
  a[Symbol.dispose]();
  yield* polls(
    'read at the end',
    (function* (): Async<void> {
      for (let i = 0; i < 300; i++) yield* lines.nextLine();
    })(),
  );
}
