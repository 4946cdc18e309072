/**
 * Makes elements. Text goes in as text: there is no other way in.
 *
 * @module
 */

type Child = Node | string;

/** An element with attributes and children. An attribute that is `false` is left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string | number | boolean>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false) continue;
    element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(...children);
  return element;
}

/** A button that does something. */
export function button(
  label: string,
  act: () => void,
  attributes: Readonly<Record<string, string | number | boolean>> = {},
): HTMLButtonElement {
  const element = h('button', { type: 'button', ...attributes }, label);
  element.addEventListener('click', act);
  return element;
}

/** A part of the page with a heading of its own, which is also its name. */
export function section(id: string, title: string, ...children: readonly Child[]): HTMLElement {
  return h(
    'section',
    { id, class: 'card', 'aria-labelledby': `${id}-title` },
    h('h2', { id: `${id}-title` }, title),
    ...children,
  );
}

/** What is to be drawn with the next frame. */
const waiting = new Set<() => void>();

/** Does something once before the next frame is drawn, however often it is asked for. */
export function oncePerFrame(act: () => void): () => void {
  return () => {
    if (waiting.size === 0) requestAnimationFrame(drawWaiting);
    waiting.add(act);
  };
}

/** Draws now what waits for the next frame. */
export function drawWaiting(): void {
  const acts = [...waiting];
  waiting.clear();
  for (const act of acts) {
    try {
      act();
    } catch (error) {
      // The other parts are drawn all the same.
      reportError(error);
    }
  }
}

/** Adds to the list that a key has. */
export function add<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
