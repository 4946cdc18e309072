import { connect } from 'node:net';
import { type Async, fromPromise, Runtime, type RuntimeEvent } from 'async-lessons';
import { afterEach, describe, expect, it } from 'vitest';
import { ChatAccount } from '../../src/examples/chat/account.ts';
import { main } from '../../src/examples/chat/chat.ts';
import { Guest } from '../support/guest.ts';

type Options = NonNullable<Parameters<typeof main>[0]>;

/** A chat that is open. */
interface Chat {
  readonly port: number;
  readonly log: readonly string[];
  readonly events: readonly RuntimeEvent[];
  /** Asks it to close, and waits until it has. */
  close(): Promise<void>;
}

const open = new Set<Chat>();

afterEach(async () => {
  for (const chat of open) await chat.close();
  open.clear();
});

/** Opens a chat on a free port. */
async function openChat(options: Options = {}, speed = 1): Promise<Chat> {
  const events: RuntimeEvent[] = [];
  const log: string[] = [];
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  let found: (port: number) => void = () => {};
  const port = new Promise<number>((resolve) => {
    found = resolve;
  });
  function observer(event: RuntimeEvent): void {
    events.push(event);
    if (event.kind === 'print') log.push(event.text);
    const listening = event.kind === 'print' ? /^Listening on 127\.0\.0\.1:(\d+)$/.exec(event.text) : null;
    if (listening !== null) found(Number(listening[1]));
  }
  function* program(): Async<void> {
    yield* main({ address: '127.0.0.1:0', stop: fromPromise(stopped), ...options });
  }
  const ended = new Runtime({ observer, speed }).blockOn(program());
  const chat: Chat = {
    port: await port,
    log,
    events,
    async close() {
      stop();
      await ended;
      // Whatever people do, none of the tasks has failed.
      expect(events.filter((event) => event.kind === 'task.completed' && event.outcome === 'panicked')).toEqual([]);
    },
  };
  open.add(chat);
  return chat;
}

describe('the chat program', () => {
  it('asks for a name, and tells everybody else who comes, what is said, and who leaves', async () => {
    const { port, log } = await openChat();
    const ada = await Guest.named('ada', port);
    const bob = await Guest.named('bob', port);
    const cem = await Guest.named('cem', port);
    await ada.reads('* cem has joined.\n');

    bob.says('Good morning!');
    for (const guest of [ada, cem]) await guest.reads('bob: Good morning!\n');
    bob.socket.end();
    for (const guest of [ada, cem]) await guest.reads('* bob has left.\n');

    expect(ada.text.startsWith('What is your name? ')).toBe(true);
    expect(ada.lines).toEqual([
      '* Hello ada. People here: 1',
      '* bob has joined.',
      '* cem has joined.',
      'bob: Good morning!',
      '* bob has left.',
    ]);
    expect(bob.lines).toEqual(['* Hello bob. People here: 2', '* cem has joined.']);
    expect(cem.lines).toEqual(['* Hello cem. People here: 3', 'bob: Good morning!', '* bob has left.']);
    expect(log.slice(1)).toEqual(['ada has joined.', 'bob has joined.', 'cem has joined.', 'bob has left.']);
  });

  it('says goodbye to everybody when it is stopped, also to those who have no name yet', async () => {
    const chat = await openChat();
    const names = Array.from({ length: 12 }, (_, n) => `guest${n}`);
    const guests: Guest[] = [];
    for (const name of names) guests.push(await Guest.named(name, chat.port));
    const nobody = await Guest.at(chat.port);
    await nobody.reads('What is your name? ');

    await chat.close();

    for (const guest of [...guests, nobody]) {
      await guest.closed();
      expect(guest.lines.at(-1)).toBe('* Goodbye.');
      // Nobody is told of the others: they all leave together.
      expect(guest.text).not.toContain('has left');
    }
    expect(chat.log.slice(-13)).toEqual(['Saying goodbye.', ...names.map((name) => `${name} has left.`)]);
  });

  it('loses no goodbye to somebody who talks until the end', async () => {
    const chat = await openChat();
    const ada = await Guest.named('ada', chat.port);
    const talking = setInterval(() => ada.says('And another thing!'), 0);
    await new Promise((resolve) => setTimeout(resolve, 50));

    await chat.close();

    clearInterval(talking);
    await ada.closed();
    expect(ada.text).toContain('* Goodbye.\n');
  });

  it('understands lines that end as on Windows, and lines that come in pieces', async () => {
    const { port } = await openChat();
    const ada = await Guest.named('ada', port);
    const bob = await Guest.at(port);
    bob.socket.write('b');
    await bob.reads('name?');
    bob.socket.write('ob\r\nGood mor');
    await ada.reads('* bob has joined.\n');
    bob.socket.write('ning!\r\n');

    await ada.reads('bob: Good morning!\n');
  });

  it('does not repeat empty lines', async () => {
    const { port } = await openChat();
    const ada = await Guest.named('ada', port);
    const bob = await Guest.named('bob', port);
    for (const line of ['', '\r', 'words']) bob.says(line);

    await ada.reads('bob: words\n');

    expect(ada.lines.filter((line) => line.startsWith('bob:'))).toEqual(['bob: words']);
  });
});

describe('a name', () => {
  it.each(['', ' ', 'a b', 'x'.repeat(21), '* ada', 'ada:', '\u001b[31mred', 'a\u202eb', 'a\u0000', 'a\u009b', '-'])(
    'that is %j is not taken, and asked for again',
    async (name) => {
      const { port, log } = await openChat();
      const guest = await Guest.at(port);

      guest.says(name);
      await guest.reads('* Up to 20 letters and digits, please, and a name that nobody has.\nWhat is your name? ');
      guest.says('Zoë42');

      await guest.reads('* Hello Zoë42.');
      expect(log.slice(1)).toEqual(['Zoë42 has joined.']);
    },
  );

  it('that is no text, or too long a line, is asked for again', async () => {
    const { port } = await openChat();
    const guest = await Guest.at(port);

    guest.socket.write(new Uint8Array([0xff, 0x0a]));
    guest.says('x'.repeat(2000));
    guest.says('ada');

    await guest.reads('* Hello ada.');
    expect(guest.text.match(/a name that nobody has/g)).toHaveLength(2);
  });

  it('is nobody else’s, however it is written, until its owner leaves', async () => {
    const { port } = await openChat();
    const ada = await Guest.named('ada', port);
    const other = await Guest.at(port);
    for (const name of ['ada', 'ADA', 'Ada']) other.says(name);
    await other.reads(
      `${'* Up to 20 letters and digits, please, and a name that nobody has.\nWhat is your name? '.repeat(3)}`,
    );

    ada.socket.end();
    await ada.closed();
    other.says('ADA');

    await other.reads('* Hello ADA. People here: 1\n');
  });

  it('must be said within a minute', async () => {
    const { port, log } = await openChat({}, 1000);

    const guest = await Guest.at(port);

    await guest.closed();
    expect(guest.text).toBe('What is your name? ');
    expect(log).toHaveLength(1);
  });
});

describe('what one says', () => {
  it.each([
    ['\u001b[31mred\u001b[0m', '[31mred[0m'],
    ['\u001b]0;title\u0007', ']0;title'],
    ['\u009b2J\u0085\u0080', '2J'],
    ['bell\u0007 back\u0008 delete\u007f nothing\u0000', 'bell back delete nothing'],
    ['again\rbob: and again', 'againbob: and again'],
    ['user\u202enimda\u202c \u2066x\u2069 \u200e\u200f\u061c.', 'usernimda x .'],
    ['line\u2028bob: line\u2029.', 'linebob: line.'],
    ['a\ttab', 'a tab'],
    ['Grüße, 東京, 👩‍👩‍👧, \u0e01\u0e33', 'Grüße, 東京, 👩‍👩‍👧, \u0e01\u0e33'],
  ])('reaches the others without what a terminal would obey: %j', async (said, read) => {
    const { port } = await openChat();
    const ada = await Guest.named('ada', port);
    const eve = await Guest.named('eve', port);

    eve.says(said);

    await ada.reads('eve: ');
    await ada.reads(`eve: ${read}\n`);
  });

  it('is clean whatever the bytes are', async () => {
    const { port } = await openChat();
    const ada = await Guest.named('ada', port);
    const eve = await Guest.named('eve', port);

    for (let first = 0; first < 256; first++) {
      if (first === 0x0a) continue;
      eve.socket.write(new Uint8Array([0x61, first, 0x5b, 0x32, 0x4a, 0x0a]));
      eve.socket.write(new Uint8Array([0xc2, first, 0x0a]));
      eve.socket.write(new Uint8Array([0xe2, 0x80, first, 0x0a]));
    }
    eve.says('the end');
    await ada.reads('eve: the end\n');

    expect(ada.text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u);
  });

  it('is not repeated if it is no text, or too long, and the next line is', async () => {
    const { port } = await openChat();
    const ada = await Guest.named('ada', port);
    const eve = await Guest.named('eve', port);

    eve.socket.write(new Uint8Array([0xff, 0xfe, 0x0a]));
    await eve.reads('* That was no text, or too long.\n');
    eve.says('x'.repeat(1001));
    eve.says('y'.repeat(1000));
    await ada.reads(`eve: ${'y'.repeat(1000)}\n`);

    expect(eve.text.match(/too long/g)).toHaveLength(2);
    expect(ada.lines.filter((line) => line.startsWith('eve:'))).toHaveLength(1);
  });

  it('is not kept if its line never ends', async () => {
    const { port } = await openChat();
    const ada = await Guest.named('ada', port);
    const eve = await Guest.named('eve', port);
    const before = process.memoryUsage().rss;

    for (let n = 0; n < 1000; n++) {
      if (!eve.socket.write('x'.repeat(100_000))) await new Promise((resolve) => eve.socket.once('drain', resolve));
    }
    eve.says('');
    eve.says('the end');
    await ada.reads('eve: the end\n');

    expect(process.memoryUsage().rss - before).toBeLessThan(60e6);
    expect(eve.text.match(/too long/g)).toHaveLength(1);
  });
});

/** Has a task come to its end? */
function isOver(events: readonly RuntimeEvent[], name: string): boolean {
  return events.some((event) => event.kind === 'task.completed' && event.task.name === name);
}

/** Does a task wait until it can write on? */
function isStuck(events: readonly RuntimeEvent[], name: string): boolean {
  const last = events.findLast((event) => event.kind === 'task.poll-ended' && event.task.name === name);
  return last?.kind === 'task.poll-ended' && last.awaits.some(({ op }) => op.startsWith('writeAll'));
}

describe('somebody who does not read', () => {
  it('holds up nobody, and is told how much was missed when reading goes on', async () => {
    const { port, events } = await openChat();
    const ada = await Guest.named('ada', port);
    const bob = await Guest.named('bob', port);
    const slow = await Guest.named('slow', port);
    await bob.reads('slow has joined');
    slow.socket.pause();

    // So much that the system holds no more for the one who does not read; then more than is kept.
    const words = 'w'.repeat(900);
    let said = 0;
    for (let more = 3; more > 0; said += 50) {
      if (isStuck(events, 'person 3')) more -= 1;
      ada.socket.write(Array.from({ length: 50 }, (_, n) => `${said + n} ${words}\n`).join(''));
      await bob.readsAtLast(`ada: ${said + 49} ${words}\n`);
    }
    slow.socket.resume();
    ada.says('the end');
    await slow.readsAtLast('ada: the end\n');
    await bob.readsAtLast('ada: the end\n');

    const missed = slow.lines.flatMap(
      (line) => /^\* You were too slow, and missed (\d+) messages\.$/.exec(line)?.[1] ?? [],
    );
    const heard = slow.lines.filter((line) => line.startsWith('ada: '));
    expect(missed.length).toBeGreaterThan(0);
    expect(missed.reduce((sum, n) => sum + Number(n), heard.length)).toBe(said + 1);
    // In order, and none of them twice.
    const numbers = heard.slice(0, -1).map((line) => Number(/^ada: (\d+) /.exec(line)?.[1]));
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(bob.lines.filter((line) => line.startsWith('ada: '))).toHaveLength(said + 1);
  });

  it('cannot keep the chat from closing', async () => {
    const chat = await openChat();
    const ada = await Guest.named('ada', chat.port);
    const slow = await Guest.named('slow', chat.port);
    await ada.reads('slow has joined');
    slow.socket.pause();
    while (!isStuck(chat.events, 'person 2')) {
      for (let n = 0; n < 200; n++) ada.says('w'.repeat(900));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }

    const before = performance.now();
    await chat.close();

    expect(performance.now() - before).toBeLessThan(10_000);
    expect(chat.log.at(-1)).toBe('Still here, and left alone: 1');
  });
});

describe('a goodbye', () => {
  it('reaches somebody who reads late, and still talks', async () => {
    const chat = await openChat();
    const ada = await Guest.named('ada', chat.port);
    const slow = await Guest.named('slow', chat.port);
    await ada.reads('slow has joined');
    slow.socket.pause();
    while (!isStuck(chat.events, 'person 2')) {
      for (let n = 0; n < 200; n++) ada.says('w'.repeat(900));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    // More than the server has read when it closes.
    slow.socket.write('Wait for me!\n'.repeat(100_000));

    const closing = chat.close();
    await new Promise((resolve) => setTimeout(resolve, 100));
    slow.socket.resume();
    await closing;

    await slow.closed();
    expect(slow.text.endsWith('* Goodbye.\n')).toBe(true);
  });

  it('ends with the other one hanging up first: so nothing that was sent is taken back', async () => {
    const chat = await openChat();
    await Guest.named('ada', chat.port);

    await chat.close();

    const ends = chat.events.flatMap((event) =>
      event.kind === 'resource.op' && event.op === 'closed' && event.resource.kind === 'socket' ? [event.by] : [],
    );
    expect(ends).toEqual(['peer', 'us']);
  });
});

describe('somebody who hears the goodbye and does not hang up', () => {
  it('is waited for a moment, and then sent away', async () => {
    const chat = await openChat();
    const socket = connect({ host: '127.0.0.1', port: chat.port, allowHalfOpen: true }).resume();
    socket.write('ada\n');
    await expect.poll(() => chat.log.at(-1)).toBe('ada has joined.');

    await chat.close();

    expect(chat.log.slice(-2)).toEqual(['Saying goodbye.', 'ada has left.']);
    socket.destroy();
  });
});

describe('a short memory', () => {
  it('makes messages that come together too many for somebody', async () => {
    const { port } = await openChat({ keep: 1 });
    const ada = await Guest.named('ada', port);
    const bob = await Guest.named('bob', port);
    await ada.reads('bob has joined');

    bob.socket.write('one\ntwo\nthree\nfour\nfive\n');
    await ada.reads('bob: five\n');

    const missed = /missed (\d+) messages/.exec(ada.text)?.[1] ?? '0';
    const heard = ada.lines.filter((line) => line.startsWith('bob: '));
    expect(Number(missed) + heard.length).toBe(5);
  });
});

describe('somebody who vanishes', () => {
  it.each([
    ['hangs up', (guest: Guest) => guest.socket.destroy()],
    ['resets the connection', (guest: Guest) => guest.socket.resetAndDestroy()],
    ['says no more', (guest: Guest) => guest.socket.end()],
    ['says half a line and no more', (guest: Guest) => guest.socket.end('half a line')],
  ])('is missed by the others: one who %s', async (_, vanish) => {
    const { port, events } = await openChat();
    const ada = await Guest.named('ada', port);
    const bob = await Guest.named('bob', port);
    await ada.reads('bob has joined');

    vanish(bob);

    await ada.reads('* bob has left.\n');
    await bob.closed();
    await expect.poll(() => isOver(events, 'person 2')).toBe(true);
  });

  it('as the last one leaves an empty room', async () => {
    const { port, events, log } = await openChat();
    const ada = await Guest.named('ada', port);

    ada.socket.end();

    await expect.poll(() => isOver(events, 'person 1')).toBe(true);
    expect(log.slice(1)).toEqual(['ada has joined.', 'ada has left.']);
  });

  it('before there is a name is missed by nobody', async () => {
    const { port, events } = await openChat();
    const ada = await Guest.named('ada', port);
    const nobody = await Guest.at(port);
    await nobody.reads('name?');

    nobody.socket.resetAndDestroy();

    await expect.poll(() => isOver(events, 'person 2')).toBe(true);
    expect(ada.lines).toEqual(['* Hello ada. People here: 1']);
  });
});

describe('what is told after a run', () => {
  it('counts who was there and what was said, heard and missed, from the events of the run', async () => {
    const chat = await openChat({ keep: 1 });
    const ada = await Guest.named('ada', chat.port);
    const bob = await Guest.named('bob', chat.port);
    await ada.reads('bob has joined');
    bob.socket.write('one\ntwo\nthree\n');
    await ada.reads('bob: three\n');
    bob.socket.end();
    await ada.reads('bob has left');
    await chat.close();

    const account = new ChatAccount();
    for (const event of chat.events) account.fold(event);

    const missed = ada.lines.flatMap((line) => /missed (\d+) messages/.exec(line)?.[1] ?? []);
    const [people, messages, thread] = account.sentences();
    expect(people).toBe('2 connections, at most 2 at the same time, each of them a task.');
    expect(messages).toMatch(/^6 messages went into the channel, and were taken out \d+ times; /);
    if (missed.length > 0) expect(messages).toMatch(/; \d+ were missed by those who were too slow\.$/);
    expect(thread).toMatch(/^The one thread slept [\d.]+ % of [\d.]+ m?s\.$/);
  });

  it('says so when nobody came', async () => {
    const chat = await openChat();
    await chat.close();

    const account = new ChatAccount();
    for (const event of chat.events) account.fold(event);

    expect(account.sentences()[0]).toMatch(/^Nobody came\. /);
  });
});
