import { type Async, broadcast, LaggedError, TryRecvError } from 'async-lessons';
import { log } from '../common.ts';

function drain(rx: broadcast.Receiver<number>): string[] {
  const got: string[] = [];
  for (;;) {
    try {
      got.push(`${rx.tryRecv()}`);
    } catch (error) {
      if (error instanceof TryRecvError) return got;
      if (!(error instanceof LaggedError)) throw error;
      got.push(`lagged(${error.skipped})`);
    }
  }
}

export function* main(): Async<void> {
  const [tx, rx] = broadcast.channel<number>(4);
  let next = 0;
  for (const burst of [4, 5, 8, 9, 3, 4, 13]) {
    for (let i = 0; i < burst; i++) tx.send(next++);
    log('rx', `${burst}: ${drain(rx).join(' ')}`);
  }
}
