import {
  type Async,
  ForgottenAwaitError,
  pending,
  println,
  type RuntimeEvent,
  sleep,
  spawn,
  yieldNow,
} from 'async-lessons';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { run } from '../support/run.ts';

describe('println', () => {
  afterEach(() => void vi.restoreAllMocks());

  it('goes to stdout where nobody observes', async () => {
    const stdout = vi.spyOn(console, 'log').mockImplementation(() => {});

    await run(function* () {
      println('Putting the kettle on.');
    });

    expect(stdout).toHaveBeenCalledExactlyOnceWith('Putting the kettle on.');
  });

  it('goes to stdout outside a runtime', () => {
    const stdout = vi.spyOn(console, 'log').mockImplementation(() => {});

    println('Good morning.');

    expect(stdout).toHaveBeenCalledExactlyOnceWith('Good morning.');
  });

  it('goes to the observer, and only there, as a word of the task that says it', async () => {
    const stdout = vi.spyOn(console, 'log').mockImplementation(() => {});
    const prints: unknown[] = [];
    const observer = (event: RuntimeEvent) => {
      if (event.kind === 'print') prints.push(`${event.at} ${event.task?.name}: ${event.text}`);
    };

    await run(
      function* () {
        spawn(speaker(), { name: 'kettle' });
        println('listen');
        yield* sleep(10);
      },
      { observer },
    );

    expect(prints).toEqual(['0 main: listen', '5 kettle: I boil']);
    expect(stdout).not.toHaveBeenCalled();
  });

  it('prints what is no text as text', () => {
    const stdout = vi.spyOn(console, 'log').mockImplementation(() => {});

    println(42 as never);

    expect(stdout).toHaveBeenCalledExactlyOnceWith('42');
  });

  it.each([
    ['an async function that was called', () => speaker(), 'println() got a future (a generator), not its value'],
    [
      'a future',
      () => pending(),
      'println() got the future pending(), not its value: await it first, `yield* pending()`',
    ],
  ])('refuses %s, and asks for its value', (_, make, message) => {
    expect(() => println(make() as never)).toThrow(ForgottenAwaitError);
    expect(() => println(make() as never)).toThrow(message);
  });

  function* speaker(): Async<void> {
    yield* sleep(5);
    println('I boil');
    yield* yieldNow();
  }
});
