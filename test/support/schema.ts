/**
 * The JSON Schema of a line of a saved run, made from the shapes that the reader goes by.
 */
import { EVENT, HEADER } from '../../src/trace/files/event-shape.ts';
import { type Cases, type Fields, isCases, type Shape } from '../../src/trace/files/shape.ts';

type Schema = Readonly<Record<string, unknown>>;

/** The fields of one kind of record, or of one operation. */
export interface Described {
  /** What says which it is: `['kind', 'resource.op'], ['op', 'sent']`. */
  readonly tags: readonly (readonly [field: string, value: string])[];
  readonly fields: Fields;
}

/** All kinds of records, those within others unfolded. */
export function kindsOf({ by, common, cases }: Cases): Described[] {
  return Object.entries(cases).flatMap(([value, own]) => {
    const kinds = isCases(own) ? kindsOf(own) : [{ tags: [], fields: own }];
    return kinds.map(({ tags, fields }) => ({
      tags: [[by, value] as const, ...tags],
      fields: { ...common, ...fields },
    }));
  });
}

/** The schema of a line. */
export function traceSchema(): Schema {
  const defs: Record<string, Schema> = {};
  const header = schemaOf(HEADER, defs);
  const event = schemaOf(EVENT, defs);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A line of an async-lessons trace, version 1',
    description: 'The first line of a file is a header, every other one an event. What they mean: trace-format.md',
    oneOf: [header, event],
    $defs: defs,
  };
}

/** A record is defined once, and referred to by its name. */
function schemaOf(shape: Shape, defs: Record<string, Schema>): Schema {
  switch (shape.is) {
    case 'number':
      return { type: 'number' };
    case 'whole':
      return { type: 'integer', minimum: 0 };
    case 'text':
      return { type: 'string' };
    case 'flag':
      return { type: 'boolean' };
    case 'word':
      return shape.words.length === 1 ? { const: shape.words[0] } : { enum: shape.words };
    case 'maybe': {
      const of = schemaOf(shape.of, defs);
      return 'type' in of ? { ...of, type: [of.type, 'null'] } : { anyOf: [of, { type: 'null' }] };
    }
    case 'list':
      return { type: 'array', items: schemaOf(shape.of, defs) };
    case 'record':
      defs[shape.name] ??= object([], shape.fields, defs);
      return { $ref: `#/$defs/${shape.name}` };
    case 'cases':
      defs[shape.name] ??= { oneOf: kindsOf(shape).map(({ tags, fields }) => object(tags, fields, defs)) };
      return { $ref: `#/$defs/${shape.name}` };
    default:
      return shape satisfies never;
  }
}

function object(tags: Described['tags'], fields: Fields, defs: Record<string, Schema>): Schema {
  const properties = {
    ...Object.fromEntries(tags.map(([field, value]) => [field, { const: value }])),
    ...Object.fromEntries(Object.entries(fields).map(([field, shape]) => [field, schemaOf(shape, defs)])),
  };
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

/** JSON as a person would lay it out: what fits into a line stands in one. */
export function pretty(value: unknown, indent = ''): string {
  const line = JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
  if (indent.length + line.length <= 110 || typeof value !== 'object' || value === null) return line;
  const deeper = `${indent}  `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const items = Array.isArray(value)
    ? value.map((item) => pretty(item, deeper))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${pretty(item, deeper)}`);
  return `${open}\n${items.map((item) => deeper + item).join(',\n')}\n${indent}${close}`;
}
