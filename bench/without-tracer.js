/**
 * The runtime with and without the calls of its tracer, made from the same build by a transform.
 *
 * In `build/without.js` every question for the tracer (`tracer?.woken(…)`, `tracing() === undefined`)
 * is answered by `undefined` before the program is compiled, and what then can never run is taken
 * out. `build/with.js` went through the same compressor and asks. Both are one file, and nobody
 * maintains either.
 *
 *     node bench/without-tracer.js
 *
 * @module
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { minifySync } from 'rolldown/experimental';
import { parseAst } from 'rolldown/parseAst';
import { here } from './contenders.js';

const NOBODY = '(void 0)';

/** Makes both files. Answers their addresses. */
export function buildVariants() {
  const source = readFileSync(here('../dist/runtime/index.js'), 'utf8');
  mkdirSync(here('build'), { recursive: true });
  const address = (name, code) => {
    const file = here(`build/${name}.js`);
    writeFileSync(file, minifySync(file, code, { compress: true, mangle: false, codegen: false, module: true }).code);
    return `file://${file}`;
  };
  return { with: address('with', source), without: address('without', withoutTracer(source)) };
}

/** The source with nobody in place of the tracer wherever it is asked for. */
export function withoutTracer(source) {
  const cuts = [];
  visit(parseAst(source), undefined, undefined, (node, parent, key) => {
    if (!asksTracer(node, parent, key)) return false;
    cuts.push(node);
    return true;
  });
  if (cuts.length < 50) throw new Error(`only ${cuts.length} calls of the tracer were found: has it another name?`);
  let result = '';
  let at = 0;
  for (const { type, start, end } of cuts.sort((a, b) => a.start - b.start)) {
    // `const { tracer } = …` names what nobody uses any more.
    result += source.slice(at, start) + (type === 'Property' ? '' : NOBODY);
    at = end;
  }
  return result + source.slice(at);
}

function asksTracer(node, parent, key) {
  switch (node.type) {
    case 'ChainExpression':
      return isTracer(baseOf(node.expression));
    case 'MemberExpression':
      return isTracer(node) && !(parent.type === 'AssignmentExpression' && key === 'left');
    case 'Property':
      return parent.type === 'ObjectPattern' && isTracer(node.key);
    case 'CallExpression':
      return (
        isTracer(node) || (node.callee.type === 'Identifier' && /^(tracedTask|currentTracer)$/.test(node.callee.name))
      );
    default:
      return false;
  }
}

/** `a?.tracer`, `this.tracer`, `tracer`, `tracing()`, `tracerOf(executor)`. */
function isTracer(node) {
  if (node.type === 'Identifier') return node.name === 'tracer';
  if (node.type === 'MemberExpression') return node.property.type === 'Identifier' && node.property.name === 'tracer';
  return (
    node.type === 'CallExpression' && node.callee.type === 'Identifier' && /^tracing$|^tracerOf$/.test(node.callee.name)
  );
}

/** What a chain of calls and members hangs on, as far as it is the tracer. */
function baseOf(node) {
  let at = node;
  while (!isTracer(at)) {
    if (at.type === 'CallExpression') at = at.callee;
    else if (at.type === 'MemberExpression') at = at.object;
    else break;
  }
  return at;
}

function visit(node, parent, key, see) {
  if (Array.isArray(node)) {
    for (const one of node) visit(one, parent, key, see);
    return;
  }
  if (typeof node?.type !== 'string' || see(node, parent, key)) return;
  for (const [name, child] of Object.entries(node)) {
    if (typeof child === 'object' && child !== null) visit(child, node, name, see);
  }
}

if (process.argv[1] === here('without-tracer.js')) console.log(buildVariants());
