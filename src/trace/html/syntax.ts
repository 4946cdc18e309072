/**
 * Colours for TypeScript: comments, texts, words of the language. It need not be right everywhere, for
 * it only colours; the text itself stays as it is.
 *
 * @module
 */
import { h } from './dom.ts';

const WORDS =
  'as async await break case catch class const continue default delete do else enum export extends false finally for from function if implements import in instanceof interface let new null of private readonly return static super switch this throw true try type typeof undefined using var void while yield';

const TOKEN = new RegExp(
  [
    String.raw`(?<comment>\/\/.*|\/\*.*?(?:\*\/|$))`,
    String.raw`(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|${'`'}(?:[^${'`'}\\]|\\.)*${'`'}?)`,
    String.raw`(?<word>\b(?:${WORDS.replaceAll(' ', '|')})\b\*?)`,
    String.raw`(?<number>\b\d[\d_.]*\b)`,
  ].join('|'),
  'g',
);

/** Colours lines of code, each in an element of its own. */
export function inColour(lines: readonly HTMLElement[]): void {
  let inComment = false;
  for (const element of lines) {
    const text = element.textContent ?? '';
    const parts: (Node | string)[] = [];
    let done = 0;
    if (inComment) {
      const end = text.indexOf('*/');
      done = end < 0 ? text.length : end + 2;
      inComment = end < 0;
      parts.push(h('span', { class: 'tok-comment' }, text.slice(0, done)));
    }
    TOKEN.lastIndex = done;
    for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
      const [found] = match;
      const kind = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)?.[0] ?? '';
      parts.push(text.slice(done, match.index), h('span', { class: `tok-${kind}` }, found));
      done = match.index + found.length;
      if (kind === 'comment' && found.startsWith('/*') && !found.endsWith('*/')) inComment = true;
    }
    element.replaceChildren(...parts, text.slice(done));
  }
}
