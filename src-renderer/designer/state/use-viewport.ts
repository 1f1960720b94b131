import { computed, ref, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { approach, fitViewport, fullSize, reveal, seek, type Size } from '../canvas/fit-viewport';
import type { GraphView, Viewport } from '../canvas/graph-view';
import { unionOf, type Bounds } from '../layout/card-size';

/** What part of the canvas is seen. */
export interface ViewportState {
  viewport: Readonly<ShallowRef<Viewport>>;
  canvas: ComputedRef<Size>;
  /** The rectangle around all cards and frames. */
  bounds: ComputedRef<Bounds>;
  /** The view that draws; null before it stands and after it is gone. */
  attach(view: GraphView | null): void;
  /** The view tells where it is now. */
  seen(viewport: Viewport): void;
  resized(size: Size): void;
  /** Shows everything, and goes on doing so until a person pans, zooms or drags a card. */
  fit(): void;
  /** Shows some cards as large as they fit. */
  show(nodes: readonly string[]): void;
  /** Full size, around the first of some cards. */
  full(nodes: readonly string[]): void;
  /** Stays where it is from now on, whatever becomes of the cards. */
  hold(): void;
  zoomBy(factor: number): void;
  look(viewport: Viewport): void;
  /** Goes to a card or frame, unless it is in sight. */
  approach(node: string): void;
  /** Moves as little as it takes to see a card. */
  reveal(node: string): void;
  /** Goes to some cards and frames, unless a part of one is in sight. */
  seek(nodes: readonly string[]): void;
}

const NOTHING: Bounds = { left: 0, top: 0, right: 1, bottom: 1 };

/** Follows the cards and frames (`boxes`): while the design is shown as a whole it stays so when it grows or the canvas changes its size. */
export function useViewport(
  boxes: ComputedRef<ReadonlyMap<string, Bounds>>,
  canvas: ShallowRef<Size>,
): ViewportState {
  const viewport = shallowRef<Viewport>({ zoom: 1, x: 0, y: 0 });
  const view = shallowRef<GraphView | null>(null);
  const whole = ref(true);
  let ours = false;
  const bounds = computed(() => unionOf([...boxes.value.values()]) ?? NOTHING);

  function go(next: Viewport): void {
    ours = true;
    view.value?.look(next);
    ours = false;
  }

  function look(next: Viewport): void {
    whole.value = false;
    go(next);
  }

  const wanted = computed(() => (whole.value && view.value ? fitViewport(bounds.value, canvas.value) : null));
  watch(wanted, (next) => {
    if (next) go(next);
  });

  return {
    viewport,
    canvas: computed(() => canvas.value),
    bounds,
    attach: (next) => {
      view.value = next;
    },
    seen: (next) => {
      viewport.value = next;
      if (!ours) whole.value = false;
    },
    resized: (size) => {
      canvas.value = size;
      view.value?.resize();
    },
    fit: () => {
      whole.value = true;
      go(fitViewport(bounds.value, canvas.value));
    },
    show: (nodes) => {
      const around = unionOf(nodes.flatMap((node) => boxes.value.get(node) ?? []));
      if (around) look(fitViewport(around, canvas.value));
    },
    full: ([first]) => {
      look(fullSize(boxes.value.get(first ?? '') ?? null, viewport.value, canvas.value));
    },
    hold: () => {
      whole.value = false;
    },
    zoomBy: (factor) => {
      view.value?.zoomBy(factor);
    },
    look,
    approach: (node) => {
      const box = boxes.value.get(node);
      const next = box ? approach(box, viewport.value, canvas.value) : viewport.value;
      if (next !== viewport.value) look(next);
    },
    reveal: (node) => {
      const box = boxes.value.get(node);
      // While the whole design is shown, what is new in it comes into sight by itself.
      if (!box || whole.value) return;
      const next = reveal(box, viewport.value, canvas.value);
      if (next.x !== viewport.value.x || next.y !== viewport.value.y) look(next);
    },
    seek: (nodes) => {
      if (whole.value) return;
      const around = nodes.flatMap((node) => boxes.value.get(node) ?? []);
      const next = seek(around, viewport.value, canvas.value);
      if (next !== viewport.value) look(next);
    },
  };
}
