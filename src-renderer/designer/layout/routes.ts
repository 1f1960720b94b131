import type { GraphDocument, GraphEdge, Position } from '@shared/graph/document';
import { flowOf } from '@shared/graph/flow';
import { BoundsIndex } from './bounds-index';
import { cardBounds, FRAME_BAR, type Bounds } from './card-size';
import { frameTree, type FrameTree } from './frame-tree';
import { routeEdge, type Route, type Surroundings } from './route-edge';

/** A connection with its way around the cards. */
export interface RoutedEdge extends Route {
  id: string;
  from: string;
  to: string;
}

/** Where cards and frames are. */
export interface Places {
  cards: ReadonlyMap<string, Position>;
  frames: ReadonlyMap<string, Bounds>;
}

class Surrounding {
  /** By the frames around both ends what is foreign to a line there. */
  readonly #foreign = new Map<string, BoundsIndex>();

  constructor(
    readonly places: Places,
    readonly tree: FrameTree,
  ) {}

  #foreignTo(own: ReadonlySet<string>): BoundsIndex {
    const key = JSON.stringify([...own]);
    let foreign = this.#foreign.get(key);
    if (!foreign) {
      const all = [...this.places.frames].map(([id, bounds]) => {
        return own.has(id) ? { ...bounds, bottom: bounds.top + FRAME_BAR } : bounds;
      });
      foreign = new BoundsIndex(all);
      this.#foreign.set(key, foreign);
    }
    return foreign;
  }

  /** What the frames around its ends mean for a connection; null without frames. */
  of({ from, to }: Pick<GraphEdge, 'from' | 'to'>): Surroundings | null {
    const { cards, frames } = this.places;
    if (frames.size === 0) return null;
    const around = { from: this.tree.around(from), to: this.tree.around(to) };
    const boundsOf = (end: 'from' | 'to', other: 'from' | 'to', id: string): Bounds => {
      const frame = around[end].find((candidate) => !around[other].includes(candidate));
      return frame === undefined ? cardBounds(cards.get(id)!) : frames.get(frame)!;
    };
    const own = new Set([...around.from, ...around.to]);
    return {
      from: boundsOf('from', 'to', from),
      to: boundsOf('to', 'from', to),
      foreign: this.#foreignTo(own),
    };
  }
}

/** Draws the connections of a shown design around its cards; of connections with one id the first. */
export function routeAll(
  { nodes, edges, ...design }: GraphDocument,
  places: Places,
  wanted: (edge: GraphEdge) => boolean = () => true,
): RoutedEdge[] {
  const obstacles = new BoundsIndex([...places.cards.values()].map(cardBounds));
  const surrounding = new Surrounding(places, frameTree(nodes));
  const flow = flowOf(design);
  const seen = new Set<string>();
  return edges.flatMap((edge): RoutedEdge[] => {
    const { id, from, to } = edge;
    const start = places.cards.get(from);
    const end = places.cards.get(to);
    if (!start || !end || seen.has(id)) return [];
    seen.add(id);
    if (!wanted(edge)) return [];
    return [{ id, from, to, ...routeEdge(start, end, obstacles, surrounding.of(edge), flow) }];
  });
}

function samePoint(a: Position, b: Position): boolean {
  return a.x === b.x && a.y === b.y;
}

function sameRoute(a: RoutedEdge, b: RoutedEdge): boolean {
  return (
    a.from === b.from &&
    a.to === b.to &&
    a.points.length === b.points.length &&
    a.points.every((point, index) => samePoint(point, b.points[index]!)) &&
    samePoint(a.label, b.label)
  );
}

/** The new routes, with the old ones in the place of those that are the same, so that only lines that changed are drawn anew. */
export function keepRoutes(before: readonly RoutedEdge[], after: readonly RoutedEdge[]): RoutedEdge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  return after.map((edge) => {
    const old = known.get(edge.id);
    return old && sameRoute(old, edge) ? old : edge;
  });
}

function shifted(route: RoutedEdge, by: Position): RoutedEdge {
  const points = route.points.map(({ x, y }) => ({ x: x + by.x, y: y + by.y }));
  const { label } = route;
  return { ...route, points, label: { ...label, x: label.x + by.x, y: label.y + by.y } };
}

/** How far each card is from where it was, as far as it moved. */
function shifts(before: Places, places: Places): Map<string, Position> {
  const all = new Map<string, Position>();
  for (const [id, place] of places.cards) {
    const old = before.cards.get(id);
    if (old && old !== place) all.set(id, { x: place.x - old.x, y: place.y - old.y });
  }
  return all;
}

/**
 * The lines while some cards are elsewhere than before: a line between two cards that moved together moves with them, others at a card or
 * in a frame that moved are drawn anew, and all else stay the same objects. What a line passes by on its way is looked at again when the
 * cards have come to rest.
 */
export function rerouted(
  design: GraphDocument,
  before: { places: Places; routes: readonly RoutedEdge[] },
  places: Places,
): RoutedEdge[] {
  const tree = frameTree(design.nodes);
  const moved = shifts(before.places, places);
  const frames = new Set<string>();
  for (const [id, bounds] of places.frames) {
    if (JSON.stringify(before.places.frames.get(id)) !== JSON.stringify(bounds)) frames.add(id);
  }
  const isMoved = (id: string): boolean =>
    moved.has(id) || tree.around(id).some((frame) => frames.has(frame));
  const together = ({ from, to }: Pick<GraphEdge, 'from' | 'to'>): Position | null => {
    const [a, b] = [moved.get(from), moved.get(to)];
    return a && b && a.x === b.x && a.y === b.y ? a : null;
  };
  const changed = routeAll(
    design,
    places,
    (edge) => (isMoved(edge.from) || isMoved(edge.to)) && together(edge) === null,
  );
  const byId = new Map(changed.map((route) => [route.id, route]));
  return before.routes.map((route) => {
    const by = together(route);
    return by ? shifted(route, by) : (byId.get(route.id) ?? route);
  });
}
