import { type Async, duplex, millis, timeout } from 'async-lessons';
import { log, outcome, text, timedOut } from '../common.ts';

export function* main(): Async<void> {
  const [a, b] = duplex(4);
  const buffer = new Uint8Array(16);
  const four = buffer.subarray(0, 4);
  const read = yield* outcome(timeout(millis(10), b.read(buffer)));
  log('main', `read elapsed ${timedOut(read)}`);
  const write = yield* outcome(timeout(millis(10), a.writeAll('abcdefgh')));
  log('main', `write elapsed ${timedOut(write)}`);
  log('main', `read ${text(buffer.subarray(0, yield* b.read(buffer)))}`);
  const first = yield* outcome(timeout(millis(10), b.readExact(four)));
  log('main', `read_exact elapsed ${timedOut(first)}`);
  yield* a.writeAll('12');
  const second = yield* outcome(timeout(millis(10), b.readExact(four)));
  log('main', `read_exact elapsed ${timedOut(second)}`);
  yield* a.writeAll('34');
  log('main', `read ${text(buffer.subarray(0, yield* b.read(buffer)))}`);
}
