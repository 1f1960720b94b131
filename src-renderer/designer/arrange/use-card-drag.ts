import { shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import type { GraphDocument, Position } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { seenBounds } from '../canvas/fit-viewport';
import { movedInside, moveNodes } from '../edits/move-nodes';
import { CARD_HEIGHT, CARD_WIDTH } from '../layout/card-size';
import type { Placement } from '../state/use-placement';
import type { ViewportState } from '../state/use-viewport';
import { SNAP, snapDrag, type Guide } from './snap';

/** Dragging of cards. */
export interface CardDrag {
  /** The lines that the dragged cards share with others now. */
  guides: Readonly<ShallowRef<readonly Guide[]>>;
  /** The cards of these nodes follow the pointer, `by` away from where they were taken. */
  drag(nodes: ReadonlySet<string>, by: Position): void;
  /** Lets go: the step that keeps the new places, null when nothing moved. */
  drop(): Edit | null;
  /** The step that moves these nodes by so much at once. */
  shift(nodes: ReadonlySet<string>, by: Position): Edit | null;
}

/** Drags cards over a placement; they are drawn to lines of the cards in sight. */
export function useCardDrag(
  document: ComputedRef<GraphDocument>,
  placement: Placement,
  viewport: ViewportState,
  canvas: ComputedRef<{ width: number; height: number }>,
): CardDrag {
  const guides = shallowRef<readonly Guide[]>([]);
  /** Where the cards lay when the drag began. */
  let start: { dragged: Position[]; others: Position[] } | null = null;

  function begin(nodes: ReadonlySet<string>): { dragged: Position[]; others: Position[] } {
    const { left, top, right, bottom } = seenBounds(viewport.viewport.value, canvas.value);
    const inSight = ({ x, y }: Position): boolean =>
      x + CARD_WIDTH > left && x < right && y + CARD_HEIGHT > top && y < bottom;
    const all = [...placement.places.value];
    return {
      dragged: all.filter(([id]) => nodes.has(id)).map(([, place]) => place),
      others: all.filter(([id, place]) => !nodes.has(id) && inSight(place)).map(([, place]) => place),
    };
  }

  function letGo(): Edit | null {
    const moved = placement.dragged();
    const inside = movedInside(document.value, placement.settled.value, moved);
    const edit = moveNodes(moved, new Map([...placement.pins(moved.keys()), ...inside]));
    placement.drag(null);
    return edit;
  }

  return {
    guides,
    drag: (nodes, by) => {
      start ??= begin(nodes);
      const snapped = snapDrag(start.dragged, start.others, by, SNAP / viewport.viewport.value.zoom);
      guides.value = snapped.guides;
      placement.drag({ nodes, by: snapped.by });
    },
    drop: () => {
      start = null;
      guides.value = [];
      return letGo();
    },
    shift: (nodes, by) => {
      placement.drag({ nodes, by });
      return letGo();
    },
  };
}
