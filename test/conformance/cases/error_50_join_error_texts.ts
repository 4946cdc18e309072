import { type Async, type JoinError, secs, sleep, spawn } from 'async-lessons';
import { joinError, log } from '../common.ts';

function text(e: JoinError): string {
  return e.message.replace(`task ${e.id} `, 'task ID ');
}

function* panics(cause: unknown): Async<void> {
  throw cause;
}

// Differs: the text says what was thrown without quotes, whatever it is.
export function* main(): Async<void> {
  const h = spawn(sleep(secs(100)));
  h.abort();
  log('main', text(yield* joinError(h)));
  log('main', text(yield* joinError(spawn(panics(new Error('oh'))))));
  const name = 'formatted';
  log('main', text(yield* joinError(spawn(panics(new Error(`${name} text`))))));
  log('main', text(yield* joinError(spawn(panics(5)))));
}
