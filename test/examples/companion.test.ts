import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Companion } from '../../src/examples/companion.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'companion-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A script whose process does what `code` says. */
function script(name: string, code: string): URL {
  const file = join(folder, `${name}.mjs`);
  const side = new URL('../../dist/examples/companion-side.js', import.meta.url);
  writeFileSync(file, `import { order, report } from ${JSON.stringify(String(side))};\n${code}\n`);
  return pathToFileURL(file);
}

describe('a companion', () => {
  it('is told what to do, reports, and ends', async () => {
    const heard: unknown[] = [];

    const companion = new Companion(
      script('sum', 'report({ sum: order().numbers.reduce((a, b) => a + b) }); process.disconnect();'),
      { numbers: [1, 2, 3] },
      (report) => heard.push(report),
    );

    await companion.ended;
    expect(heard).toEqual([{ sum: 6 }]);
  });

  it('hears what it is sent', async () => {
    const answer = await new Promise((resolve) => {
      const companion: Companion = new Companion(
        script('echo', "process.on('message', report); report({ ready: true });"),
        null,
        (report: { ready?: boolean }) => {
          if (report.ready) companion.tell({ word: 'tea' });
          else resolve(report);
          if (!report.ready) companion.end();
        },
      );
    });

    expect(answer).toEqual({ word: 'tea' });
  });

  it.each([
    ['throws', "throw new Error('no tea left');", /ended with 1: Error: no tea left/],
    ['exits with a code', 'process.exit(7);', /ended with 7: it did not say why/],
    ['is killed', "process.kill(process.pid, 'SIGKILL');", /ended with SIGKILL: it did not say why/],
  ])('that %s is told of', async (name, code, message) => {
    const companion = new Companion(script(name.replaceAll(' ', '-'), code), null, () => {});

    await expect(companion.ended).rejects.toThrow(message);
  });

  it('that is ended, whatever it does, has done nothing wrong', async () => {
    const companion: Companion = new Companion(script('busy', 'report({}); for (;;);'), null, () => companion.end());

    await expect(companion.ended).resolves.toBeUndefined();
  });

  it('leaves Ctrl-C to the lesson', async () => {
    const heard: object[] = [];
    const companion = new Companion(
      script(
        'calm',
        "process.kill(process.pid, 'SIGINT'); setTimeout(() => { report({ alive: true }); process.disconnect(); }, 50);",
      ),
      null,
      (report) => heard.push(report),
    );

    await companion.ended;
    expect(heard).toEqual([{ alive: true }]);
  });
});
