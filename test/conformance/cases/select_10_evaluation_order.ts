import { type Async, branch, type Future, millis, select, sleep } from 'async-lessons';
import { log, traced } from '../common.ts';

function cond(label: string, v: boolean): boolean {
  log(label, `condition ${v}`);
  return v;
}

function make(label: string, n: number): Future<unknown> {
  log(label, 'expression');
  return traced(label, sleep(millis(n)));
}

export function* main(): Async<void> {
  // Where Rust evaluates all preconditions before the first expression by itself, we write them first.
  const [a, b, c] = [cond('A', true), cond('B', false), cond('C', true)];
  const winner = yield* select(
    {
      A: branch(make('A', 20), { if: a }),
      B: branch(make('B', 0), { if: b }),
      C: branch(make('C', 10), { if: c }),
    },
    { biased: true },
  );
  log('main', `handler ${winner.branch}`);
  log('main', 'end');
}
