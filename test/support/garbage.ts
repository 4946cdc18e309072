import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Which of these nobody holds any more. The first is not to be in a variable of the caller. */
export async function areGone(refs: readonly WeakRef<object>[]): Promise<boolean[]> {
  // What was looked at in this turn of the host's loop is held until its end.
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  return refs.map((ref) => ref.deref() === undefined);
}
