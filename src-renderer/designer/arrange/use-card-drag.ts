import { shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import type { GraphDocument, Position } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { seenBounds } from '../canvas/fit-viewport';
import { edgeAt } from '../edges/edge-at';
import { canMoveIntoEdge, moveIntoEdge } from '../edits/move-into-edge';
import { movedInside, moveNodes } from '../edits/move-nodes';
import { CARD_HEIGHT, CARD_WIDTH } from '../layout/card-size';
import type { Placement } from '../state/use-placement';
import type { ViewportState } from '../state/use-viewport';
import { SNAP, snapDrag, type Guide } from './snap';

/** Dragging of cards. */
export interface CardDrag {
  /** The lines that the dragged cards share with others now. */
  guides: Readonly<ShallowRef<readonly Guide[]>>;
  /** The connection into which the dragged card would be put. */
  into: Readonly<ShallowRef<string | null>>;
  /** What is dragged follows the pointer as it is: neither lines nor connections draw it to them. Null: nothing is dragged. */
  isFree: Readonly<ShallowRef<boolean | null>>;
  /** The cards of these nodes follow the pointer, `by` away from where they were taken; `free`: to wherever it is. */
  drag(nodes: ReadonlySet<string>, by: Position, free: boolean): void;
  /** Lets go: the step that keeps the new places, null when nothing moved. */
  drop(): Edit | null;
  /** Lets go, with everything back where it was taken. */
  putBack(): void;
  /** The step that moves these nodes by so much at once. */
  shift(nodes: ReadonlySet<string>, by: Position): Edit | null;
}

/** How near to the middle of a card a connection must pass for the card to be put into it, in CSS pixels at zoom 1. */
const HOOK = CARD_HEIGHT / 3;

/** Where the cards lay when a drag began. */
interface Start {
  /** The dragged card, if it is one alone that can be put into a connection. */
  loose: string | null;
  dragged: Position[];
  others: Position[];
}

/** Drags cards over a placement; they are drawn to lines of the cards in sight. */
export function useCardDrag(
  document: ComputedRef<GraphDocument>,
  placement: Placement,
  viewport: ViewportState,
  canvas: ComputedRef<{ width: number; height: number }>,
  connectionOf: (line: string) => string | null,
): CardDrag {
  const guides = shallowRef<readonly Guide[]>([]);
  const into = shallowRef<string | null>(null);
  const isFree = shallowRef<boolean | null>(null);
  /** Where the cards lay when the drag began. */
  let start: Start | null = null;

  function begin(nodes: ReadonlySet<string>): Start {
    const { left, top, right, bottom } = seenBounds(viewport.viewport.value, canvas.value);
    const inSight = ({ x, y }: Position): boolean =>
      x + CARD_WIDTH > left && x < right && y + CARD_HEIGHT > top && y < bottom;
    const all = [...placement.places.value];
    const [only, ...rest] = nodes;
    return {
      loose: only !== undefined && rest.length === 0 && canMoveIntoEdge(document.value, only) ? only : null,
      dragged: all.filter(([id]) => nodes.has(id)).map(([, place]) => place),
      others: all.filter(([id, place]) => !nodes.has(id) && inSight(place)).map(([, place]) => place),
    };
  }

  function connectionUnder(card: string): string | null {
    const { x, y } = placement.places.value.get(card)!;
    const middle = { x: x + CARD_WIDTH / 2, y: y + CARD_HEIGHT / 2 };
    const line = edgeAt(placement.edges.value, middle, HOOK);
    return line === null ? null : connectionOf(line);
  }

  function end(): void {
    start = null;
    isFree.value = null;
    guides.value = [];
    into.value = null;
  }

  function letGo(): Edit | null {
    const moved = placement.dragged();
    const inside = movedInside(document.value, placement.settled.value, moved);
    const edit = moveNodes(document.value, moved, new Map([...placement.pins(moved.keys()), ...inside]));
    placement.drag(null);
    return edit;
  }

  return {
    guides,
    into,
    isFree,
    drag: (nodes, by, free) => {
      start ??= begin(nodes);
      const others = free ? [] : start.others;
      const snapped = snapDrag(start.dragged, others, by, SNAP / viewport.viewport.value.zoom);
      isFree.value = free;
      guides.value = snapped.guides;
      placement.drag({ nodes, by: snapped.by });
      into.value = start.loose !== null && !free ? connectionUnder(start.loose) : null;
    },
    drop: () => {
      const [loose, edge] = [start?.loose ?? null, into.value];
      end();
      if (loose === null || edge === null) return letGo();
      const corner = placement.places.value.get(loose)!;
      placement.drag(null);
      return moveIntoEdge(document.value, loose, edge, corner);
    },
    putBack: () => {
      end();
      placement.drag(null);
    },
    shift: (nodes, by) => {
      placement.drag({ nodes, by });
      return letGo();
    },
  };
}
