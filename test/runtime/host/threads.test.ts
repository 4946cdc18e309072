import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Caller, Ended, Work } from '../../../src/runtime/host/host.ts';
import { Threads } from '../../../src/runtime/host/threads.ts';
import { inChild } from '../../support/in-child.ts';

/** Answers the number of its thread. */
const THREAD = `() => import('node:worker_threads').then(({ threadId }) => threadId)`;
const HOUR = 3_600_000;
const GATE = new Int32Array(new SharedArrayBuffer(4));

function work(source: string, ...args: unknown[]): Work {
  return { name: 'job', code: { source }, args, transfer: [] };
}

/** A call that tells how it ended. */
function call(threads: Threads, work: Work, starts = () => true) {
  let call: { end(): void } | undefined;
  const ended = new Promise<Ended>((ended) => {
    const caller: Caller = { starts, ended };
    call = threads.call(work, caller);
  });
  return { ended, end: () => call?.end() };
}

const answerOf = async (threads: Threads, source: string) =>
  ((await call(threads, work(source)).ended) as Record<'value', unknown>).value;

describe('Threads', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it('uses an idle thread again', async () => {
    const threads = new Threads(2, HOUR);

    expect(await answerOf(threads, THREAD)).toBe(await answerOf(threads, THREAD));
  });

  it('starts another where all are busy, and no more than it may', async () => {
    const threads = new Threads(2, HOUR);

    const ids = await Promise.all(Array.from({ length: 5 }, () => answerOf(threads, THREAD)));

    expect(new Set(ids).size).toBe(2);
  });

  it('serves its line in order', async () => {
    const threads = new Threads(1, HOUR);
    const log: number[] = [];

    await Promise.all([1, 2, 3].map((n) => call(threads, work('() => {}'), () => log.push(n) > 0).ended));

    expect(log).toEqual([1, 2, 3]);
  });

  it('passes over whoever does not want to start any more', async () => {
    const threads = new Threads(1, HOUR);
    const first = call(threads, work('() => 1'));
    const starts = vi.fn(() => false);
    call(threads, work('() => 2'), starts);
    const third = call(threads, work('() => 3'));

    expect(starts).not.toHaveBeenCalled();
    expect([await first.ended, await third.ended]).toEqual([{ value: 1 }, { value: 3 }]);
    expect(starts).toHaveBeenCalledOnce();
  });

  it('lets a thread go that was idle for long enough', async () => {
    const threads = new Threads(2, 20);
    const before = await answerOf(threads, THREAD);
    await new Promise((resolve) => setTimeout(resolve, 200));

    expect(await answerOf(threads, THREAD)).not.toBe(before);
  });

  it('gives no work to a thread that is about to go', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const threads = new Threads(1, HOUR);
    await answerOf(threads, '() => 1');

    vi.advanceTimersByTime(HOUR);

    expect(await answerOf(threads, '() => 2')).toBe(2);
  });

  it('gives work to the thread that became idle last, so that the others can go', async () => {
    const threads = new Threads(2, HOUR);
    const first = call(threads, work('(gate) => { Atomics.wait(gate, 0, 0, 10_000); }', GATE));
    const second = await answerOf(threads, THREAD);
    Atomics.store(GATE, 0, 1);
    Atomics.notify(GATE, 0);
    await first.ended;

    expect(await answerOf(threads, THREAD)).not.toBe(second);
  });

  it('does not let a thread go that works again', async () => {
    const threads = new Threads(1, 50);
    await answerOf(threads, '() => 1');

    expect(await answerOf(threads, '() => new Promise((resolve) => setTimeout(resolve, 150, 2))')).toBe(2);
  });

  it('ends the thread of a call that is taken back, tells nobody, and has room for another', async () => {
    const threads = new Threads(1, HOUR);
    const ended = vi.fn();
    const endless = threads.call(work('() => { for (;;); }'), { starts: () => true, ended });
    const next = call(threads, work('() => 2'));

    endless.end();

    expect(await next.ended).toEqual({ value: 2 });
    expect(ended).not.toHaveBeenCalled();
  });

  it('never starts a call that is taken back while it waits in line', async () => {
    const threads = new Threads(1, HOUR);
    const first = call(threads, work('() => 1'));
    const starts = vi.fn(() => true);
    const second = call(threads, work('() => 2'), starts);

    second.end();
    await first.ended;
    await answerOf(threads, '() => 3');

    expect(starts).not.toHaveBeenCalled();
  });

  it('does not take for an answer what else is posted in a thread', async () => {
    const threads = new Threads(1, HOUR);
    const posts = `() => import('node:worker_threads').then(({ parentPort }) => { parentPort.postMessage(null); parentPort.postMessage({ how: { value: 'junk' } }); return 1; })`;

    expect(await answerOf(threads, posts)).toBe(1);
  });

  it('tells on stderr what was left behind and threw, and goes on', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => {});
    const threads = new Threads(1, HOUR);
    await answerOf(threads, `() => void setTimeout(() => { throw new Error('late'); }, 5)`);

    await vi.waitFor(() => expect(told).toHaveBeenCalled());

    expect(told.mock.calls[0]?.[0]).toBe('what job left behind in its thread threw after the call had ended:');
    expect(await answerOf(threads, '() => 2')).toBe(2);
  });

  it('ends a call whose thread runs out of memory', async () => {
    const { out, code } = inChild(
      `
      function* main() {
        yield* spawnBlocking(() => { const all = []; for (;;) all.push(new Array(1e6).fill(0.5)); });
      }
      await new Runtime().blockOn(main()).catch((error) => console.log(error.name, error.cause.code));
    `,
      '--max-old-space-size=64',
    );

    expect([out, code]).toEqual(['JoinError ERR_WORKER_OUT_OF_MEMORY\n', 0]);
  });
});

describe('a process', () => {
  const soon = (script: string, ...flags: string[]) => {
    const started = performance.now();
    const ended = inChild(script, ...flags);
    return { ...ended, tookLong: performance.now() - started > 8_000 };
  };

  it('ends although threads are idle', () => {
    const child = soon(`
      function* main() { return [yield* spawnBlocking(() => 1), yield* spawnBlocking(() => 2)]; }
      console.log(...(await new Runtime().blockOn(main())));
    `);

    expect(child).toEqual({ code: 0, out: '1 2\n', err: '', tookLong: false });
  });

  it('waits for a call that works, also after its program', () => {
    const child = soon(`
      function* main() { spawnBlocking(() => new Promise((resolve) => setTimeout(() => resolve(console.log('done')), 100))); }
      await new Runtime().blockOn(main());
      console.log('end');
    `);

    expect(child).toEqual({ code: 0, out: 'done\nend\n', err: '', tookLong: false });
  });

  it('ends by process.exit() although a thread works', () => {
    const child = soon(`
      function* main() { spawnBlocking(() => { for (;;); }); yield* sleep(100); process.exit(4); }
      await new Runtime().blockOn(main());
    `);

    expect(child).toEqual({ code: 4, out: '', err: '', tookLong: false });
  });

  it('ends by stop() although a thread works', () => {
    const child = soon(`
      const program = new Runtime();
      function* main() { yield* spawnBlocking(() => { for (;;); }); }
      setTimeout(() => program.stop(), 100);
      await program.blockOn(main()).catch((error) => console.log(error.name));
    `);

    expect(child).toEqual({ code: 0, out: 'RuntimeStoppedError\n', err: '', tookLong: false });
  });

  it('prints what a thread prints', () => {
    const child = soon(`
      function* main() { yield* spawnBlocking(() => console.log('from a thread')); }
      await new Runtime().blockOn(main());
    `);

    expect(child).toEqual({ code: 0, out: 'from a thread\n', err: '', tookLong: false });
  });

  it.each([['--input-type=module'], ['--enable-source-maps']])('may be started with %s', (flag) => {
    const { out } = inChild(`
      import { execFileSync } from 'node:child_process';
      const script = \`import('\${new URL('./runtime/index.js', import.meta.url)}').then(async ({ Runtime, spawnBlocking }) => {
        function* main() { return yield* spawnBlocking(() => 'tea'); }
        console.log(await new Runtime().blockOn(main()));
      })\`;
      console.log(execFileSync(process.execPath, ['${flag}', '-e', script], { encoding: 'utf8' }));
    `);

    expect(out).toBe('tea\n\n');
  });
});
