import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import type { Position } from '@shared/graph/document';
import { EDGE_REACH, edgeAt } from '../edges/edge-at';
import type { MenuKind } from '../menus/menu-items';
import { menuOfCard } from '../menus/menu-of-card';
import { EDGE_MAGNET } from '../palette/use-palette-drag';
import type { Designer } from '../state/use-designer';

/** An open menu, where it was called in CSS pixels of the window. */
export interface MenuCall {
  kind: MenuKind;
  place: Position;
}

/** What the pointer does on the canvas beside Cytoscape's gestures. */
export interface CanvasEvents {
  /** The connection under the pointer, which a press would select. */
  hovered: ComputedRef<string | null>;
  menu: ShallowRef<MenuCall | null>;
  /** The connection at a place of the canvas. */
  edgeNear(at: Position, reach?: number): string | null;
  move(event: PointerEvent): void;
  leave(): void;
  /** For the capture phase, before Cytoscape, which allows no menu. */
  callMenu(event: MouseEvent): void;
  dragOver(event: DragEvent): void;
  dragLeave(): void;
  drop(event: DragEvent): void;
}

/** As a bit of `MouseEvent.buttons`. */
const RIGHT_BUTTON = 2;

function elementUnder(event: Event): string | null {
  const target = event.target instanceof Element ? event.target : null;
  return target?.closest<HTMLElement>('[data-node]')?.dataset.node ?? null;
}

/** Whether another button than the one that calls a menu is down: in the middle of a drag nobody wants one. */
function isHolding({ buttons }: MouseEvent): boolean {
  return (buttons & ~RIGHT_BUTTON) !== 0;
}

/** Follows the pointer, opens menus and takes what is dragged from the palette. */
export function useCanvasEvents(designer: Designer): CanvasEvents {
  const { selection, edges, pointer, placement, viewport, paletteDrag, connecting } = designer;
  const menu = shallowRef<MenuCall | null>(null);
  /** Whether nothing but lines can be under the pointer. */
  const free = shallowRef(false);

  function cardUnder(event: MouseEvent): string | null {
    return elementUnder(event) ?? designer.sight.paintedAt(pointer.toCanvas(event));
  }

  function edgeNear(at: Position, reach = EDGE_REACH): string | null {
    const line = edgeAt(placement.edges.value, at, reach / viewport.viewport.value.zoom);
    return line === null ? null : designer.shown.design.value.connectionOf(line);
  }

  const hovered = computed(() => {
    const at = pointer.at.value;
    return at && free.value && !connecting.draft.value ? edgeNear(at) : null;
  });

  function move(event: PointerEvent): void {
    // What the menu does, it does where it was called.
    if (menu.value) return;
    pointer.at.value = pointer.toCanvas(event);
    free.value = event.buttons === 0 && cardUnder(event) === null;
  }

  function leave(): void {
    if (menu.value) return;
    pointer.at.value = null;
    free.value = false;
  }

  function kindAt(event: MouseEvent): MenuKind {
    const card = cardUnder(event);
    if (card !== null) return menuOfCard(designer, card);
    // Called by a key, it comes from the connection that has the focus.
    if (event.target instanceof Element && event.target.closest('[data-edge]')) return 'edge';
    const edge = edgeNear(pointer.toCanvas(event));
    if (edge === null) {
      selection.clear();
      edges.clear();
      return 'canvas';
    }
    if (!edges.ids.value.includes(edge)) edges.pick(edge);
    return 'edge';
  }

  function callMenu(event: MouseEvent): void {
    event.preventDefault();
    if (isHolding(event)) return;
    pointer.at.value = pointer.toCanvas(event);
    menu.value = { kind: kindAt(event), place: { x: event.clientX, y: event.clientY } };
  }

  function dragOver(event: DragEvent): void {
    if (!paletteDrag.drag.value) return;
    event.preventDefault();
    paletteDrag.over(pointer.toCanvas(event), (at) => edgeNear(at, EDGE_MAGNET));
  }

  function drop(event: DragEvent): void {
    if (!paletteDrag.drag.value) return;
    event.preventDefault();
    designer.addDragged();
  }

  return {
    hovered,
    menu,
    edgeNear,
    move,
    leave,
    callMenu,
    dragOver,
    dragLeave: paletteDrag.leave,
    drop,
  };
}
