/**
 * Writes XML, and lets nothing through that would be more than text.
 *
 * @module
 */
import { safeLine } from '../text.ts';

/** An element, numbers with one decimal. `content` is markup already; what an attribute says is not. */
export function element(name: string, attributes: Readonly<Record<string, string | number>>, content = ''): string {
  const text = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${typeof value === 'number' ? rounded(value) : escaped(value)}"`,
  );
  return content === '' ? `<${name}${text.join('')}/>` : `<${name}${text.join('')}>${content}</${name}>`;
}

function rounded(n: number): string {
  return String(Math.round(n * 10) / 10);
}

const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text that came from a program, as text: no markup, and nothing that XML cannot hold. */
export function escaped(text: string): string {
  return safeLine(text)
    .replace(/[\p{Surrogate}\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"']/g, (char) => NAMES[char] ?? '');
}
