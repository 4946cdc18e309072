/**
 * Programs that are text in the source, as modules that run: `import(programText(text))`.
 *
 * The text is part of the module's name, so that no file is written.
 */
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(import.meta.url).replace(/\?.*$/, '');

/** The name of the module that a program is. */
export function programText(text: string): string {
  return `${HERE}?program=${Buffer.from(text).toString('base64url')}`;
}

/** Makes Vite load them. */
export function programTexts() {
  return {
    name: 'program-texts',
    enforce: 'pre' as const,
    load(id: string) {
      const [, text] = /\?program=([\w-]+)$/.exec(id) ?? [];
      return text === undefined ? undefined : Buffer.from(text, 'base64url').toString();
    },
  };
}
