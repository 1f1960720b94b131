import { shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import type { Position } from '@shared/graph/document';
import type { Viewport } from '../canvas/graph-view';

/** What of an event says where the pointer is, in CSS pixels of the window. */
export type PointerPlace = Pick<MouseEvent, 'clientX' | 'clientY'>;

/** Where the pointer is, as the design sees it. */
export interface CanvasPointer {
  /** Canvas coordinates of the pointer while it is over the canvas; null: it is elsewhere. */
  at: ShallowRef<Position | null>;
  /** The element whose top left corner the viewport starts from; null once it is gone. */
  attach(element: HTMLElement | null): void;
  toCanvas(place: PointerPlace): Position;
  /** Whether a place of the window lies on the canvas, and not beside it. */
  isOnCanvas(place: PointerPlace): boolean;
  /** A place of the canvas in CSS pixels from the canvas' top left corner. */
  toScreen(position: Position): Position;
  /** The middle of what is seen. */
  middle(): Position;
}

/** Follows the pointer over a canvas seen through a viewport. */
export function usePointer(
  viewport: Readonly<ShallowRef<Viewport>>,
  canvas: ComputedRef<{ width: number; height: number }>,
): CanvasPointer {
  let host: HTMLElement | null = null;
  const at = shallowRef<Position | null>(null);

  function fromScreen(screen: Position): Position {
    const { zoom, x, y } = viewport.value;
    return { x: (screen.x - x) / zoom, y: (screen.y - y) / zoom };
  }

  return {
    at,
    attach: (element) => {
      host = element;
      at.value = null;
    },
    toCanvas: ({ clientX, clientY }) => {
      const { left, top } = host?.getBoundingClientRect() ?? { left: 0, top: 0 };
      return fromScreen({ x: clientX - left, y: clientY - top });
    },
    isOnCanvas: ({ clientX, clientY }) => {
      if (!host) return false;
      const { left, top, right, bottom } = host.getBoundingClientRect();
      return clientX >= left && clientX < right && clientY >= top && clientY < bottom;
    },
    toScreen: (position) => {
      const { zoom, x, y } = viewport.value;
      return { x: position.x * zoom + x, y: position.y * zoom + y };
    },
    middle: () => fromScreen({ x: canvas.value.width / 2, y: canvas.value.height / 2 }),
  };
}
