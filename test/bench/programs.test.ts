import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

const execute = promisify(execFile);
const here = (path: string) => fileURLToPath(new URL(`../../bench/${path}`, import.meta.url));

interface Work {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly expect: (size: number) => number;
  /** Present where a size is no amount, but a depth. */
  readonly operations?: (size: number) => number;
}

/** Its modules are plain JavaScript: the benchmark needs no build of its own. */
const load = (path: string) => import(/* @vite-ignore */ here(path));

let works: readonly Work[];
beforeAll(async () => {
  ({ works } = (await load('works.js')) as { works: readonly Work[] });
});

async function measure(contender: string, work: string, size: number): Promise<Record<string, number>> {
  const { stdout } = await execute(process.execPath, [
    '--expose-gc',
    here('measure.js'),
    contender,
    work,
    String(size),
  ]);
  return JSON.parse(stdout) as Record<string, number>;
}

const small = ({ operations, sizes }: Work) => (operations === undefined ? 102 : (sizes[1] as number));

describe('the programs of the benchmark', () => {
  it('answer on our runtime what every contender must answer', { timeout: 120_000 }, async () => {
    for (const work of works) {
      const size = small(work);
      const { checksum, wall } = await measure('ours', work.name, size);
      expect(checksum, work.name).toBe(work.expect(size));
      expect(wall).toBeGreaterThan(0);
    }
  });

  it('answer the same in plain JavaScript', { timeout: 120_000 }, async () => {
    for (const work of works.filter(({ name }) => name !== 'channels')) {
      const size = small(work);
      expect((await measure('native', work.name, size)).checksum, work.name).toBe(work.expect(size));
    }
  });

  it('say which work a contender has no program for', async () => {
    await expect(measure('native', 'channels', 10)).rejects.toThrow('native has no program called channels');
  });

  it.each(['ours', 'net', 'http'])('serve a request on %s, and tell what the server weighs', async (name) => {
    const server = spawn(process.execPath, ['--expose-gc', here(`servers/${name}.js`)]);
    try {
      const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
      const hear = async () => JSON.parse((await lines.next()).value as string) as Record<string, number>;
      const { port } = await hear();
      const response = await fetch(`http://127.0.0.1:${port}/`);
      expect(await response.text()).toBe('Hello, world!');
      server.stdin.write('\n');
      expect((await hear()).rss).toBeGreaterThan(1e6);
    } finally {
      server.kill();
    }
  });

  it('tell how many events a traced run had, and none of one that nobody observes', async () => {
    const traced = async (mode: string) => {
      const { stdout } = await execute(process.execPath, ['--expose-gc', here('traced.js'), mode, '10']);
      return (JSON.parse(stdout) as { events: number }).events;
    };
    expect(await traced('off')).toBe(0);
    const heard = await traced('heard');
    expect(heard).toBeGreaterThan(20 * 10 * 5);
    expect(await traced('recorded')).toBe(heard);
  });
});

describe('the build without the calls of the tracer', () => {
  it('asks for no tracer, and answers the same', { timeout: 60_000 }, async () => {
    const { buildVariants } = (await load('without-tracer.js')) as { buildVariants(): Record<string, string> };
    const files = buildVariants();
    for (const variant of ['with', 'without']) {
      const { stdout } = await execute(process.execPath, ['--expose-gc', here('measure.js'), 'ours', 'mutex', '50'], {
        env: { ...process.env, BENCH_RUNTIME: files[variant] },
      });
      expect((JSON.parse(stdout) as { checksum: number }).checksum).toBe(50);
    }
    const { stdout } = await execute(process.execPath, ['--expose-gc', here('traced.js'), 'heard', '10'], {
      env: { ...process.env, BENCH_RUNTIME: files.without },
    });
    // What nobody asks for cannot say anything but that the run began.
    expect((JSON.parse(stdout) as { events: number }).events).toBeLessThan(2);
  });
});
