/**
 * Loads a program of a person's own, and says in one sentence what is wrong with it.
 *
 * @module
 */
import { statSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { extname, resolve as pathOf } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Async, Runtime } from '../runtime/index.ts';
import { resolve } from './program-hooks.ts';
import { aboutSyntax } from './syntax-error.ts';
import { placeThrown, wordsOf } from './thrown.ts';

/** A program cannot be run. The message is one sentence for the person who wrote it. */
export class ProgramError extends Error {}

/** What a module can have to offer. */
interface Module {
  readonly main?: unknown;
  readonly default?: unknown;
}

const HOW_TO_EXPORT = '`export function* main() { … }`';

/**
 * Loads a file and makes its main future. Nothing of main runs before that is polled.
 *
 * @param path as it was typed.
 * @param args what the program finds behind its name in `process.argv`.
 * @throws {ProgramError}
 */
export async function loadProgram(path: string, args: readonly string[]): Promise<Async<void>> {
  const file = pathOf(path);
  checkFile(path, file);
  process.argv = [process.execPath, file, ...args];
  hook();
  return futureOf(mainOf(await loaded(path, file), path), path);
}

const SCRIPTS: readonly string[] = ['.js', '.mjs'];
const TYPED: readonly string[] = ['.ts', '.mts'];

function checkFile(path: string, file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new ProgramError(`there is no file ${path}.`);
  if (found.isDirectory()) throw new ProgramError(`${path} is a folder: give the file of the program.`);
  const ending = extname(path).toLowerCase();
  if (![...SCRIPTS, ...TYPED].includes(ending)) {
    throw new ProgramError(
      `${path} is no program that can be run here: give a file that ends in .js, .mjs, .ts or .mts.`,
    );
  }
  const { typescript } = process.features as { typescript?: string | false };
  if (TYPED.includes(ending) && !typescript) {
    throw new ProgramError(
      `${path} is TypeScript, which Node runs from 22.18, 23.6 or 24 on, and this is ${process.version}: use a later Node, or compile it to JavaScript first.`,
    );
  }
}

/** Node asks us from now on what an import means. */
function hook(): void {
  const { register, registerHooks } = nodeModule as typeof nodeModule & { registerHooks?: (hooks: object) => void };
  const hooks = new URL('./program-hooks.js', import.meta.url);
  if (registerHooks === undefined) register(hooks);
  else registerHooks({ resolve });
}

/**
 * Imports a file. While it is loaded it must not run itself: nobody would see it, and it would run
 * twice. And it must come to an end.
 */
async function loaded(path: string, file: string): Promise<Module> {
  let refuse: (why: string) => void = () => {};
  const refused = new Promise<never>((_, reject) => {
    refuse = (why) => reject(new ProgramError(why));
  });
  const { blockOn } = Runtime.prototype;
  Runtime.prototype.blockOn = () => {
    refuse(
      `${path} calls blockOn() while it is loaded, and \`run\` does that itself: take the call out, and export main, ${HOW_TO_EXPORT}.`,
    );
    return new Promise(() => {});
  };
  const idle = () =>
    refuse(`${path} cannot be loaded: it awaits something that never comes, outside of all functions.`);
  process.once('beforeExit', idle);
  try {
    return (await Promise.race([refused, import(pathToFileURL(file).href)])) as Module;
  } catch (error) {
    if (error instanceof ProgramError) throw error;
    throw new ProgramError(aboutSyntax(error, path, file) ?? whyNotLoaded(error, path), { cause: error });
  } finally {
    process.off('beforeExit', idle);
    Runtime.prototype.blockOn = blockOn;
  }
}

/** The code of an error of Node's own. */
function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function whyNotLoaded(error: unknown, path: string): string {
  const [message] = wordsOf(error).split('\n');
  const code = codeOf(error);
  if (code === 'MODULE_NOT_FOUND' || code === 'ERR_REQUIRE_ESM') {
    return `${path} cannot be loaded: ${message}. Write \`import … from\` instead of \`require(…)\`; what a compiler makes of it must be a module, too.`;
  }
  if (code === 'ERR_MODULE_NOT_FOUND') return `${path} cannot be loaded: ${message}.`;
  return `${path} threw while it was loaded${placeThrown(error)}: ${message}`;
}

function mainOf(module: Module, name: string): () => unknown {
  const main = module.main ?? module.default;
  if (typeof main === 'function') return main as () => unknown;
  if (main === undefined) throw new ProgramError(`${name} exports no main: write ${HOW_TO_EXPORT}.`);
  throw new ProgramError(`what ${name} exports as main is no function: write ${HOW_TO_EXPORT}.`);
}

function futureOf(main: () => unknown, name: string): Async<void> {
  let future: unknown;
  try {
    future = main();
  } catch (error) {
    throw new ProgramError(
      `main of ${name} threw${placeThrown(error)} before there was a future to run: ${wordsOf(error)}`,
      {
        cause: error,
      },
    );
  }
  if (future instanceof Promise) {
    // What becomes of it does not matter any more.
    future.catch(() => {});
    throw new ProgramError(
      `main of ${name} is an async function of JavaScript, which nobody can look into: write ${HOW_TO_EXPORT}, and \`yield*\` for \`await\`.`,
    );
  }
  if (typeof (future as { next?: unknown } | undefined)?.next === 'function') return future as Async<void>;
  throw new ProgramError(`main of ${name} is no async function: write ${HOW_TO_EXPORT}.`);
}
