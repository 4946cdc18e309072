/**
 * What the doctor has names for, each in a file of its own with its page of the handbook: a program
 * that gets stuck that way, and one that does not.
 *
 * @module
 */

import type { DiagnosisPage } from './diagnoses/diagnosis.ts';
import { fullChannel } from './diagnoses/full-channel.ts';
import { futurelock } from './diagnoses/futurelock.ts';
import { lockCycle } from './diagnoses/lock-cycle.ts';
import { nobodyLeft } from './diagnoses/nobody-left.ts';
import { selfLock } from './diagnoses/self-lock.ts';
import { unclosedChannel } from './diagnoses/unclosed-channel.ts';
import { waitCycle } from './diagnoses/wait-cycle.ts';
import { lostWaker } from './lints/lost-waker.ts';
import { unawaitedFuture } from './lints/unawaited-future.ts';

export type { DiagnosisName } from './diagnoses/diagnosis.ts';

/** Every diagnosis there is, in the order of the alphabet. Two of them are findings of lints as well. */
export const diagnoses: readonly DiagnosisPage[] = [
  fullChannel,
  futurelock,
  lockCycle,
  {
    ...{ name: 'lost-waker', summary: lostWaker.summary, page: lostWaker.page },
    remedy: 'Keep cx.waker in every poll that answers Pending, and call it when another poll is worth it.',
  },
  nobodyLeft,
  selfLock,
  {
    ...{ name: 'unawaited-future', summary: unawaitedFuture.summary, page: unawaitedFuture.page },
    remedy: 'Write yield* before it: a future does nothing until somebody polls it.',
  },
  unclosedChannel,
  waitCycle,
];
