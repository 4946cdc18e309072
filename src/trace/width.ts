/**
 * How wide text is on a terminal, where some characters take two columns and some none.
 *
 * @module
 */

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What people see as one character, and takes two columns: Chinese, Japanese, Korean, and most emoji. */
const WIDE =
  /^(?:\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}|[\u3000-\u303f\uff01-\uff60\uffe0-\uffe6])|\ufe0f/u;

/** Letters as a person sees them. */
export function letters(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** How many columns a text takes. */
export function widthOf(text: string): number {
  return letters(text).reduce((sum, letter) => sum + (WIDE.test(letter) ? 2 : 1), 0);
}

/** As much of a text as there is room for, with an ellipsis for the rest. Its end stays: it may be a number. */
export function shorten(text: string, room: number, ellipsis: string): string {
  if (widthOf(text) <= room) return text;
  const all = letters(text);
  const tail = all.slice(-Math.floor(room / 4)).join('');
  let head = '';
  for (const letter of all) {
    if (widthOf(head + letter + ellipsis + tail) > room) break;
    head += letter;
  }
  return head.trimEnd() + ellipsis + tail;
}
