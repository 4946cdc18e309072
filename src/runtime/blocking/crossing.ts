/**
 * What is lost on the way to another thread.
 *
 * `structuredClone` refuses functions without saying where they stand, and takes the methods and
 * private fields from an instance of a class without a word. So values are looked through first.
 *
 * @module
 */

/** Something that cannot go to another thread. */
export interface Stuck {
  /** Where in the value: `.items[3]`, or nothing for the value itself. */
  readonly path: string;
  /** What it is, in words. */
  readonly what: string;
}

/**
 * Finds the first thing in a value that would not arrive as it is.
 *
 * Other threads use it as well, and get it as source text: it must not use anything around it.
 */
export function whatCannotCross(root: unknown, transferred: readonly object[] = []): Stuck | undefined {
  const seen = new Set<unknown>(transferred);
  return look(root);

  function look(value: unknown): Stuck | undefined {
    if (typeof value === 'function') return { path: '', what: `the function ${value.name || '(anonymous)'}` };
    if (typeof value === 'symbol') return { path: '', what: 'a symbol' };
    if (typeof value !== 'object' || value === null) return undefined;
    if (isGone(ArrayBuffer.isView(value) ? value.buffer : value)) return { path: '', what: 'a buffer that has moved' };
    if (seen.has(value)) return undefined;
    seen.add(value);
    if (ArrayBuffer.isView(value) || value instanceof Error) return undefined;
    if (Array.isArray(value)) return lookInside(value.entries(), (index) => `[${index}]`);
    if (value instanceof Map) {
      return (
        lookInside([...value.keys()].map(asEntry), () => '(a key)') ??
        lookInside(value, (key) => `.get(${inBrief(key)})`)
      );
    }
    if (value instanceof Set) return lookInside([...value].map(asEntry), () => '(a member)');
    if (isPlain(value)) return lookInside(Object.entries(value), (key) => `.${key}`);
    return arrivesAsItIs(value) ? undefined : { path: '', what: nameOf(value) };
  }

  function lookInside(entries: Iterable<[unknown, unknown]>, step: (key: unknown) => string): Stuck | undefined {
    for (const [key, value] of entries) {
      const found = look(value);
      if (found !== undefined) return { ...found, path: step(key) + found.path };
    }
    return undefined;
  }

  function asEntry(value: unknown): [unknown, unknown] {
    return [undefined, value];
  }

  function inBrief(key: unknown): string {
    return typeof key === 'object' && key !== null ? '…' : String(key);
  }

  function isPlain(value: object): boolean {
    const prototype = Object.getPrototypeOf(value);
    return prototype === null || Object.getPrototypeOf(prototype) === null;
  }

  /** Was it given away by `transfer`? */
  function isGone(buffer: object): boolean {
    if (!(buffer instanceof ArrayBuffer)) return false;
    try {
      new Uint8Array(buffer);
      return false;
    } catch {
      return true;
    }
  }

  function arrivesAsItIs(value: object): boolean {
    try {
      return Object.getPrototypeOf(structuredClone(value)) === Object.getPrototypeOf(value);
    } catch {
      return false;
    }
  }

  function nameOf(value: object): string {
    if ('poll' in value && 'label' in value) return `the future ${value.label}`;
    const tag = Object.prototype.toString.call(value).slice(8, -1);
    if (tag === 'Generator') return 'a future (a generator)';
    if (tag === 'Promise') return 'a promise';
    return `an object of the class ${value.constructor?.name || tag}`;
  }
}
