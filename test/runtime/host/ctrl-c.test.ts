import { ctrlC, isCtrlCAwaited, now, OutsideRuntimeError, Pending, select, sleep } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { byHand } from '../../support/hand-poll.ts';
import { type Ended, inChild } from '../../support/in-child.ts';
import { run } from '../../support/run.ts';

/**
 * Runs a script that may be asked to stop: `interrupt()` sends Ctrl-C to itself, and `interruptFrom(ms)`
 * has it sent by another process. One that does not exit by itself ends with code 7.
 */
function interruptible(script: string): Ended {
  return inChild(`
    import { spawn as start } from 'node:child_process';
    const { ctrlC, isCtrlCAwaited, ref, select } = runtime;
    const interrupt = () => void process.kill(process.pid, 'SIGINT');
    const kill = (ms) => ['-c', \`sleep \${ms / 1000}; kill -INT \${process.pid}\`];
    const interruptFrom = (ms) => start('sh', kill(ms), { stdio: 'ignore' }).unref();
    const listeners = () => process.listenerCount('SIGINT');
    setTimeout(() => process.exit(7), 4000).unref();
    function* untilStopped() { yield* ctrlC(); }
    ${script}
  `);
}

describe('ctrlC', () => {
  it('waits for Ctrl-C, which then does not end the process', () => {
    const { out, code } = interruptible(`
      setTimeout(interrupt, 20);
      await new Runtime().blockOn(untilStopped());
      console.log('stopped');
    `);

    expect([out, code]).toEqual(['stopped\n', 0]);
  });

  it('alone keeps the process from ending', () => {
    const { out, code } = interruptible(`
      interruptFrom(200);
      await new Runtime().blockOn(untilStopped());
      console.log('stopped');
    `);

    expect([out, code]).toEqual(['stopped\n', 0]);
  });

  it('is heard by everybody who waits, in every runtime', () => {
    const { out, code } = interruptible(`
      function* main() {
        const waiters = [1, 2, 3].map(() => spawn(ctrlC()));
        for (const waiter of waiters) yield* waiter;
      }
      setTimeout(interrupt, 20);
      await Promise.all([new Runtime().blockOn(main()), new Runtime().blockOn(main())]);
      console.log('all stopped', listeners());
    `);

    expect([out, code]).toEqual(['all stopped 0\n', 0]);
  });

  it('is heard once: who goes on waits for the next one', () => {
    const { out, code } = interruptible(`
      function* main() {
        for (const i of [1, 2, 3]) {
          setTimeout(interrupt, 20);
          yield* ctrlC();
          console.log(i);
        }
      }
      await new Runtime().blockOn(main());
    `);

    expect([out, code]).toEqual(['1\n2\n3\n', 0]);
  });

  it('that nobody waits for any more ends the process, as usual', () => {
    const { out, code } = interruptible(`
      function* main() {
        setTimeout(interrupt, 20);
        yield* ctrlC();
        console.log('first');
        setTimeout(interrupt, 20);
        yield* sleep(2000);
        console.log('survived');
      }
      await new Runtime().blockOn(main());
    `);

    expect([out, code]).toEqual(['first\n', null]);
  });

  it('dropped while it waits leaves Ctrl-C to others', () => {
    const { out, code } = interruptible(`
      function* main() {
        yield* select({ stop: ctrlC(), soon: sleep(1) });
        console.log('dropped', listeners());
        setTimeout(interrupt, 20);
        yield* sleep(2000);
        console.log('survived');
      }
      await new Runtime().blockOn(main());
    `);

    expect([out, code]).toEqual(['dropped 0\n', null]);
  });

  it('of a task that is left lets the process end with the program', () => {
    const { out, code } = interruptible(`
      function* main() {
        spawn(ctrlC());
        yield* yieldNow();
        console.log(listeners());
      }
      await new Runtime().blockOn(main());
      console.log(listeners());
    `);

    expect([out, code]).toEqual(['1\n0\n', 0]);
  });

  it('lent and not dropped lets the process end with the program', () => {
    const { out, code } = interruptible(`
      function* main() {
        const stop = ctrlC();
        for (let i = 0; i < 3; i++) yield* select({ stop: ref(stop), tick: sleep(1) });
      }
      await new Runtime().blockOn(main());
      console.log(listeners(), isCtrlCAwaited());
    `);

    expect([out, code]).toEqual(['0 false\n', 0]);
  });

  it('is heard although a task spins on yieldNow()', () => {
    const { out, code } = interruptible(`
      function* spin() {
        const end = performance.now() + 3000;
        while (performance.now() < end) yield* yieldNow();
        return 'starved';
      }
      interruptFrom(100);
      const { branch } = await new Runtime().blockOn(select({ stop: untilStopped(), spin: spin() }));
      console.log(branch);
    `);

    expect([out, code]).toEqual(['stop\n', 0]);
  });

  it('is awaited by 50 runtimes without a warning, and all hear it', () => {
    const { out, err, code } = interruptible(`
      setTimeout(interrupt, 50);
      await Promise.all(Array.from({ length: 50 }, () => new Runtime().blockOn(untilStopped())));
      console.log('all stopped', listeners(), process.listenerCount('beforeExit'));
    `);

    expect([out, err, code]).toEqual(['all stopped 0 0\n', '', 0]);
  });

  it('is lazy: it listens from its first poll on, once, until it is dropped', async () => {
    const listeners = () => process.listenerCount('SIGINT');
    const before = listeners();

    const counts = await run(function* () {
      const wait = byHand(ctrlC());
      const seen = [listeners()];
      expect([wait.poll(), wait.poll()]).toEqual([Pending, Pending]);
      seen.push(listeners());
      wait.drop();
      wait.drop();
      return [...seen, listeners()];
    });

    expect(counts.map((count) => count - before)).toEqual([0, 1, 0]);
  });

  it('does not hold up a virtual clock', async () => {
    const [branch, time] = await run(function* () {
      const winner = yield* select({ stop: ctrlC(), sleep: sleep(3_600_000) });
      return [winner.branch, now()];
    });

    expect([branch, time]).toEqual(['sleep', 3_600_000]);
  });

  it('needs a running runtime', () => {
    expect(ctrlC).toThrow(OutsideRuntimeError);
  });
});

describe('isCtrlCAwaited', () => {
  it('is true exactly while somebody waits', async () => {
    const answers = await run(function* () {
      const [one, two] = [byHand(ctrlC()), byHand(ctrlC())];
      const seen = [isCtrlCAwaited()];
      for (const step of [one.poll, two.poll, one.drop, two.drop]) {
        step();
        seen.push(isCtrlCAwaited());
      }
      return seen;
    });

    expect(answers).toEqual([false, true, true, true, false]);
  });

  it('is false again once Ctrl-C has come', () => {
    const { out } = interruptible(`
      setTimeout(interrupt, 20);
      function* main() {
        yield* ctrlC();
        console.log(isCtrlCAwaited());
      }
      await new Runtime().blockOn(main());
    `);

    expect(out).toBe('false\n');
  });
});
