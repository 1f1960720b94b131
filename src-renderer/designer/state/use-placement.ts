import { computed, shallowRef, type ComputedRef } from 'vue';
import type { GraphDocument, GraphEdge, Position } from '@shared/graph/document';
import { freeArea, type Size } from '../canvas/fit-viewport';
import type { ViewEdge, ViewNode } from '../canvas/graph-view';
import { autoLayout, placeNodes } from '../layout/place-nodes';
import { routeEdge, type Route } from '../layout/route-edge';

/** A connection with its way around the cards. */
export interface RoutedEdge extends Route {
  id: string;
  from: string;
  to: string;
}

/** Cards that are being dragged and how far they are from where they lay. */
export interface DragState {
  nodes: ReadonlySet<string>;
  by: Position;
}

/** Where the cards and lines of a design are. */
export interface Placement {
  /** Top left corners, a drag under way included. */
  places: ComputedRef<ReadonlyMap<string, Position>>;
  edges: ComputedRef<readonly RoutedEdge[]>;
  drag(state: DragState | null): void;
  /** Where the dragged cards would be left now. */
  dragged(): Map<string, Position>;
}

/** A document, and all of it that the layout depends on as text: the same text, the same layout. */
interface Structure {
  key: string;
  document: GraphDocument;
}

function structureKey(document: GraphDocument): string {
  const nodes = document.nodes.map((node) => node.id);
  const edges = document.edges.map((edge) => [edge.from, edge.to]);
  return JSON.stringify([nodes, edges]);
}

function samePlaces(a: ReadonlyMap<string, Position>, b: ReadonlyMap<string, Position>): boolean {
  return a.size === b.size && [...b].every(([id, { x, y }]) => a.get(id)?.x === x && a.get(id)?.y === y);
}

function route(connections: readonly GraphEdge[], places: ReadonlyMap<string, Position>): RoutedEdge[] {
  const cards = [...places.values()];
  const routed = new Map<string, RoutedEdge>();
  for (const { id, from, to } of connections) {
    const start = places.get(from);
    const end = places.get(to);
    if (start && end && !routed.has(id)) routed.set(id, { id, from, to, ...routeEdge(start, end, cards) });
  }
  return [...routed.values()];
}

/** Follows a design and the size of its canvas; lays out anew only when nodes or connections change, not when fields do. */
export function usePlacement(document: ComputedRef<GraphDocument>, canvas: ComputedRef<Size>): Placement {
  const dragState = shallowRef<DragState | null>(null);
  // The last document whose structure was new, so that edits of fields leave the layout alone.
  const structure = computed<Structure>((before) => {
    const key = structureKey(document.value);
    return before?.key === key ? before : { key, document: document.value };
  });
  const layout = computed(() => autoLayout(structure.value.document, freeArea(canvas.value)));
  const nodes = computed(() => document.value.nodes);
  const connections = computed(() => document.value.edges);
  const settled = computed<ReadonlyMap<string, Position>>((before) => {
    const places = placeNodes(nodes.value, layout.value);
    return before && samePlaces(before, places) ? before : places;
  });

  function dragged(): Map<string, Position> {
    const state = dragState.value;
    const moved = new Map<string, Position>();
    for (const id of state?.nodes ?? []) {
      const place = settled.value.get(id);
      if (state && place) moved.set(id, { x: place.x + state.by.x, y: place.y + state.by.y });
    }
    return moved;
  }

  const places = computed<ReadonlyMap<string, Position>>(() =>
    dragState.value ? new Map([...settled.value, ...dragged()]) : settled.value,
  );
  const edges = computed(() => route(connections.value, places.value));
  return {
    places,
    edges,
    drag: (state) => {
      dragState.value = state;
    },
    dragged,
  };
}

/** Cards and lines as the canvas draws them; lines at a selected card are strong. */
export function viewOf(
  placement: Placement,
  selected: ReadonlySet<string>,
): { nodes: ViewNode[]; edges: ViewEdge[] } {
  return {
    nodes: [...placement.places.value].map(([id, corner]) => ({ id, corner })),
    edges: placement.edges.value.map(({ id, from, to, points }) => {
      return { id, from, to, points, strong: selected.has(from) || selected.has(to) };
    }),
  };
}
