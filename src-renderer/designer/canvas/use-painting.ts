import { watchEffect, type Ref } from 'vue';
import type { Size } from './fit-viewport';

/** Gives a canvas so many pixels, and empties it. */
function empty(context: CanvasRenderingContext2D, width: number, height: number): void {
  const { canvas } = context;
  if (canvas.width === width && canvas.height === height) {
    context.reset();
    return;
  }
  canvas.width = width;
  canvas.height = height;
}

/**
 * Paints on a canvas element whenever something that `paint` reads has changed, with all else that changes then. `paint` finds it empty and
 * measures in CSS pixels; `size` is that of the element.
 */
export function usePainting(
  canvas: Readonly<Ref<HTMLCanvasElement | null>>,
  size: () => Size,
  paint: (context: CanvasRenderingContext2D) => void,
): void {
  watchEffect(
    () => {
      const context = canvas.value?.getContext('2d');
      if (!context) return;
      const { width, height } = size();
      const ratio = window.devicePixelRatio;
      empty(context, Math.round(width * ratio), Math.round(height * ratio));
      context.scale(ratio, ratio);
      paint(context);
    },
    { flush: 'post' },
  );
}
