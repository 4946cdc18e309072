import { type Async, type JoinError, now, pending, sleep, spawn, yieldNow } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { inChild } from '../support/in-child.ts';
import { run } from '../support/run.ts';

describe('AbortHandle', () => {
  it('knows the number and the name of its task', () =>
    run(function* () {
      const handle = spawn(pending(), { name: 'kettle' });

      expect(handle.abortHandle()).toMatchObject({ id: handle.id, name: 'kettle' });
    }));

  it('aborts a task that somebody else joins', () =>
    run(function* () {
      const nap = spawn(sleep(100));
      const alarm = nap.abortHandle();
      spawn(
        (function* () {
          yield* sleep(10);
          alarm.abort();
        })(),
      );
      try {
        yield* nap;
        expect.unreachable();
      } catch (error) {
        expect((error as JoinError).isCancelled()).toBe(true);
      }
      expect(now()).toBe(10);
    }));

  it('aborts a task whose join handle is gone', () =>
    run(function* () {
      const log: string[] = [];
      const handle = spawn(
        (function* (): Async<void> {
          try {
            yield* pending();
          } finally {
            log.push('dropped');
          }
        })(),
      );
      const alarm = handle.abortHandle();
      handle[Symbol.dispose]();
      yield* yieldNow();
      alarm.abort();

      expect([log, alarm.isFinished()]).toEqual([[], false]);
      yield* yieldNow();
      expect([log, alarm.isFinished()]).toEqual([['dropped'], true]);
    }));

  it('does nothing to a task that has ended', () =>
    run(function* () {
      const handle = spawn(
        (function* () {
          return 'tea';
        })(),
      );
      const before = handle.abortHandle();
      yield* yieldNow();
      const after = handle.abortHandle();
      before.abort();
      after.abort();

      expect([before.isFinished(), after.isFinished()]).toEqual([true, true]);
      expect(yield* handle).toBe('tea');
    }));

  it('is one for all who ask', () =>
    run(function* () {
      const nap = spawn(sleep(5));

      expect(nap.abortHandle()).toBe(nap.abortHandle());
      yield* nap;
    }));

  it('of a task that has ended may be asked for late', () =>
    run(function* () {
      const handle = spawn(sleep(1));
      yield* sleep(5);

      expect(handle.abortHandle().isFinished()).toBe(true);
    }));

  it('does not keep a task that has ended: its panic is told as soon as its join handle is gone', () => {
    const { out } = inChild(
      `
      function* fail() { throw new Error('spilled'); }
      const kept = [];
      function forget() { kept.push(spawn(fail(), { name: 'cook' }).abortHandle()); }
      function* main() {
        forget();
        for (let i = 0; i < 100 && !told; i++) {
          yield* sleep(1);
          gc();
          yield* fromPromise(new Promise((resolve) => setImmediate(resolve)));
        }
        console.log(told ? 'told while the program ran' : 'not told', kept[0].isFinished());
      }
      let told = 0;
      await new Runtime({ onWarning: () => (told += 1) }).blockOn(main());
      `,
      '--expose-gc',
    );

    expect(out).toBe('told while the program ran true\n');
  });
});
