import {
  type Async,
  fromPromise,
  Mutex,
  mpsc,
  pending,
  println,
  type RuntimeEvent,
  sleep,
  spawn,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it, vi } from 'vitest';
import { type RunOptions, runLesson } from '../../src/cli/run-lesson.ts';
import type { Lesson, Performance } from '../../src/examples/index.ts';
import { FakeTerminal } from '../support/fake-terminal.ts';
import { placeless } from '../support/views.ts';

/** A lesson that nobody would teach. */
function lesson(main: () => Async<void>, rest: Omit<Performance, 'main'> = {}): Lesson {
  const card = { name: 'fixture', summary: '', about: '', options: {}, tries: [], file: '', before: () => '' };
  const account = async () => ({ fold() {}, sentences: () => [] });
  return { ...card, account, prepare: async () => ({ main: main(), ...rest }) };
}

/** Runs it at once, and answers everything that comes of it. */
async function outcome(what: Lesson, options: RunOptions = {}) {
  const terminal = new FakeTerminal();
  const code = await runLesson(what, {}, { instant: true, ...options }, terminal, '0.0.0');
  return { code, out: placeless(terminal.written), err: placeless(terminal.errors) };
}

function* boom(): Async<void> {
  throw new Error('boom');
}

const stuck = lesson(function* () {
  const mutex = new Mutex(0);
  using _guard = yield* mutex.lock();
  const [tx, rx] = mpsc.channel<number>(1);
  spawn(rx.recv(), { name: 'listener' });
  yield* mutex.lock();
  tx[Symbol.dispose]();
});

describe('a lesson that gets stuck', () => {
  it('ends with code 3, and says on stderr what is wrong and who waits for what', async () => {
    const { code, out, err } = await outcome(stuck);

    expect(code).toBe(3);
    expect(out).not.toContain('Stuck');
    expect(err.replace(/ since \S+/g, '')).toMatchInlineSnapshot(`
      "Stuck: nothing can run any more, and nothing will.

      ▲ self-lock: main waits for mutex 1, which main itself holds
        main ─▶ mutex 1 ─▶ main
        Give the lock back before you wait for it again, or hand the guard on to the function that needs it.

      ▲ unclosed-channel: listener waits for a message of channel 1, and nobody will send one: the sender of channel 1, made by main, was never dropped.
        Drop the sender when you are done with it: \`using sender = tx\` in whoever sends. Main drops its own after the last clone.

      Who waits for whom:
        main        lock() on mutex 1
                      held by main
        listener    recv() on channel 1
                      sender 1 was never dropped: made by main

      async-lessons explain self-lock
      async-lessons explain unclosed-channel
      "
    `);
  });

  it('says where, by file and line', async () => {
    const terminal = new FakeTerminal();

    await runLesson(stuck, {}, { instant: true }, terminal, '0.0.0');

    expect(terminal.errors).toMatch(/main waits for mutex 1 at \S+run-lesson\.test\.ts:\d+, which main itself holds/);
  });

  it('has told its story up to there', async () => {
    const { out } = await outcome(stuck);

    expect(out).toContain('main        · lets go of the thread: lock() on mutex 1');
  });

  it('is stuck as well on the real clock, and with -q: nobody observes it then, so less is known', async () => {
    const { code, out, err } = await outcome(stuck, { instant: false, quiet: true });

    expect([code, out]).toEqual([3, '']);
    expect(err).toMatchInlineSnapshot(`
      "Stuck: nothing can run any more, and nothing will.
        main waits for lock() on a mutex
        listener waits for recv() on a channel
      Run it without --quiet to see who could end that.
      "
    `);
  });

  it('says it on stderr beside a log, too', async () => {
    const { out, err } = await outcome(stuck, { trace: true });

    expect(out).toMatch(/runtime +halted +stuck: nothing can ever run again\n/);
    expect(err).toContain('self-lock');
  });

  it('does not tell as a lint what it has told as the reason', async () => {
    const { out, err } = await outcome(
      lesson(function* () {
        const [tx, rx] = mpsc.channel<number>(1);
        using sender = tx;
        sender.send(1);
        yield* rx.recv();
      }),
    );

    expect(err).toContain('unawaited-future: send() on channel 1 was made');
    expect(out).not.toContain('unawaited-future');
  });
});

describe('a lesson that stalls', () => {
  // Somebody outside could still end this wait, as far as the runtime knows.
  const stalling = lesson(function* () {
    println('here we go');
    yield* fromPromise(new Promise<void>((resolve) => setTimeout(resolve, 60_000).unref()));
  });

  it('ends with code 5 if nothing runs for so long, and says who waits for what', async () => {
    const { code, out, err } = await outcome(stalling, { stallAfter: 50, instant: false });

    expect(code).toBe(5);
    expect(out).toContain('here we go');
    expect(err).toMatch(/^Stalled: nothing has run for 50\.00 ms\.\n\nWho waits for whom:\n +main +fromPromise\(\)/);
  });

  it('does so with -q as well', async () => {
    const { code, out, err } = await outcome(stalling, { stallAfter: 50, instant: false, quiet: true });

    expect([code, out]).toEqual([5, 'here we go\n']);
    expect(err).toContain('only somebody outside can end this');
  });

  it('is no lesson that runs now and then', async () => {
    const { code } = await outcome(
      lesson(function* () {
        for (let n = 0; n < 20; n++) yield* sleep(10);
      }),
      { stallAfter: 150, instant: false },
    );

    expect(code).toBe(0);
  });
});

describe('a lesson that fails', () => {
  const failing = lesson(function* () {
    println('so far so good');
    yield* sleep(5);
    throw new Error('the kettle is \u001b[31mgone');
  });

  it('ends with code 1, and says why in a sentence, without a stack', async () => {
    const { code, err } = await outcome(failing);

    expect([code, err]).toEqual([1, 'The lesson failed: the kettle is gone\n']);
  });

  it('shows the stack to whoever asks with DEBUG', async () => {
    vi.stubEnv('DEBUG', '1');
    const { code, err } = await outcome(failing);
    vi.unstubAllEnvs();

    expect(code).toBe(1);
    expect(err).toMatch(/^Error: the kettle is gone\n[\s\S]*\n {4}at /);
  });

  it('has printed before what it had to say', async () => {
    const { out } = await outcome(failing, { quiet: true });

    expect(out).toBe('so far so good\n');
  });

  it('may throw anything at all', async () => {
    const { code, err } = await outcome(
      lesson(function* () {
        throw 'tea';
      }),
    );

    expect([code, err]).toEqual([1, 'The lesson failed: tea\n']);
  });

  it('fails as well if only its afterword does', async () => {
    const afterword = () => {
      throw new Error('nobody came');
    };

    const { code, err } = await outcome(lesson(function* () {}, { afterword }));

    expect([code, err]).toEqual([1, 'The lesson failed: nobody came\n']);
  });
});

describe('a lesson', () => {
  it('is warned on stderr of a panic that nobody joined, and goes on', async () => {
    const { code, out, err } = await outcome(
      lesson(function* () {
        spawn(
          (function* (): Async<void> {
            throw new Error('no water');
          })(),
          { name: 'kettle' },
        );
        yield* yieldNow();
        println('still here');
      }),
    );

    expect(code).toBe(0);
    expect(out).toMatch(/kettle +▲ panicked: Error: no water\n/);
    expect(out).toContain('still here');
    expect(err).toMatch(/^task kettle panicked, and nobody joined it: Error: no water\n/);
  });

  it('is told in its story of a future that it forgot', async () => {
    const { code, out } = await outcome(
      lesson(function* () {
        sleep(1000);
        yield* yieldNow();
      }),
    );

    expect(code).toBe(0);
    expect(out).toContain('▲ sleep(1s) was made and never awaited: did you forget yield*?\n');
  });

  it('prints only clean text, whatever it says', async () => {
    const { out } = await outcome(
      lesson(function* () {
        println('\u001b]0;title\u0007\u001b[2Jclean\r\n\ttext\u202e');
      }),
      { quiet: true },
    );

    expect(out).toBe('clean\n    text\n');
  });

  it('lets its watcher see every event, and has the last word', async () => {
    const kinds: string[] = [];
    const watch = ({ kind }: RuntimeEvent) => kinds.push(kind);
    const afterword = () => `It was ${kinds.length} events.`;

    const { out } = await outcome(lesson(function* () {}, { watch, afterword }));

    expect(kinds).toEqual([
      'runtime.started',
      'task.spawned',
      'task.poll-started',
      'task.poll-ended',
      'task.completed',
      'runtime.finished',
    ]);
    expect(out).toContain('It was 6 events.\n');
  });

  it('waits for a last word that takes a moment', async () => {
    const afterword = () => new Promise<string>((resolve) => setTimeout(resolve, 5, 'All is told.'));

    const { out } = await outcome(lesson(function* () {}, { afterword }));

    expect(out).toContain('All is told.\n');
  });

  it.each([
    ['it has ended', function* () {}],
    ['it has failed', boom],
    ['it has got stuck', pending],
  ])('puts away what it has set up when %s', async (_, main) => {
    let puts = 0;

    await outcome(lesson(main as () => Async<void>, { end: () => void puts++ }));

    expect(puts).toBe(1);
  });

  it('leaves no listener for signals behind', async () => {
    const before = [process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')];

    await outcome(lesson(function* () {}));
    await outcome(stuck);

    expect([process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')]).toEqual(before);
  });
});
