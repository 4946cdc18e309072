import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

const schema = JSON.parse(readFileSync(new URL('../../docs/trace-event.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

/** Lines of a saved run that are not as docs/trace-event.schema.json wants them. */
export function invalidLines(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .filter((line) => !validate(JSON.parse(line)));
}
