import { shallowRef, type ShallowRef } from 'vue';
import type { Position } from '@shared/graph/document';
import { fitsIntoEdge } from '../edits/insert-into-edge';
import { CARD_HEIGHT, CARD_WIDTH } from '../layout/card-size';

/** How near a connection must be for a layer to be put into it, in CSS pixels of the screen. */
export const EDGE_MAGNET = 20;

/** A layer type that is dragged from the palette. */
export interface PaletteDrag {
  type: string;
  /** Top left corner of the card, where it would come to lie; null: the pointer is not over the canvas. */
  corner: Position | null;
  /** The connection that the layer would be put into. */
  edge: string | null;
}

/** Dragging from the palette to the canvas. */
export interface PaletteDragging {
  drag: Readonly<ShallowRef<PaletteDrag | null>>;
  begin(type: string): void;
  /** The pointer is at a place of the canvas; `edgeNear` finds the connection within a distance there. */
  over(at: Position, edgeNear: (at: Position) => string | null): void;
  /** The pointer left the canvas. */
  leave(): void;
  end(): void;
}

/** Nothing is dragged at first. @param freeCorner the corner nearest to a wanted one where a card covers no other */
export function usePaletteDrag(freeCorner: (wanted: Position) => Position): PaletteDragging {
  const drag = shallowRef<PaletteDrag | null>(null);
  return {
    drag,
    begin: (type) => {
      drag.value = { type, corner: null, edge: null };
    },
    over: (at, edgeNear) => {
      if (!drag.value) return;
      const { type } = drag.value;
      const under = { x: at.x - CARD_WIDTH / 2, y: at.y - CARD_HEIGHT / 2 };
      const edge = fitsIntoEdge(type) ? edgeNear(at) : null;
      drag.value = { type, corner: edge === null ? freeCorner(under) : under, edge };
    },
    leave: () => {
      if (drag.value) drag.value = { ...drag.value, corner: null, edge: null };
    },
    end: () => {
      drag.value = null;
    },
  };
}
