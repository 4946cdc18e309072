import { type Async, millis, sleep, spawn } from 'async-lessons';
import { debug, log, outcome } from '../common.ts';

function* job(ok: boolean): Async<number> {
  yield* sleep(millis(5));
  if (ok) return 1;
  throw new Error('job failed');
}

// What a task throws is its panic. Where Rust's task answers a Result, ours answers an outcome.
function* run(ok: boolean): Async<number> {
  const result = yield* spawn(outcome(job(ok)));
  if ('error' in result) throw result.error;
  const v = result.value;
  log('run', `value ${v}`);
  return v;
}

function shown(result: { value: number } | { error: unknown }): string {
  return 'error' in result ? `Err(${debug((result.error as Error).message)})` : `Ok(${debug(result.value)})`;
}

export function* main(): Async<void> {
  log('main', `join ok=${'value' in (yield* outcome(spawn(outcome(job(false)))))}`);
  log('main', shown(yield* outcome(run(true))));
  log('main', shown(yield* outcome(run(false))));
}
