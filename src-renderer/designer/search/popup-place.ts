import type { Position } from '@shared/graph/document';
import type { Size } from '../canvas/fit-viewport';

/** Distance from the edges of the canvas. */
const AIR = 8;

/** Top left corner of a popup of a size that is to open at a place: moved as little as it takes to lie on the canvas. CSS pixels. */
export function popupPlace(at: Position, popup: Size, canvas: Size): Position {
  const within = (value: number, length: number, room: number): number =>
    Math.max(AIR, Math.min(value, room - length - AIR));
  return { x: within(at.x, popup.width, canvas.width), y: within(at.y, popup.height, canvas.height) };
}
