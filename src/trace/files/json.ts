/**
 * JSON that does no harm wherever it is shown.
 *
 * @module
 */

// What a terminal obeys beyond what JSON escapes anyway, what turns the direction of text around,
// what ends a line of JavaScript, and what opens a tag.
const HARMFUL = /[<\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * A value as JSON in one line. Read back it is the same value, and as text it neither moves a
 * terminal's cursor nor ends a `<script>` that it stands in.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value).replace(HARMFUL, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
