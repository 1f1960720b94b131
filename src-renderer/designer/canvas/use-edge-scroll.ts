import { watch, type Ref } from 'vue';
import type { ViewportState } from '../state/use-viewport';

/** How near to the edge of the canvas the view begins to scroll, in CSS pixels. */
const MARGIN = 40;
/** What each pixel beyond that adds to the speed, and the most that it comes to, in CSS pixels per second. */
const SPEED = { each: 12, most: 1600 };
/** So much of a scroll at once, in seconds, when the machine skips frames. */
const LONGEST_FRAME = 0.05;

/** How fast the view goes towards the end of an axis of the canvas, in CSS pixels per second; below 0: towards its beginning. */
export function edgeSpeed(at: number, length: number): number {
  const beyond = Math.max(0, at - (length - MARGIN)) - Math.max(0, MARGIN - at);
  return Math.max(-SPEED.most, Math.min(SPEED.most, beyond * SPEED.each));
}

/** Whether a place is just inside the end of an axis of the canvas. */
function isAtEdge(at: number, length: number): boolean {
  return at >= 0 && at <= length && edgeSpeed(at, length) !== 0;
}

/** Scrolls the view while something is pulled to the edge of the canvas or past it; what is pulled stays under the pointer. */
export function useEdgeScroll(
  canvas: Readonly<Ref<HTMLElement | null>>,
  { viewport, look }: ViewportState,
  isPulling: () => boolean,
): void {
  function scrollAlong(element: HTMLElement): () => void {
    const { left, top, width, height } = element.getBoundingClientRect();
    const listeners = new AbortController();
    let pointer: PointerEvent | null = null;
    // What is taken at the edge is to be moved away from there as often as along: it has to be pulled there, or past it.
    let isPulled = false;
    let before = performance.now();
    let frame = requestAnimationFrame(scroll);

    function follow(event: PointerEvent): void {
      pointer = event;
      const [across, down] = [event.clientX - left, event.clientY - top];
      isPulled ||= !isAtEdge(across, width) && !isAtEdge(down, height);
    }

    function scroll(now: number): void {
      frame = requestAnimationFrame(scroll);
      const seconds = Math.min(LONGEST_FRAME, (now - before) / 1000);
      before = now;
      if (!pointer || !isPulled) return;
      const across = edgeSpeed(pointer.clientX - left, width) * seconds;
      const down = edgeSpeed(pointer.clientY - top, height) * seconds;
      if (across === 0 && down === 0) return;
      const { zoom, x, y } = viewport.value;
      look({ zoom, x: x - across, y: y - down });
      // Whoever follows the pointer hears that it is elsewhere on the canvas now: connections by the one event, Cytoscape by the other.
      window.dispatchEvent(new PointerEvent('pointermove', pointer));
      window.dispatchEvent(new MouseEvent('mousemove', pointer));
    }

    window.addEventListener('pointermove', follow, listeners);
    return () => {
      cancelAnimationFrame(frame);
      listeners.abort();
    };
  }

  watch(isPulling, (pulling, _before, onCleanup) => {
    if (pulling && canvas.value) onCleanup(scrollAlong(canvas.value));
  });
}
