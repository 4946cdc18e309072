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
  /** What cloning takes from an error: its name, its code and the like. */
  readonly fields?: object;
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
    const reply = await run(order);
    port.ref();
    try {
      port.postMessage(reply);
    } catch (error) {
      port.postMessage({ call: order.call, how: { thrown: new Error(String(error)) } });
    }
  });

  async function run({ call, name, code, args }: Order): Promise<Reply> {
    try {
      const fn = 'source' in code ? compile(code.source, name) : await find(code.url, code.exported);
      const value = await fn(...args);
      const stuck = findStuck(value);
      return { call, how: stuck === undefined ? { value } : { stuck } };
    } catch (error) {
      if (!(error instanceof Error)) return { call, how: { thrown: findStuck(error) ? String(error) : error } };
      return {
        call,
        how: { thrown: error, missing: 'source' in code ? missing(error) : undefined },
        fields: rest(error),
      };
    }
  }

  /** Strict, as in a module. An arrow may call itself by the name that it was given. */
  function compile(source: string, name: string): (...args: readonly unknown[]) => unknown {
    const place = `//# sourceURL=spawnBlocking:${name.replaceAll(/[^\w$]/g, '') || 'anonymous'}`;
    // biome-ignore lint/security/noGlobalEval: source text is what there is.
    // biome-ignore lint/complexity/noCommaOperator: called like this it does not see what is around it here.
    const evaluate = (code: string) => (0, eval)(`"use strict"; ${code}\n${place}`);
    if (!(name in globalThis)) {
      try {
        return evaluate(`const ${name} = (${source}\n); ${name};`);
      } catch {
        // Not every name is one for a constant: `default`, or none at all.
      }
    }
    return evaluate(`(${source}\n);`);
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

  function missing(error: Error): string | undefined {
    return error instanceof ReferenceError ? /^(\S+) is not defined$/.exec(error.message)?.[1] : undefined;
  }

  function rest(error: Error): object {
    const { name, stack, cause } = error;
    const fields = Object.entries({ cause, ...error }).filter(([, value]) => value !== undefined && !findStuck(value));
    // Below the function stands only what called it from here.
    return { ...Object.fromEntries(fields), name, stack: stack?.replace(/\n.*spawnBlocking:thread[\s\S]*$/, '') };
  }
}
