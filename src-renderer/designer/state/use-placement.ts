import { computed, shallowRef, type ComputedRef } from 'vue';
import type { GraphDocument, GraphNode, Position } from '@shared/graph/document';
import { freeArea, type Size } from '../canvas/fit-viewport';
import type { ViewNode } from '../canvas/graph-view';
import { autoLayout } from '../layout/auto-layout';
import { blended, type Picture } from '../layout/blend';
import { FRAME_BAR, type Bounds } from '../layout/card-size';
import { frameBounds, frameTree, type FrameTree } from '../layout/frame-tree';
import { placeAll, type Placed } from '../layout/place-nodes';
import { keepRoutes, MovingRoutes, routeAll, type Places, type RoutedEdge } from '../layout/routes';
import { useGlide } from './use-glide';

/** Cards and frames that are being dragged and how far they are from where they lay. */
export interface DragState {
  nodes: ReadonlySet<string>;
  by: Position;
}

/** Where the cards, frames and lines of a shown design are. */
export interface Placement {
  /** Top left corners of cards, a drag under way included. */
  places: ComputedRef<ReadonlyMap<string, Position>>;
  /** The same without the drag. */
  settled: ComputedRef<ReadonlyMap<string, Position>>;
  /** Frames around what lies in them, the outer ones first. */
  frames: ComputedRef<ReadonlyMap<string, Bounds>>;
  /** Cards and frames where they were when a drag began, else where they are: the same object through a whole drag. */
  beforeDrag: ComputedRef<Places>;
  edges: ComputedRef<readonly RoutedEdge[]>;
  /** What is given other places next moves there before the eyes. */
  glide(): void;
  drag(state: DragState | null): void;
  /** Where the dragged cards and frames would be left now. */
  dragged(): Map<string, Position>;
  /** The frames around some nodes that nobody has moved yet, and the position that keeps them where they are when a node in them moves. */
  pins(nodes: Iterable<string>): Map<string, Position>;
}

/** A document, and all of it that the layout depends on as text: the same text, the same layout. */
interface Structure {
  key: string;
  document: GraphDocument;
}

function structureKey(document: GraphDocument): string {
  const nodes = document.nodes.map((node) => [node.id, node.parent]);
  const edges = document.edges.map((edge) => [edge.from, edge.to]);
  return JSON.stringify([document.flow, nodes, edges]);
}

function samePositions(a: ReadonlyMap<string, Position>, b: ReadonlyMap<string, Position>): boolean {
  return a.size === b.size && [...b].every(([id, { x, y }]) => a.get(id)?.x === x && a.get(id)?.y === y);
}

function samePlaced(a: Placed, b: Placed): boolean {
  return samePositions(a.places, b.places) && samePositions(a.anchors, b.anchors);
}

/** The cards that move when something does: those in a frame, or the card itself. */
function cardsOf(id: string, tree: FrameTree): string[] {
  return tree.isFrame(id) ? tree.children(id).flatMap((node) => cardsOf(node.id, tree)) : [id];
}

/** Follows a shown design and the size of its canvas; lays out anew only when nodes, frames or connections change, not when fields do. */
export function usePlacement(document: ComputedRef<GraphDocument>, canvas: ComputedRef<Size>): Placement {
  const glide = useGlide();
  const dragState = shallowRef<DragState | null>(null);
  // The last document whose structure was new, so that edits of fields leave the layout alone.
  const structure = computed<Structure>((before) => {
    const key = structureKey(document.value);
    return before?.key === key ? before : { key, document: document.value };
  });
  const layout = computed(() => autoLayout(structure.value.document, freeArea(canvas.value)));
  const nodes = computed(() => document.value.nodes);
  const tree = computed(() => frameTree(structure.value.document.nodes));
  const settled = computed<Placed>((before) => {
    const placed = placeAll(nodes.value, layout.value);
    return before && samePlaced(before, placed) ? before : placed;
  });
  const byId = computed(() => new Map(nodes.value.map((node) => [node.id, node])));

  function whereNow(id: string): Position | undefined {
    return settled.value.places.get(id) ?? settled.value.anchors.get(id);
  }

  /** What has to be moved with a node: in a frame all that a person has moved, for the rest follows the frame. */
  function moving(id: string): GraphNode[] {
    const node = byId.value.get(id);
    if (!node) return [];
    const inside = (frame: string): GraphNode[] =>
      tree.value.children(frame).flatMap((child) => {
        const own = byId.value.get(child.id)!;
        return [...(own.position ? [own] : []), ...inside(own.id)];
      });
    return [node, ...inside(id)];
  }

  function dragged(): Map<string, Position> {
    const { nodes: held = [], by = { x: 0, y: 0 } } = dragState.value ?? {};
    const moved = new Map<string, Position>();
    for (const { id } of [...held].flatMap(moving)) {
      const place = whereNow(id);
      if (place) moved.set(id, { x: place.x + by.x, y: place.y + by.y });
    }
    return moved;
  }

  function preview({ nodes: held, by }: DragState): Map<string, Position> {
    const { places } = settled.value;
    const moved = [...held].flatMap((id) => cardsOf(id, tree.value)).filter((id) => places.has(id));
    return new Map(
      moved.map((id) => {
        const { x, y } = places.get(id)!;
        return [id, { x: x + by.x, y: y + by.y }];
      }),
    );
  }

  function pins(moved: Iterable<string>): Map<string, Position> {
    const around = new Set([...moved].flatMap((id) => tree.value.around(id)));
    return new Map(
      [...settled.value.anchors].filter(([id]) => around.has(id) && !byId.value.get(id)?.position),
    );
  }

  const places = computed<ReadonlyMap<string, Position>>(() =>
    dragState.value ? new Map([...settled.value.places, ...preview(dragState.value)]) : settled.value.places,
  );
  const settledPlaces = computed<Places>(() => ({
    cards: settled.value.places,
    frames: frameBounds(structure.value.document.nodes, settled.value.places),
  }));
  const settledEdges = computed<readonly RoutedEdge[]>((before = []) =>
    keepRoutes(before, routeAll(structure.value.document, settledPlaces.value)),
  );
  const frames = computed(() =>
    dragState.value ? frameBounds(structure.value.document.nodes, places.value) : settledPlaces.value.frames,
  );
  // The same set through a whole drag.
  const held = computed(() => dragState.value?.nodes ?? null);
  const movingRoutes = computed(() => {
    if (!held.value) return null;
    const before = { places: settledPlaces.value, routes: settledEdges.value };
    const cards = [...held.value].flatMap((id) => cardsOf(id, tree.value));
    return new MovingRoutes(structure.value.document, before, new Set(cards));
  });
  const edges = computed<readonly RoutedEdge[]>(
    () => movingRoutes.value?.at({ cards: places.value, frames: frames.value }) ?? settledEdges.value,
  );
  const target = computed<Picture>(() => ({ cards: places.value, frames: frames.value, edges: edges.value }));
  const picture = computed<Picture>(() => {
    const way = glide.way.value;
    return way ? blended(way.from, target.value, way.share) : target.value;
  });
  return {
    places: computed(() => picture.value.cards),
    settled: computed(() => settled.value.places),
    frames: computed(() => picture.value.frames),
    beforeDrag: computed(() => (dragState.value ? settledPlaces.value : picture.value)),
    edges: computed(() => picture.value.edges),
    glide: () => {
      glide.begin(picture.value);
    },
    drag: (state) => {
      glide.end();
      dragState.value = state;
    },
    dragged,
    pins,
  };
}

/** Cards, and the bars of frames, as the canvas knows them: a card in the hand it moves itself, and the rest of a drag it need not know. */
export function viewNodes({ beforeDrag }: Placement): ViewNode[] {
  const { cards, frames } = beforeDrag.value;
  const bars = [...frames].map(([id, { left, top, right }]): ViewNode => {
    return { id, corner: { x: left, y: top }, size: { width: right - left, height: FRAME_BAR } };
  });
  return [...[...cards].map(([id, corner]) => ({ id, corner })), ...bars];
}
