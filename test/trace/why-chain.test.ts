import { type Async, JoinSet, mpsc, type RuntimeEvent, sleep, spawn, yieldNow } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { Why } from '../../src/trace/why.ts';
import { WhyChain } from '../../src/trace/why-chain.ts';
import { run } from '../support/run.ts';
import { HOME, placeless, textOf, unclean } from '../support/views.ts';

const PAGE = { width: 80, unicode: true, folder: HOME };

/** Runs a program while somebody wants to know how a task came to a poll. */
async function asking(main: () => Async<unknown>, asked?: string): Promise<WhyChain> {
  const why = new Why(PAGE);
  const chain = new WhyChain(why, asked);
  const observer = (event: RuntimeEvent) => {
    why.tell(event);
    chain.fold(event);
  };
  await run(main, { observer });
  return chain;
}

async function told(main: () => Async<unknown>, asked?: string): Promise<string[]> {
  return (await asking(main, asked)).lines(PAGE).map((line) => placeless(textOf(line)).replace(/;.*$/, ''));
}

async function slip(main: () => Async<unknown>, asked?: string): Promise<string | undefined> {
  return (await asking(main, asked)).slip();
}

/** Bob sends a message each millisecond, main receives. */
function* talk(messages = 3): Async<void> {
  const [tx, rx] = mpsc.channel<number>(1);
  const sends = function* (): Async<void> {
    for (let n = 1; n <= messages; n++) {
      yield* sleep(1);
      yield* tx.send(n);
    }
  };
  spawn(sends(), { name: 'bob' });
  for (let n = 1; n <= messages; n++) yield* rx.recv();
}

function* nap(): Async<void> {
  yield* sleep(1);
}

function* alone(): Async<void> {}

/** Bob and eve, who is never polled. */
function* short(): Async<void> {
  yield* spawn(yieldNow(), { name: 'bob' });
  spawn(sleep(1), { name: 'eve' });
}

describe('how a task came to a poll', () => {
  it('is told from the poll to its root', async () => {
    expect(await told(talk, 'main#3')).toEqual([
      'How main came to poll 3:',
      '   0.002 s  main is polled because bob put a message into channel 1',
      '   0.002 s    bob is polled because timer 2 (sleep(1ms)) fired',
    ]);
    expect(await told(talk, 'bob#1')).toEqual([
      'How bob came to poll 1:',
      '   0.000 s  bob is polled for the first time because main spawned it',
      '   0.000 s    main is polled for the first time because the run begins',
    ]);
  });

  it('is told of the last one, if none is named, also of a task that is long gone', async () => {
    expect((await told(talk, 'main')).slice(0, 2)).toEqual([
      'How main came to its last poll:',
      '   0.003 s  main is polled because bob put a message into channel 1',
    ]);
    const gone = function* () {
      yield* talk();
      for (let n = 0; n < 2000; n++) yield* yieldNow();
    };
    expect(await told(gone, 'bob')).toEqual(await told(talk, 'bob'));
    expect((await told(gone, 'bob')).at(-1)).toBe('   0.003 s  bob is polled because timer 3 (sleep(1ms)) fired');
  });

  it('is told whole of an early poll of a long run', async () => {
    expect(await told(() => talk(3000), 'main#3')).toEqual(await told(talk, 'main#3'));
  });

  it('is told of the end of a task that was aborted', async () => {
    const aborts = function* () {
      const bob = spawn(sleep(5), { name: 'bob' });
      yield* sleep(1);
      bob.abort();
      yield* yieldNow();
    };
    expect((await told(aborts, 'bob')).slice(0, 2)).toEqual([
      'How bob came to its end:',
      '   0.001 s  bob is dropped because main aborted it',
    ]);
  });

  it('can be asked by number, and of a task whose name looks like a poll or a number', async () => {
    const odd = function* () {
      yield* spawn(yieldNow(), { name: 'bob#2' });
      yield* spawn(yieldNow(), { name: '1' });
    };
    expect((await told(talk, '1#2'))[0]).toBe('How bob came to poll 2:');
    expect((await told(odd, 'bob#2'))[0]).toBe('How bob#2 came to its last poll:');
    expect((await told(odd, 'bob#2#1'))[0]).toBe('How bob#2 came to poll 1:');
    expect((await told(odd, '1'))[0]).toBe('How 1 came to its last poll:');
    expect((await told(odd, '2#1'))[0]).toBe('How 1 came to poll 1:');
  });
});

describe('where nobody has asked', () => {
  it('the last poll of main is told, if there is more than its own sentence', async () => {
    expect(await told(talk)).toEqual(await told(talk, 'main'));
    expect(await told(nap)).toEqual([]);
    expect(await told(nap, 'main')).toHaveLength(2);
  });

  it('nothing is wrong', async () => {
    expect(await slip(talk)).toBeUndefined();
    expect(new WhyChain(new Why(PAGE)).slip()).toBeUndefined();
  });
});

describe('what there was not', () => {
  it('is answered with what there was', async () => {
    expect(await slip(talk, 'main')).toBeUndefined();
    expect(await slip(talk, 'alice#2')).toBe('--why-chain alice#2: there was no such task. There were: main, bob.');
    expect(await slip(talk, 'bob#9')).toBe('--why-chain bob#9: of bob there was no poll 9. There were: polls 1 to 4.');
    expect(await slip(talk, 'main#0')).toMatch(/no poll 0\. There were: polls 1 to 4\.$/);
    expect(await slip(short, 'eve')).toBe('--why-chain eve: eve was never polled.');
    expect(await slip(alone, 'main#2')).toMatch(/: poll 1 alone\.$/);
    expect(new WhyChain(new Why(PAGE), 'main').slip()).toBe(
      '--why-chain main: there was no such task. There were: none.',
    );
    expect((await asking(talk, 'bob#9')).lines(PAGE)).toEqual([]);
  });

  it('is one of several tasks of that name: they are asked by number', async () => {
    const twins = function* () {
      const set = new JoinSet<void>();
      for (let n = 0; n < 3; n++) set.spawn(yieldNow(), { name: 'twin' });
      yield* set.joinAll();
    };
    expect(await slip(twins, 'twin#1')).toBe(
      '--why-chain twin#1: several tasks have that name, with the numbers 1, 2, 3. Ask by number: --why-chain 1#1.',
    );
    expect(await slip(twins, 'twin')).toMatch(/Ask by number: --why-chain 1\.$/);
    expect((await told(twins, '2'))[0]).toBe('How twin came to its last poll:');
  });

  it('is answered shortly, however many there were', async () => {
    const many = function* () {
      for (let n = 0; n < 50; n++) spawn(yieldNow(), { name: `task of mine ${n}` });
      yield* sleep(1);
    };
    expect(await slip(many, 'x')).toMatch(/: main, task of mine 0, .* task of mine 10, and 39 more tasks\.$/);
  });

  it('is told without what a terminal would obey', async () => {
    const evil = function* () {
      yield* spawn(yieldNow(), { name: '\u001b[2Jbob' });
    };
    expect(unclean((await slip(evil, '\u009b31m')) ?? '')).toEqual([]);
    expect((await told(evil, '\u001b[2Jbob')).flatMap(unclean)).toEqual([]);
  });
});
