import { type Async, FuturesUnordered, oneshot } from 'async-lessons';
import { log, readyNow, traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = oneshot.channel<void>();
  const [tx2, rx2] = oneshot.channel<void>();
  const set = new FuturesUnordered<string>();
  const wait = (name: string, rx: oneshot.Receiver<void>) =>
    traced(
      name,
      (function* (): Async<string> {
        yield* rx;
        return name;
      })(),
    );
  set.push(wait('A', rx));
  set.push(wait('B', rx2));
  log('main', `ready=${readyNow(set.next())}`);
  tx2.send();
  const [tx3, rx3] = oneshot.channel<void>();
  set.push(wait('C', rx3));
  tx3.send();
  tx.send();
  for (let next = yield* set.next(); next !== undefined; next = yield* set.next()) log('main', next.value);
}
