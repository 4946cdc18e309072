/** A piece of a document: what stands in it, in order. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (Element | string)[];
}

const NAME = /[A-Za-z_][\w.-]*/y;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/**
 * Reads XML as strictly as a browser does, and stricter: no comments, no declarations, no entities but
 * five, no character that XML cannot hold. Throws where something is wrong.
 */
export function parseXml(source: string): Element {
  let at = 0;

  function fail(what: string): never {
    throw new Error(`${what} at ${at}: ${source.slice(at, at + 40)}`);
  }

  function take(pattern: RegExp, what: string): string {
    pattern.lastIndex = at;
    const [found] = pattern.exec(source) ?? fail(`no ${what}`);
    at += found.length;
    return found;
  }

  function decoded(text: string): string {
    return text.replace(/&([^;]*);?/g, (_, name: string) => ENTITIES[name] ?? fail(`unknown entity ${name}`));
  }

  function element(): Element {
    take(/</y, 'tag');
    const name = take(NAME, 'name');
    const attributes = new Map<string, string>();
    while (/\s/.test(source.charAt(at))) {
      take(/\s+/y, 'space');
      const key = take(NAME, 'attribute');
      if (attributes.has(key)) fail(`${key} twice`);
      attributes.set(key, decoded(take(/="[^"<]*"/y, 'value').slice(2, -1)));
    }
    const children: Element['children'] = [];
    if (take(/\/?>/y, 'end of tag') === '/>') return { name, attributes, children };
    while (!source.startsWith('</', at)) {
      if (at >= source.length) fail(`${name} is never closed`);
      children.push(source[at] === '<' ? element() : decoded(take(/[^<]+/y, 'text')));
    }
    take(new RegExp(`</${name}>`, 'y'), `end of ${name}`);
    return { name, attributes, children };
  }

  const bad = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(source);
  if (bad !== null) throw new Error(`a character that XML cannot hold at ${bad.index}`);
  const root = element();
  if (source.slice(at).trim() !== '') fail('more than one root');
  return root;
}

/** An element and all that is in it. */
export function all(element: Element): Element[] {
  return [element, ...element.children.flatMap((child) => (typeof child === 'string' ? [] : all(child)))];
}

/** All text in an element. */
export function textIn({ children }: Element): string {
  return children.map((child) => (typeof child === 'string' ? child : textIn(child))).join('');
}
