import type { Position } from '@shared/graph/document';
import { boundsOverlap, unionOf, type Bounds } from '../layout/card-size';
import type { Viewport } from './graph-view';

/** Width and height in CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

/** From there the largest design that a project may hold is seen as a whole. */
export const LEAST_ZOOM = 0.02;
export const MOST_ZOOM = 2;

/** What floats over the canvas at its edges, and air. */
const INSETS = { top: 64, right: 24, bottom: 24, left: 24 };

/** The area of a canvas that nothing floats over. */
export function freeArea({ width, height }: Size): Size {
  return {
    width: Math.max(1, width - INSETS.left - INSETS.right),
    height: Math.max(1, height - INSETS.top - INSETS.bottom),
  };
}

/** The viewport that shows all of `bounds`, never enlarged; centred across, and from the top down when there is room to spare. */
export function fitViewport(bounds: Bounds, canvas: Size): Viewport {
  const width = bounds.right - bounds.left;
  const height = bounds.bottom - bounds.top;
  const free = freeArea(canvas);
  const zoom = Math.min(1, free.width / width, free.height / height);
  return {
    zoom,
    x: INSETS.left + (free.width - width * zoom) / 2 - bounds.left * zoom,
    y: INSETS.top + Math.min(16, (free.height - height * zoom) / 2) - bounds.top * zoom,
  };
}

/** The same zoom with `bounds` in the middle of the canvas. */
export function centreOn(bounds: Bounds, zoom: number, canvas: Size): Viewport {
  return {
    zoom,
    x: canvas.width / 2 - ((bounds.left + bounds.right) / 2) * zoom,
    y: canvas.height / 2 - ((bounds.top + bounds.bottom) / 2) * zoom,
  };
}

/** Zoomed by a factor, as far as that goes, while what is at a place of the canvas (CSS pixels) stays there. */
export function zoomAround(at: Position, { zoom, x, y }: Viewport, factor: number): Viewport {
  const next = Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, zoom * factor));
  return { zoom: next, x: at.x - ((at.x - x) * next) / zoom, y: at.y - ((at.y - y) * next) / zoom };
}

/** Full size around `bounds`, or around the middle of what is seen where nothing is to be kept in sight. */
export function fullSize(bounds: Bounds | null, viewport: Viewport, canvas: Size): Viewport {
  if (bounds) return centreOn(bounds, 1, canvas);
  return zoomAround({ x: canvas.width / 2, y: canvas.height / 2 }, viewport, 1 / viewport.zoom);
}

/** The least movement that brings `bounds` wholly onto the canvas; the same viewport when they are on it. */
export function reveal(bounds: Bounds, viewport: Viewport, canvas: Size): Viewport {
  const shift = (low: number, high: number, from: number, to: number): number =>
    low < from ? from - low : high > to ? Math.max(to - high, from - low) : 0;
  const { zoom, x, y } = viewport;
  const right = canvas.width - INSETS.right;
  const bottom = canvas.height - INSETS.bottom;
  return {
    zoom,
    x: x + shift(bounds.left * zoom + x, bounds.right * zoom + x, INSETS.left, right),
    y: y + shift(bounds.top * zoom + y, bounds.bottom * zoom + y, INSETS.top, bottom),
  };
}

/** Below this zoom the words of cards are left out or cannot be read. */
const LEGIBLE = 0.5;
/** The zoom of a card that somebody goes to from further away. */
const CLOSE = 0.8;

/** Where to go to see `bounds`: nowhere when they are on the canvas and can be read, otherwise with them in the middle, and near enough. */
export function approach(bounds: Bounds, viewport: Viewport, canvas: Size): Viewport {
  const { zoom, x, y } = viewport;
  if (zoom < LEGIBLE) return centreOn(bounds, CLOSE, canvas);
  const revealed = reveal(bounds, viewport, canvas);
  return revealed.x === x && revealed.y === y ? viewport : centreOn(bounds, zoom, canvas);
}

/** The part of the canvas that a viewport shows, in canvas coordinates. */
export function seenBounds({ zoom, x, y }: Viewport, canvas: Size): Bounds {
  return {
    left: -x / zoom,
    top: -y / zoom,
    right: (canvas.width - x) / zoom,
    bottom: (canvas.height - y) / zoom,
  };
}

/**
 * Where to go to see something of several rectangles: nowhere while a part of one is on the canvas or there are none, otherwise with all of
 * them in the middle, at the same zoom as far as they fit.
 */
export function seek(all: readonly Bounds[], viewport: Viewport, canvas: Size): Viewport {
  const around = unionOf(all);
  const seen = seenBounds(viewport, canvas);
  if (!around || all.some((bounds) => boundsOverlap(bounds, seen))) return viewport;
  const free = freeArea(canvas);
  const fits =
    (around.right - around.left) * viewport.zoom <= free.width &&
    (around.bottom - around.top) * viewport.zoom <= free.height;
  return fits ? centreOn(around, viewport.zoom, canvas) : fitViewport(around, canvas);
}
