import { onScopeDispose } from 'vue';
import type { ViewportState } from '../state/use-viewport';

/** As in `MouseEvent.button`, and as the only bit of `MouseEvent.buttons`. */
const MIDDLE = { button: 1, alone: 4 };

/**
 * Lets the middle button drag the view, wherever it is pressed. Returns what presses on the canvas are told to, in the capture phase:
 * neither the cards nor Cytoscape nor the browser, which would scroll, do anything with them.
 */
export function useMiddlePan({ viewport, look }: ViewportState): (event: MouseEvent) => void {
  let stop: (() => void) | null = null;
  onScopeDispose(() => stop?.());

  return (event) => {
    if (event.button !== MIDDLE.button) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.buttons !== MIDDLE.alone) return;
    stop?.();
    const listeners = new AbortController();
    stop = () => {
      listeners.abort();
    };
    let { clientX, clientY } = event;
    function follow(now: MouseEvent): void {
      const { zoom, x, y } = viewport.value;
      look({ zoom, x: x + now.clientX - clientX, y: y + now.clientY - clientY });
      ({ clientX, clientY } = now);
    }
    function release({ button }: MouseEvent): void {
      if (button === MIDDLE.button) stop?.();
    }
    window.addEventListener('mousemove', follow, listeners);
    window.addEventListener('mouseup', release, listeners);
    window.addEventListener('blur', stop, listeners);
  };
}
