/**
 * What a mouse, a wheel and fingers do to a picture: move it, zoom it, click it, hover over it.
 *
 * @module
 */

/** How much a pixel of the wheel zooms. */
const PER_PIXEL = 1.0025;

/** A hand that moved less than this has clicked, in pixels. */
const CLICK = 5;

/** A place in the picture, in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What can be done to a picture. Shares are of what is to be seen of it, from 0 to 1. */
export interface Handled {
  readonly zoom: number;
  readonly room: { readonly left: number; readonly width: number };
  zoomBy(factor: number, share: number): void;
  pan(share: number): void;
  scrollBy(pixels: number): void;
  click(point: Point): void;
  hover(point: Point | undefined): void;
}

/** Listens to hands, as long as the element is there. */
export function listen(element: HTMLElement, picture: Handled): void {
  const hands = new Hands(element, picture);
  element.addEventListener('wheel', (event) => hands.wheel(event), { passive: false });
  element.addEventListener('pointerdown', (event) => hands.down(event));
  element.addEventListener('pointermove', (event) => hands.move(event));
  element.addEventListener('pointerup', (event) => hands.up(event, true));
  element.addEventListener('pointercancel', (event) => hands.up(event, false));
  element.addEventListener('pointerleave', () => picture.hover(undefined));
}

class Hands {
  readonly #element: HTMLElement;
  readonly #picture: Handled;
  /** Those that are down. */
  readonly #pointers = new Map<number, Point>();
  /** How far they have gone. */
  #moved = 0;

  constructor(element: HTMLElement, picture: Handled) {
    this.#element = element;
    this.#picture = picture;
  }

  #point({ clientX, clientY }: MouseEvent): Point {
    const { left, top } = this.#element.getBoundingClientRect();
    return { x: clientX - left - this.#element.clientLeft, y: clientY - top - this.#element.clientTop };
  }

  #share(x: number): number {
    const { left, width } = this.#picture.room;
    return Math.min(1, Math.max(0, (x - left) / width));
  }

  wheel(event: WheelEvent): void {
    const { x } = this.#point(event);
    const { left, width } = this.#picture.room;
    // Over the names the lanes scroll, and the page with them.
    if (x < left) return;
    const [across, along] = [event.deltaX, event.deltaY].map((delta) => delta * pixelsOf(event)) as [number, number];
    if (event.shiftKey || Math.abs(across) > Math.abs(along)) {
      event.preventDefault();
      this.#picture.pan((across === 0 ? along : across) / width);
      return;
    }
    // Who reads down the page is not held up by a picture of which all is to be seen.
    if (along > 0 && this.#picture.zoom <= 1.0001 && !event.ctrlKey) return;
    event.preventDefault();
    // A pinch on a touchpad comes as a wheel with Ctrl, and in small steps.
    this.#picture.zoomBy(PER_PIXEL ** (-along * (event.ctrlKey ? 4 : 1)), this.#share(x));
  }

  down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#pointers.set(event.pointerId, this.#point(event));
    if (this.#pointers.size === 1) this.#moved = 0;
    this.#picture.hover(undefined);
  }

  move(event: PointerEvent): void {
    const before = this.#pointers.get(event.pointerId);
    const now = this.#point(event);
    if (before === undefined) {
      if (event.pointerType === 'mouse') this.#picture.hover(now);
      return;
    }
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.#pointers.set(event.pointerId, now);
    this.#moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    if (this.#moved < CLICK && other === undefined) return;
    // From here on it is no click, and the hand may leave the picture.
    this.#element.setPointerCapture(event.pointerId);
    const along = (before.x - now.x) / this.#picture.room.width;
    if (other === undefined) {
      this.#picture.pan(along);
      if (event.pointerType === 'mouse') this.#picture.scrollBy(before.y - now.y);
      return;
    }
    const apart = Math.max(1, distance(now, other));
    this.#picture.zoomBy(apart / Math.max(1, distance(before, other)), this.#share((now.x + other.x) / 2));
    this.#picture.pan(along / 2);
  }

  up(event: PointerEvent, isClick: boolean): void {
    const wasDown = this.#pointers.delete(event.pointerId);
    if (isClick && wasDown && this.#moved < CLICK) this.#picture.click(this.#point(event));
  }
}

/** Wheels count in pixels, lines or pages. */
function pixelsOf({ deltaMode }: WheelEvent): number {
  if (deltaMode === WheelEvent.DOM_DELTA_LINE) return 16;
  return deltaMode === WheelEvent.DOM_DELTA_PAGE ? 400 : 1;
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
