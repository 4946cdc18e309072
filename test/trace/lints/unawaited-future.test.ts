import { mpsc, sleep, spawn } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { unawaitedFuture } from '../../../src/trace/lints/unawaited-future.ts';
import { sentences } from '../../support/lint-runs.ts';

describe('unawaited-future', () => {
  it('finds each of them', async () => {
    const main = function* () {
      const [tx] = mpsc.channel<number>(1);
      sleep(5);
      tx.send(1);
    };

    expect(await sentences(unawaitedFuture, main)).toEqual([
      'sleep(5ms) was made and never awaited, so it did nothing.',
      'send() was made and never awaited, so it did nothing.',
    ]);
  });

  it('says nothing of a handle: its task runs', async () => {
    const main = function* () {
      spawn(sleep(5));
      yield* sleep(9);
    };

    expect(await sentences(unawaitedFuture, main)).toEqual([]);
  });
});
