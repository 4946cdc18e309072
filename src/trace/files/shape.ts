/**
 * The shape of data that comes from outside, written down as data: a value is held against it when
 * a file is read, its TypeScript type follows from it, and so does the JSON Schema in docs/.
 *
 * @module
 */

/** The names of a record's fields, and the shape of each. */
export type Fields = Readonly<Record<string, Shape>>;

/** A shape of data. */
export type Shape =
  | { readonly is: 'number' }
  /** A whole number, 0 or above. */
  | { readonly is: 'whole' }
  | { readonly is: 'text' }
  | { readonly is: 'flag' }
  /** One of a few words. */
  | { readonly is: 'word'; readonly words: readonly string[] }
  /** That, or null. */
  | { readonly is: 'maybe'; readonly of: Shape }
  | { readonly is: 'list'; readonly of: Shape }
  | { readonly is: 'record'; readonly name: string; readonly fields: Fields }
  | Cases;

/** Records of several kinds. The field `by` says which, and those in `common` all have. */
export interface Cases {
  readonly is: 'cases';
  readonly name: string;
  readonly by: string;
  readonly common: Fields;
  readonly cases: Readonly<Record<string, Fields | Cases>>;
}

export const number = { is: 'number' } as const;
export const whole = { is: 'whole' } as const;
export const text = { is: 'text' } as const;
export const flag = { is: 'flag' } as const;

export function word<const W extends readonly string[]>(...words: W) {
  return { is: 'word', words } as const;
}

export function maybe<const S extends Shape>(of: S) {
  return { is: 'maybe', of } as const;
}

export function list<const S extends Shape>(of: S) {
  return { is: 'list', of } as const;
}

export function record<const F extends Fields>(name: string, fields: F) {
  return { is: 'record', name, fields } as const;
}

export function cases<
  const B extends string,
  const M extends Fields,
  const C extends Readonly<Record<string, Fields | Cases>>,
>(name: string, by: B, common: M, cases: C) {
  return { is: 'cases', name, by, common, cases } as const;
}

/** The type of the values of a shape. */
export type Of<S> = S extends { is: 'number' | 'whole' }
  ? number
  : S extends { is: 'text' }
    ? string
    : S extends { is: 'flag' }
      ? boolean
      : S extends { is: 'word'; words: infer W extends readonly string[] }
        ? W[number]
        : S extends { is: 'maybe'; of: infer T }
          ? Of<T> | null
          : S extends { is: 'list'; of: infer T }
            ? readonly Of<T>[]
            : S extends { is: 'record'; fields: infer F }
              ? OfFields<F>
              : OfCases<S>;

type OfFields<F> = { readonly [K in keyof F]: Of<F[K]> };

type OfCases<S> = S extends { is: 'cases'; by: infer B extends string; common: infer M; cases: infer C }
  ? {
      [T in keyof C]: { readonly [K in B]: T } & OfFields<M> & (C[T] extends Cases ? OfCases<C[T]> : OfFields<C[T]>);
    }[keyof C]
  : never;

/** A value has not the shape that it should have. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
  /** Where in the value, for example `by.task.id`. */
  readonly path: string;
  /** It is a word that we do not know, in a place where new words may come: not wrong, only new. */
  readonly isNew: boolean;

  constructor(path: string, expected: string, isNew = false) {
    super(`${path === '' ? 'it' : path} must be ${expected}`);
    this.path = path;
    this.isNew = isNew;
  }
}

/**
 * A copy of a value with the fields that its shape has, and no others.
 *
 * @throws {ShapeError} if the value has another shape.
 */
export function decode(shape: Shape, value: unknown): unknown {
  return read(shape, value, '');
}

function read(shape: Shape, value: unknown, path: string): unknown {
  switch (shape.is) {
    case 'number':
      if (typeof value === 'number' && Number.isFinite(value)) return value;
      throw new ShapeError(path, 'a number');
    case 'whole':
      if (Number.isSafeInteger(value) && (value as number) >= 0) return value;
      throw new ShapeError(path, 'a whole number, 0 or above');
    case 'text':
      if (typeof value === 'string') return value;
      throw new ShapeError(path, 'a text');
    case 'flag':
      if (typeof value === 'boolean') return value;
      throw new ShapeError(path, 'true or false');
    case 'word':
      if (typeof value !== 'string') throw new ShapeError(path, `one of ${shape.words.join(', ')}`);
      if (shape.words.includes(value)) return value;
      throw new ShapeError(path, `one of ${shape.words.join(', ')}`, true);
    case 'maybe':
      return value === null ? null : read(shape.of, value, path);
    case 'list':
      if (!Array.isArray(value)) throw new ShapeError(path, 'a list');
      return value.map((item, i) => read(shape.of, item, `${path}[${i}]`));
    case 'record': {
      const copy = {};
      readFields(shape.fields, toRecord(value, path), path, copy);
      return copy;
    }
    case 'cases': {
      const copy = {};
      readCases(shape, toRecord(value, path), path, copy);
      return copy;
    }
    default:
      return shape satisfies never;
  }
}

type Loose = Record<string, unknown>;

function toRecord(value: unknown, path: string): Loose {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Loose;
  throw new ShapeError(path, 'an object');
}

function readFields(fields: Fields, value: Loose, path: string, copy: Loose): void {
  for (const key in fields) copy[key] = read(fields[key] as Shape, value[key], below(path, key));
}

function readCases({ by, common, cases }: Cases, value: Loose, path: string, copy: Loose): void {
  const tag = value[by];
  if (typeof tag !== 'string') throw new ShapeError(below(path, by), 'a text');
  if (!Object.hasOwn(cases, tag)) throw new ShapeError(below(path, by), 'one that is known', true);
  readFields(common, value, path, copy);
  copy[by] = tag;
  const own = cases[tag] as Fields | Cases;
  if (isCases(own)) readCases(own, value, path, copy);
  else readFields(own, value, path, copy);
}

/** Whether a case has cases of its own. */
export function isCases(fields: Fields | Cases): fields is Cases {
  return fields.is === 'cases';
}

function below(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
