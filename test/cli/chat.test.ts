import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { cli, type Running, start } from '../support/cli.ts';
import { Guest } from '../support/guest.ts';
import { gone, started } from '../support/processes.ts';
import { unclean } from '../support/views.ts';

/** Starts the chat lesson on a free port, and waits until its door is open. */
async function openChat(...options: readonly string[]): Promise<{ run: Running; port: number }> {
  const run = start(['chat', '--port', '0', ...options]);
  const [, port] = await run.prints(/Listening on 127\.0\.0\.1:(\d+)/);
  return { run, port: Number(port) };
}

describe('the chat lesson', () => {
  it('lets people talk until Ctrl-C says goodbye to everyone', async () => {
    const { run, port } = await openChat();
    const ada = await Guest.named('ada', port);
    const bob = await Guest.named('bob', port);
    bob.says('Good morning!');
    await ada.reads('bob: Good morning!\n');

    run.signal('SIGINT');

    const { code, out, err } = await run.ended;
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/person 2 +bob has joined\.\n/);
    expect(out).toMatch(/ Saying goodbye\.\n[\s\S]*\n\n[^\n]+main and 2 tasks on one thread[^\n]+\n(?:\n▲|$)/);
    for (const guest of [ada, bob]) {
      await guest.closed();
      expect(guest.lines.at(-1)).toBe('* Goodbye.');
    }
  });

  it('says with -q only who comes and goes', async () => {
    const { run, port } = await openChat('-q');
    const ada = await Guest.named('ada', port);
    ada.says('Is anybody here?');
    const bob = await Guest.named('bob', port);
    bob.socket.end();
    await ada.reads('bob has left');

    run.signal('SIGINT');

    const { code, out } = await run.ended;
    expect(code).toBe(0);
    expect(out.split('\n').slice(1)).toEqual([
      'ada has joined.',
      'bob has joined.',
      'bob has left.',
      'Saying goodbye.',
      'ada has left.',
      '',
    ]);
  });

  it.each([[], ['--trace'], ['-q']])(
    'lets nothing but clean text through to its own terminal, with %j',
    async (...options) => {
      const { run, port } = await openChat(...options);
      const ada = await Guest.named('ada', port);
      const eve = await Guest.at(port);
      eve.says('\u001b[2J\u202eevil\u009b31m');
      await eve.reads('a name that nobody has');
      eve.says('eve');
      eve.says('\u001b]0;title\u0007 \u001b[31mred\u001b[0m');
      await ada.reads('eve: ');

      run.signal('SIGINT');

      expect(unclean((await run.ended).out)).toEqual([]);
    },
  );

  it('leaves at once when Ctrl-C comes twice', async () => {
    const { run, port } = await openChat();
    const ada = await Guest.named('ada', port);
    ada.socket.pause();

    run.signal('SIGINT');
    await run.prints(/Saying goodbye/);
    run.signal('SIGINT');

    expect([0, 130]).toContain((await run.ended).code);
  });

  it('is stopped by SIGTERM, whoever is there', async () => {
    const { run, port } = await openChat();
    await Guest.named('ada', port);

    run.signal('SIGTERM');

    const { code, out, err } = await run.ended;
    expect([code, err]).toEqual([143, '']);
    expect(out).toMatch(/\nStopped\. [^\n]+main and 1 task on one thread[^\n]+\n(?:\n▲|$)/);
  });

  it('tells in a sentence what to do about a port that is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };

    const runs = await Promise.all([
      cli(['chat', '--port', String(port), '-q']),
      cli(['chat', '--port', String(port), '-q', '--bots', '3']),
    ]);

    other.close();
    for (const { code, out, err } of runs) {
      expect([code, out]).toEqual([1, '']);
      expect(err).toBe(
        `The lesson failed: listening on 127.0.0.1:${port} failed: the port is in use (EADDRINUSE). ` +
          'Choose another port with --port, or any free one with --port 0.\n',
      );
    }
  });
});

describe('bots', () => {
  it('come, talk, listen, hear the goodbye, and are counted', async () => {
    const { code, out, err } = await cli(['chat', '--port', '0', '--bots', '30', '--lines', '2']);

    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/\n30 bots said 60 lines, and read \d+(,\d+)? of others\. /);
    expect(out).toContain(' 30 heard the goodbye.\n');
    expect(out).toMatch(/\nThis process needed \d+\.\d s of processor time/);
    expect(out).toMatch(/ · main and 30 tasks on one thread · /);
    expect(out).not.toMatch(/bot\d+ has/);
  });

  it('read all that was said, or are told how much they have missed', async () => {
    const { out } = await cli(['chat', '--port', '0', '--bots', '20', '--lines', '3', '--keep', '2', '--stats']);

    const [, heard = '', missed = '0'] =
      /read ([\d,]+) of others\. (?:\d+ were too slow at times, and missed ([\d,]+) )?/.exec(out) ?? [];
    const sum = [heard, missed].reduce((all, n) => all + Number(n.replaceAll(',', '')), 0);
    // Every line has nineteen others to reach, and so has every arrival, if they are there already.
    expect(sum).toBeGreaterThan(300);
    expect(sum).toBeLessThanOrEqual(20 * 60 + 20 * 20);
  });

  it('in their hundreds are observed by nobody, unless somebody asks', async () => {
    const [plain, quiet, asked] = await Promise.all(
      [[], ['-q'], ['--stats']].map((options) => cli(['chat', '--port', '0', '--bots', '120', ...options])),
    );

    expect(plain?.code).toBe(0);
    expect(plain?.out).toMatch(
      /^Listening on \S+\nSaying goodbye\.\n\n120 bots said 120 lines, [^\n]+\n[^\n]+\nWith so many bots nobody observed the run\./,
    );
    expect(quiet?.out).toMatch(/^Listening on \S+\nSaying goodbye\.\n$/);
    expect(asked?.out).toMatch(/main and 120 tasks on one thread/);
    expect(asked?.out).not.toContain('nobody observed');
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('do not survive a %s', async (signal) => {
    const bots = 4900 + signal.length;
    const { run } = await openChat('--bots', String(bots));
    await started(`"bots":${bots}`);

    run.signal(signal);

    const { code } = await run.ended;
    expect(code).toBe({ SIGINT: 130, SIGTERM: 143, SIGKILL: 'SIGKILL' }[signal]);
    await gone(`"bots":${bots}`);
  });
});
