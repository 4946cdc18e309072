import { type Async, blockingModule, InvalidOptionError, type JoinError, spawnBlocking } from 'async-lessons';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { inChild } from '../../support/in-child.ts';
import { run } from '../../support/run.ts';

const PRICES = new URL(
  'data:text/javascript,let calls = 0; export const rate = 0.5; export const gross = (net) => net * (1 + rate); export function count() { return ++calls; }',
);

interface Prices {
  readonly rate: number;
  gross(net: number): number;
  count(): Promise<number>;
}

const prices = blockingModule<Prices>(PRICES);

describe('blockingModule', () => {
  it('runs what a module exports, with all that stands around it', async () => {
    const answer = await run(function* () {
      return yield* spawnBlocking(prices.get('gross'), 100);
    });

    expect(answer).toBe(150);
  });

  it('is loaded once by a thread', async () => {
    const counts = await run(function* () {
      return [yield* spawnBlocking(prices.get('count')), yield* spawnBlocking(prices.get('count'))];
    });

    expect(counts).toEqual([1, 2]);
  });

  it('is typed by the module', () => {
    function* main(): Async<void> {
      expectTypeOf(yield* spawnBlocking(prices.get('gross'), 1)).toEqualTypeOf<number>();
      expectTypeOf(yield* spawnBlocking(prices.get('count'))).toEqualTypeOf<number>();
      // @ts-expect-error: the argument is a number.
      spawnBlocking(prices.get('gross'), 'one');
      // @ts-expect-error: it is no function.
      prices.get('rate');
      // @ts-expect-error: there is no such thing.
      prices.get('net');
    }
    expect(main).toBeTypeOf('function');
  });

  it.each(['./heavy.ts', '/tmp/heavy.ts', 'heavy', 'C:\\heavy.ts'])('refuses %s: a thread has no folder', (path) => {
    expect(() => blockingModule(path)).toThrow(InvalidOptionError);
    expect(() => blockingModule(path)).toThrow('expects a URL such as new URL("./heavy.ts", import.meta.url)');
  });

  it('names what is there when a name is wrong', async () => {
    const error = await run(function* () {
      try {
        yield* spawnBlocking(blockingModule(PRICES).get('rate'));
      } catch (error) {
        return error as JoinError;
      }
      return undefined;
    });

    expect(error?.message).toContain('exports no function rate, only count, gross');
  });

  it('loads files, and says so where Node cannot run TypeScript', () => {
    const { out } = inChild(`
      import { writeFileSync } from 'node:fs';
      const file = (name) => new URL(name, import.meta.url);
      writeFileSync(file('heavy.mjs'), 'export const twice = (n) => 2 * n;');
      writeFileSync(file('heavy.ts'), 'export const twice = (n: number): number => 2 * n;');
      function* main() {
        for (const name of ['heavy.mjs', 'heavy.ts']) {
          try {
            console.log(yield* spawnBlocking(blockingModule(file(name)).get('twice'), 4));
          } catch (error) {
            console.log(error.cause.message);
          }
        }
      }
      await new Runtime().blockOn(main());
    `);

    const typescript =
      'typescript' in process.features && process.features.typescript
        ? /^8$/
        : /^Node v.* cannot run file:.*heavy\.ts: build it/;
    expect(out.split('\n')).toEqual(['8', expect.stringMatching(typescript), '']);
  });
});
