/**
 * The other side: what runs in a thread, and calls what it is given.
 *
 * It goes there as source text, as every function for `spawnBlocking` does, and obeys the same
 * rule: nothing in it uses anything around it. It is host code on a thread of its own, where no
 * executor runs; so it may await.
 *
 * @module
 */
import type { MessagePort } from 'node:worker_threads';
import type { whatCannotCross } from '../blocking/crossing.ts';
import type { Ended, Work } from './host.ts';

/** What a thread answers to a call. */
export interface Reply {
  readonly call: number;
  readonly how: Ended;
}

/** What it is sent. */
type Order = Pick<Work, 'name' | 'code' | 'args'> & { readonly call: number };

/** Answers calls, one at a time. */
export function serve(
  port: MessagePort,
  load: (url: string) => Promise<Record<string, unknown>>,
  findStuck: typeof whatCannotCross,
): void {
  // esbuild and tsx wrap the functions inside a function in this, to keep their names.
  Object.assign(globalThis, { __name: (fn: unknown) => fn });

  port.on('message', async (order: Order) => {
    // A promise that can never settle lets the thread end, which is noticed. A thread that waits for work does not.
    port.unref();
    const how = await run(order);
    port.ref();
    try {
      port.postMessage({ call: order.call, how });
    } catch (error) {
      port.postMessage({ call: order.call, how: { thrown: new Error(String(error)) } });
    }
  });

  async function run({ name, code, args }: Order): Promise<unknown> {
    try {
      const fn = 'source' in code ? compile(code.source, name) : await find(code.url, code.exported);
      const value = await fn(...args);
      const stuck = findStuck(value);
      return stuck === undefined ? { value } : { stuck };
    } catch (error) {
      return { ...pack(error), missing: 'source' in code ? missing(error) : undefined };
    }
  }

  /** Strict, as in a module. An arrow may call itself by the name that it was given. */
  function compile(source: string, name: string): (...args: readonly unknown[]) => unknown {
    const itself = /^[A-Za-z_$][\w$]*$/.test(name) && !(name in globalThis) ? `const ${name} = fn;` : 'fn;';
    const place = name.replaceAll(/[^\w$]/g, '') || 'anonymous';
    // biome-ignore lint/security/noGlobalEval: running source text is the point.
    const indirect = eval;
    try {
      return indirect(`"use strict"; const fn = (${source}\n); ${itself} fn;\n//# sourceURL=spawnBlocking:${place}`);
    } catch {
      return indirect(`"use strict"; (${source}\n)\n//# sourceURL=spawnBlocking:${place}`);
    }
  }

  async function find(url: string, exported: string): Promise<(...args: readonly unknown[]) => unknown> {
    const module = await load(url).catch((error: { readonly code?: string }) => {
      if (error?.code !== 'ERR_UNKNOWN_FILE_EXTENSION' || !/\.[cm]?ts$/.test(url)) throw error;
      throw new Error(
        `Node ${process.version} cannot run ${url}: build it and name the .js file, start Node with a loader for TypeScript such as \`--import tsx\`, or use Node 22.18 or newer`,
      );
    });
    const fn = module[exported];
    if (typeof fn === 'function') return fn as (...args: readonly unknown[]) => unknown;
    const names = Object.keys(module).filter((key) => typeof module[key] === 'function');
    throw new TypeError(`${url} exports no function ${exported}, only ${names.join(', ') || 'none at all'}`);
  }

  function missing(error: unknown): string | undefined {
    return error instanceof ReferenceError ? /^(\S+) is not defined$/.exec(error.message)?.[1] : undefined;
  }

  /** Cloning takes the name, the code and other fields from an error. They go beside it. */
  function pack(error: unknown): { thrown: unknown; fields?: object } {
    if (!(error instanceof Error)) return { thrown: findStuck(error) === undefined ? error : String(error) };
    const own = Object.entries(error).filter(([, value]) => findStuck(value) === undefined);
    // Below the function stands only what called it from here.
    const stack = error.stack?.replace(/\n.*spawnBlocking:thread[^]*$/, '');
    return { thrown: error, fields: { name: error.name, stack, ...Object.fromEntries(own) } };
  }
}
