/**
 * The mutants of a source: what could be wrong in it, one small change each.
 *
 * Besides what every mutation tester does (conditions, operators, literals), these are the slips
 * that a runtime makes: a statement forgotten, a wake given twice, the wrong end of a line.
 *
 * @module
 */
import { parseAst } from 'vitest/node';

/**
 * @typedef {object} Mutant
 * @property {string} file from the root of the repository
 * @property {number} line
 * @property {string} place `Class.method`, or the function
 * @property {string} from the source that is replaced, on one line
 * @property {string} to what stands there instead
 * @property {number} start
 * @property {number} end
 * @property {string} code the replacement as it is run
 * @property {'expression' | 'statement'} kind
 */

/** The other one of a pair that is easily mixed up. */
const PAIRS = [
  ['first', 'last'],
  ['ahead', 'behind'],
  ['next', 'previous'],
  ['head', 'tail'],
  ['shift', 'pop'],
  ['push', 'unshift'],
  ['min', 'max'],
  ['floor', 'ceil'],
  ['some', 'every'],
];
const OTHER = new Map(
  PAIRS.flatMap(([a, b]) => [
    [a, b],
    [b, a],
  ]),
);

/** Calls that change nothing but the order or the number of what they are asked of. */
const REMOVABLE = new Set(['filter', 'slice', 'reverse', 'toReversed', 'sort', 'toSorted', 'trim']);

/** Calls of which a second one must be noticed. */
const ONCE = /^(wake|granted|release|spend|add|push|join|defer|schedule|resume|emit|op)$/;

const SWAPPED = {
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '&': '|',
  '|': '&',
  '^': '&',
  '<<': '>>',
  '>>': '<<',
  '>>>': '<<',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '+=': '-=',
  '-=': '+=',
  '*=': '/=',
  '/=': '*=',
  '^=': '&=',
  '??=': '=',
  '||=': '=',
  '&&=': '=',
}; // prettier-ignore

const TYPES = new Set([
  'typeAnnotation',
  'typeParameters',
  'returnType',
  'typeArguments',
  'superTypeArguments',
  'implements',
  'decorators',
]);
const THROUGH = new Set([
  'TSAsExpression',
  'TSNonNullExpression',
  'TSSatisfiesExpression',
  'TSInstantiationExpression',
]);

/** @returns {Mutant[]} in the order of the source */
export function mutantsOf(file, source) {
  const mutants = [];
  const program = parseAst(source, { lang: 'ts' });
  const lineStarts = [0];
  for (let i = source.indexOf('\n'); i >= 0; i = source.indexOf('\n', i + 1)) lineStarts.push(i + 1);
  const names = [];
  /** What is replaced in place of a node, where the node alone cannot be. */
  const lifted = new Map();

  const text = (node) => source.slice(node.start, node.end);
  /** Whatever stands there by that name: `pop` of what has no `pop` would prove nothing. */
  const known = (name) => new RegExp(`[.#]${name}\\b|get ${name}\\b`).test(source);
  const add = (node, code, to = code, kind = 'expression', from = text(node)) => {
    // Inside `a?.b.c` and before `()` nothing can be put in brackets: the whole is replaced.
    const { start, end } = lifted.get(node) ?? node;
    const whole = source.slice(start, node.start) + code + source.slice(node.end, end);
    let line = lineStarts.findIndex((start) => start > node.start);
    if (line < 0) line = lineStarts.length;
    mutants.push({
      file,
      line,
      place: names.join('.') || '(module)',
      from: onOneLine(from),
      to: onOneLine(to),
      start,
      end,
      code: flat(whole),
      kind,
    }); // prettier-ignore
  };

  const visitors = {
    ExpressionStatement(node) {
      if (node.directive !== undefined && node.directive !== null) return;
      const { expression } = node;
      if (expression.type === 'CallExpression' && expression.callee.type === 'Super') return;
      add(node, '', '(nothing)', 'statement');
      const call = unchained(expression);
      // `drop(value)` disposes what a program made; the `drop()` of a future does nothing the second time.
      const dropsValue = call.callee?.name === 'drop';
      if (call.type === 'CallExpression' && (dropsValue || ONCE.test(nameOf(call.callee)))) {
        add(node, `${text(node)} ${text(node)}`, `${text(node)} ${text(node)}`, 'statement');
      }
    },
    ReturnStatement(node, parent, _key, owner) {
      const last = owner.function && parent === owner.function.body && parent.body.at(-1) === node;
      const nothing =
        node.argument === null || (node.argument.type === 'Identifier' && node.argument.name === 'undefined');
      // Whoever asks yes or no takes nothing for a no.
      const no = nothing || node.argument.value === false;
      if (!(last && no)) add(node, '', '(nothing)', 'statement');
    },
    ThrowStatement: forgotten,
    BreakStatement(node, parent) {
      // At the end of the last case there is nothing to fall into.
      if (parent.type !== 'SwitchCase' || !parent.isLast) forgotten(node);
    },
    ContinueStatement: forgotten,
    IfStatement: (node) => condition(node.test),
    ConditionalExpression: (node) => condition(node.test),
    WhileStatement: (node) => add(node.test, 'false'),
    DoWhileStatement: (node) => add(node.test, 'false'),
    ForStatement: (node) => node.test && add(node.test, 'false'),
    ForOfStatement: (node) => add(node.right, '[]'),
    LogicalExpression(node) {
      const no = node.operator === '??' && node.right.value === false; // nothing is a no
      if (!no) add(node, `(${text(node.left)})`, text(node.left));
      add(node, `(${text(node.right)})`, text(node.right));
    },
    BinaryExpression(node, parent) {
      const other = SWAPPED[node.operator];
      if (other === undefined) return;
      if (isEquality(node.operator) && parent.test === node) return; // true and false say as much
      if (node.operator === '+' && (isText(node.left) || isText(node.right))) return;
      add(node, swapOperator(node, node.left, node.right, other));
      if (/^[<>]=?$/.test(node.operator) && parent.test !== node) {
        const turned = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' }[node.operator];
        add(node, swapOperator(node, node.left, node.right, turned));
      }
    },
    AssignmentExpression(node) {
      const other = SWAPPED[node.operator];
      if (other !== undefined) add(node, swapOperator(node, node.left, node.right, other));
    },
    UpdateExpression(node) {
      const other = node.operator === '++' ? '--' : '++';
      add(node, node.prefix ? `${other}${text(node.argument)}` : `${text(node.argument)}${other}`);
    },
    UnaryExpression(node, parent) {
      if (node.operator === '!' && parent.test !== node) add(node, `(${text(node.argument)})`, text(node.argument));
      if (node.operator === '-') add(node, `(${text(node.argument)})`, text(node.argument));
    },
    Literal(node, parent, key) {
      if (key === 'source' || (key === 'key' && !parent.computed)) return;
      if (typeof node.value === 'boolean') add(node, String(!node.value));
      if (typeof node.value === 'number') add(node, String(node.value + 1));
      if (typeof node.value === 'string') add(node, node.value === '' ? "'mutant'" : "''");
    },
    TemplateLiteral(node, parent) {
      if (parent.type !== 'TaggedTemplateExpression') add(node, "''");
    },
    MemberExpression(node, parent, key) {
      if (node.computed || key === 'left' || parent.type === 'UpdateExpression') return;
      const name = node.property.name;
      if (node.optional)
        add(
          node,
          source.slice(node.start, node.object.end) + source.slice(node.object.end, node.end).replace('?.', '.'),
        );
      const other = OTHER.get(name);
      const there =
        other !== undefined && (node.object.name === 'Math' || name === 'some' || name === 'every' || known(other));
      if (there && !(parent.type === 'AssignmentExpression' && parent.left === node)) {
        add(node, source.slice(node.start, node.property.start) + text(node.property).replace(name, other));
      }
    },
    CallExpression(node) {
      const { callee } = node;
      if (callee.type === 'MemberExpression' && !callee.optional && REMOVABLE.has(callee.property.name)) {
        add(node, `(${text(callee.object)})`, text(callee.object));
      }
    },
    ArrayExpression(node) {
      if (node.elements.length > 0) add(node, '[]');
    },
    ObjectExpression(node) {
      if (node.properties.length > 0) add(node, '({})', '{}');
    },
    ArrowFunctionExpression(node) {
      const { body } = node;
      if (body.type !== 'BlockStatement' && !['Literal', 'ObjectExpression', 'ArrayExpression'].includes(body.type)) {
        if (!(body.type === 'UnaryExpression' && body.operator === 'void')) add(body, 'undefined');
      }
    },
    BlockStatement(node, parent, key, owner) {
      const whole =
        key === 'body' && /Function/.test(parent.type) && node.body.length > 1 && owner.kind !== 'constructor';
      if (whole) add(node, '{}', '{}', 'statement');
      if (key === 'finalizer' && node.body.length > 1) add(node, '{}', '{}', 'statement');
    },
  };

  function forgotten(node) {
    add(node, '', '(nothing)', 'statement');
  }

  function condition(test) {
    add(test, 'true');
    add(test, 'false');
  }

  function swapOperator(node, left, right, other) {
    const between = source.slice(left.end, right.start);
    const at = between.indexOf(node.operator);
    const operator = left.end + at;
    return source.slice(node.start, operator) + other + source.slice(operator + node.operator.length, node.end);
  }

  function visit(node, parent, key, owner) {
    if (node.type.startsWith('TS') && !THROUGH.has(node.type)) return;
    if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration' || node.declare === true) return;
    if (node.type === 'ExportNamedDeclaration' && node.source) return;

    const above = lifted.get(parent);
    if (parent.type === 'ChainExpression') lifted.set(node, above ?? parent);
    else if (above !== undefined && (key === 'object' || key === 'callee')) lifted.set(node, above);
    else if (key === 'callee' && node.type === 'MemberExpression') lifted.set(node, parent);
    if (node.type === 'VariableDeclaration')
      node.isTop = parent.type === 'Program' || parent.type === 'ExportNamedDeclaration';

    const name = ownName(node, parent);
    if (name !== undefined) names.push(name);
    visitors[node.type]?.(node, parent, key, owner);
    const inner = /Function/.test(node.type) ? { function: node, kind: parent.kind } : owner;
    for (const [child, value] of Object.entries(node)) {
      if (TYPES.has(child)) continue;
      if (child === 'cases') for (const one of value) one.isLast = one === value.at(-1);
      for (const one of Array.isArray(value) ? value : [value]) {
        if (one !== null && typeof one === 'object' && typeof one.type === 'string') visit(one, node, child, inner);
      }
    }
    if (name !== undefined) names.pop();
  }

  visit(program, {}, '', {});
  numberTwins(mutants);
  return mutants;
}

/** The same change twice in one place gets a number, so that every mutant has a name of its own. */
function numberTwins(mutants) {
  const seen = new Map();
  for (const mutant of mutants) {
    const key = `${mutant.place} ${mutant.from} ${mutant.to}`;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    if (count > 1) mutant.place += ` (${count})`;
  }
}

/** What a mutant is known by, however its line moves. */
export function keyOf({ file, place, from, to }) {
  return `${file} | ${place} | ${from} | ${to}`;
}

function ownName(node, parent) {
  if (node.type === 'ClassDeclaration' || node.type === 'FunctionDeclaration') return node.id?.name;
  if (node.type === 'MethodDefinition' || node.type === 'PropertyDefinition') {
    const name =
      node.key.type === 'PrivateIdentifier' ? `#${node.key.name}` : (node.key.name ?? node.key.property?.name);
    return node.kind === 'get' || node.kind === 'set' ? `${node.kind} ${name}` : name;
  }
  if (node.type === 'VariableDeclarator' && parent.isTop) return node.id.name;
  return undefined;
}

function nameOf(callee) {
  return callee.type === 'MemberExpression' ? (callee.property.name ?? '') : (callee.name ?? '');
}

function unchained(node) {
  return node.type === 'ChainExpression' ? node.expression : node;
}

function isText(node) {
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
}

function isEquality(operator) {
  return operator === '===' || operator === '!==';
}

function onOneLine(text) {
  return text.replace(/\s*\n\s*/g, ' ');
}

/** Code on one line: what follows keeps its place, and comments end where they did. */
function flat(code) {
  return code.includes('\n') ? code.replace(/(^|[^:'"])\/\/[^\n]*/g, '$1').replace(/\s*\n\s*/g, ' ') : code;
}

/** The source with all of its mutants in it, each asleep until `$mutant(id)` says yes. */
export function withMutants(source, mutants) {
  const sites = [];
  for (const mutant of mutants) {
    const site = sites.find((one) => one.start === mutant.start && one.end === mutant.end && one.kind === mutant.kind);
    if (site === undefined) sites.push({ start: mutant.start, end: mutant.end, kind: mutant.kind, mutants: [mutant] });
    else site.mutants.push(mutant);
  }
  // Outer before inner; a statement before the expression that it is.
  sites.sort((a, b) => a.start - b.start || b.end - a.end || (a.kind === 'statement' ? -1 : 1));
  let next = 0;

  function render(start, end) {
    let out = '';
    let at = start;
    while (next < sites.length && sites[next].start < end) {
      const site = sites[next];
      next += 1;
      out += source.slice(at, site.start) + wrap(site, render(site.start, site.end));
      at = site.end;
    }
    return out + source.slice(at, end);
  }

  function wrap(site, inner) {
    const test = ({ id }) => `$mutant(${id})`;
    if (site.kind === 'expression') return `(${site.mutants.map((m) => `${test(m)} ? ${m.code} : `).join('')}${inner})`;
    return `{ ${site.mutants.map((m) => `if (${test(m)}) { ${m.code} } else `).join('')}${inner} }`;
  }

  return render(0, source.length);
}
